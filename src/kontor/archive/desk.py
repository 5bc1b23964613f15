"""The desk of admission: what one transaction makes of received objects of one organisation.

The caller owns the transaction; the bytes are synced already. Idempotent on (organisation, SOP Instance UID, digest):
equal bytes are REPEATED, other bytes under the same UID become a VARIANT, nothing is overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontor.archive import instance_rows, series_rows, study_rows, variant_rows
from kontor.archive.identification import Owners
from kontor.archive.index_text import index_codes
from kontor.archive.model import Admission, Identity, Outcome, Receipt
from kontor.archive.study_rows import Growth
from kontor.archive.variant_rows import VariantState
from kontor.platform.journal import append_all

if TYPE_CHECKING:
    from kontor.archive.instance_rows import PrimaryRow
    from kontor.archive.known_rows import KnownRows
    from kontor.archive.patient_rows import PatientRow
    from kontor.archive.series_rows import SeriesRow
    from kontor.platform.database import WriteTransaction
    from kontor.platform.journal import JsonValue

OTHER_BYTES = "other-bytes"
OTHER_STUDY = "other-study"


@dataclass(frozen=True, slots=True)
class Usurper:
    """An object that was received before the present primary of its UID, and is admitted after it."""

    receipt: Receipt
    primary: PrimaryRow


@dataclass(slots=True)
class Desk:
    """State of one transaction. `admit` once, then read `late`, `misfiled` and what to remember.

    Attributes:
        misfiled: what was not admitted, because objects received later would have been filed otherwise with it there.
    """

    tx: WriteTransaction
    known: KnownRows
    org_id: int
    now_us: int
    late: list[Usurper] = field(default_factory=list)
    misfiled: list[Receipt] = field(default_factory=list)
    series: dict[tuple[int, str], SeriesRow] = field(default_factory=dict)
    patients: list[tuple[PatientRow, str]] = field(default_factory=list)
    _primaries: dict[str, PrimaryRow | Receipt] = field(default_factory=dict)
    _study_of_uid: dict[str, int] = field(default_factory=dict)
    _new: list[tuple[int, Receipt]] = field(default_factory=list)
    _variants: list[tuple[int, str, Receipt]] = field(default_factory=list)
    _redescribed: set[int] = field(default_factory=set)
    _study_growth: dict[int, Growth] = field(default_factory=dict)
    _series_growth: dict[int, Growth] = field(default_factory=dict)
    _events: list[tuple[int, str, str, dict[str, JsonValue], int]] = field(default_factory=list)

    def admit(self, receipts: Sequence[Receipt]) -> list[Admission]:
        """Admit objects but `misfiled`, given in order of reception; return their admissions in that order."""
        uids = list(dict.fromkeys(receipt.header.sop_instance_uid for receipt in receipts))
        self._primaries.update(instance_rows.by_uids(self.tx, self.org_id, uids))
        owners = Owners(self.tx, self.known, self.org_id)
        first: dict[str, Receipt] = {}
        for receipt in receipts:
            if receipt.header.sop_instance_uid not in self._primaries:
                first.setdefault(receipt.header.sop_instance_uid, receipt)
        owners.find(list(first.values()))
        put_off = {receipt.header.sop_instance_uid for receipt in owners.misfiled}
        self.misfiled = [receipt for receipt in receipts if receipt.header.sop_instance_uid in put_off]
        filed = [receipt for receipt in receipts if receipt.header.sop_instance_uid not in put_off]
        admissions = [self._admit_one(owners, receipt) for receipt in filed]
        self._write(owners)
        self.patients = owners.met()
        return admissions

    def _admit_one(self, owners: Owners, receipt: Receipt) -> Admission:
        primary = self._primaries.get(receipt.header.sop_instance_uid)
        if primary is None:
            return self._admit_new(owners, receipt)
        if primary.digest == receipt.digest:
            if not isinstance(primary, Receipt) and receipt.received_at_us < primary.received_at:
                self.late.append(Usurper(receipt, primary))
            return Admission(receipt, Outcome.REPEATED, self._identity(owners, primary))
        return self._admit_variant(owners, receipt, primary)

    def _admit_new(self, owners: Owners, receipt: Receipt) -> Admission:
        study, identity = owners.study(receipt)
        row = self._series(study.id, receipt)
        for growths, identifier in ((self._study_growth, study.id), (self._series_growth, row.id)):
            growth = growths.setdefault(identifier, Growth(receipt.received_at_us, receipt.received_at_us))
            growth.add(receipt.received_at_us, receipt.place.length)
        self._new.append((row.id, receipt))
        self._primaries[receipt.header.sop_instance_uid] = receipt
        self._study_of_uid[receipt.header.sop_instance_uid] = study.id
        self._tell("instance_admitted", receipt.header.sop_instance_uid, _named(receipt, Outcome.NEW))
        return Admission(receipt, Outcome.NEW, identity, owners.notes.get(id(receipt), ""))

    def _series(self, study_id: int, receipt: Receipt) -> SeriesRow:
        """Find or make the series; let an earlier object describe it."""
        uid = receipt.header.series_instance_uid
        row = self.series.get((study_id, uid)) or self.known.series(self.org_id, study_id, uid)
        row = row or series_rows.by_uid(self.tx, self.org_id, study_id, uid)
        if row is None:
            row = series_rows.insert_empty(self.tx, self.org_id, study_id, receipt)
            at = receipt.received_at_us
            self._study_growth.setdefault(study_id, Growth(at, at)).series += 1
            self._redescribed.add(study_id)
        elif receipt.order < row.order:
            row = series_rows.describe(self.tx, self.org_id, row, receipt)
            self._redescribed.add(study_id)
        self.series[study_id, uid] = row
        return row

    def _admit_variant(self, owners: Owners, receipt: Receipt, primary: PrimaryRow | Receipt) -> Admission:
        identity = self._identity(owners, primary)
        sop_uid = receipt.header.sop_instance_uid
        if any(other.digest == receipt.digest for _, _, other in self._variants):
            return Admission(receipt, Outcome.VARIANT, identity)
        known = [] if isinstance(primary, Receipt) else variant_rows.of_instance(self.tx, self.org_id, sop_uid)
        for row in known:
            if row.digest == receipt.digest:
                return self._admit_variant_again(receipt, row, identity)
        decided = any(row.state is VariantState.PROMOTED for row in known)
        if not isinstance(primary, Receipt) and receipt.order < primary.order and not decided:
            self.late.append(Usurper(receipt, primary))
        else:
            self._keep_variant(receipt, primary)
        return Admission(receipt, Outcome.VARIANT, identity)

    def _admit_variant_again(self, receipt: Receipt, row: variant_rows.VariantRow, identity: Identity) -> Admission:
        if receipt.received_at_us < row.received_at:
            variant_rows.redate(self.tx, self.org_id, row, receipt)
            instance_rows.move_place(self.tx, self.org_id, receipt)
        outcome = Outcome.VARIANT if row.state is VariantState.OPEN else Outcome.REPEATED
        return Admission(receipt, outcome, identity)

    def _keep_variant(self, receipt: Receipt, primary: PrimaryRow | Receipt) -> None:
        study = self._study_of_uid[receipt.header.sop_instance_uid] if isinstance(primary, Receipt) else primary.study
        self._variants.append((study, variant_reason(receipt, _study_uid(primary)), receipt))
        self._tell("variant_kept", receipt.header.sop_instance_uid, _named(receipt, Outcome.VARIANT))

    def _identity(self, owners: Owners, primary: PrimaryRow | Receipt) -> Identity:
        return owners.study(primary)[1] if isinstance(primary, Receipt) else primary.identity

    def _write(self, owners: Owners) -> None:
        if self._new:
            instance_rows.insert_all(self.tx, self.org_id, self._new)
        series_rows.add(self.tx, self.org_id, self._series_growth)
        study_rows.add(self.tx, self.org_id, self._study_growth, self._sets(owners), owners.studies)
        for _, reason, receipt in self._variants:
            variant_rows.insert_open(self.tx, self.org_id, [receipt], reason)
            instance_rows.insert_places(self.tx, self.org_id, [receipt])
        study_rows.add_variants(self.tx, self.org_id, Counter(study for study, _, _ in self._variants))
        self._tell_of_studies(owners)
        append_all(self.tx, self._events)

    def _sets(self, owners: Owners) -> dict[int, tuple[str, str]]:
        """Return all modalities and SOP classes of each study that grows."""
        sets = {}
        for study_id in self._study_growth:
            study = owners.studies[study_id]
            modalities = study.modalities
            if study_id in self._redescribed:
                modalities = index_codes(series_rows.modalities(self.tx, self.org_id, study_id))
            classes = [
                receipt.header.sop_class_uid
                for _, receipt in self._new
                if self._study_of_uid[receipt.header.sop_instance_uid] == study_id
            ]
            sets[study_id] = (modalities, study_rows.joined([*study.sop_classes.split("\\"), *classes]))
        return sets

    def _tell_of_studies(self, owners: Owners) -> None:
        for study_id in sorted(self._study_growth):
            study = owners.studies[study_id]
            if study_id in owners.made:
                self._tell("study_arrived", study.study_instance_uid, {"study_uid": study.study_instance_uid})
            elif study.settled_at is not None:
                self._tell("study_reopened", study.study_instance_uid, {"study_uid": study.study_instance_uid})
        for kind, study_uid in dict.fromkeys(owners.conflicts):
            self._tell("identity_conflict", study_uid, {"study_uid": study_uid, "clash": kind})

    def _tell(self, kind: str, subject: str, payload: dict[str, JsonValue]) -> None:
        self._events.append((self.org_id, kind, subject, payload, self.now_us))


def variant_reason(receipt: Receipt, study_uid: str) -> str:
    """Say in a stable word how a variant differs from its primary, as far as headers tell."""
    return OTHER_BYTES if receipt.header.study_instance_uid == study_uid else OTHER_STUDY


def _study_uid(primary: PrimaryRow | Receipt) -> str:
    return primary.header.study_instance_uid if isinstance(primary, Receipt) else primary.study_instance_uid


def _named(receipt: Receipt, outcome: Outcome) -> dict[str, JsonValue]:
    return {
        "study_uid": receipt.header.study_instance_uid,
        "series_uid": receipt.header.series_instance_uid,
        "sop_uid": receipt.header.sop_instance_uid,
        "digest": receipt.digest,
        "outcome": outcome.value,
    }
