"""Another object takes a primary's place: by a human's decision, or because it was received first and admitted last.

The former primary is withdrawn (rows above it that nothing else needs go too), kept as a variant, and the other
object is admitted as if it were the first of its UID. Bytes and placements stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kontor.archive import instance_rows, patient_rows, series_rows, study_rows, variant_rows
from kontor.archive.desk import Desk
from kontor.archive.identity import UNSAID, study_identity
from kontor.archive.index_text import index_codes
from kontor.archive.known_rows import KnownRows
from kontor.archive.study_rows import Growth
from kontor.archive.variant_rows import VariantState
from kontor.dicom.reading import DicomRefusal
from kontor.platform.blobs import CorruptRecord

if TYPE_CHECKING:
    from kontor.archive.instance_rows import Followed, PrimaryRow, StoredObject
    from kontor.archive.model import Receipt
    from kontor.platform.database import WriteTransaction

    Reread = Callable[[StoredObject], Receipt]

EARLIER: Final = "received-later"
_NEVER: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Replacement:
    """What the former primary becomes."""

    state: VariantState
    reason: str
    at_us: int


def replace_primary(
    tx: WriteTransaction, org_id: int, primary: PrimaryRow, receipt: Receipt, former: Replacement, reread: Reread
) -> None:
    """Let `receipt`, whose bytes are stored, be the primary instead of `primary`.

    Args:
        tx: the caller's transaction.
        org_id: the organisation.
        primary: the present primary.
        receipt: the object that takes its place.
        former: what becomes of the present primary.
        reread: scans a stored object again; used when a withdrawn object described a series, study or patient.
    """
    study_rows.locked_by_uid(tx, org_id, primary.study_instance_uid)
    withdraw(tx, org_id, primary, reread)
    closed_at = None if former.state is VariantState.OPEN else former.at_us
    variant_rows.insert_former_primary(tx, org_id, primary, former.state, former.reason, closed_at)
    instance_rows.remove_places(tx, org_id, receipt.digest)
    desk = Desk(tx, KnownRows(), org_id, former.at_us)
    desk.admit([receipt])
    if desk.misfiled:
        moved, again = make_way(tx, org_id, desk.misfiled, reread)
        Desk(tx, KnownRows(), org_id, former.at_us).admit(again)
        count_variants(tx, org_id, *moved)
    count_variants(tx, org_id, primary)


def make_way(
    tx: WriteTransaction, org_id: int, misfiled: Sequence[Receipt], reread: Reread
) -> tuple[list[PrimaryRow], list[Receipt]]:
    """Take what was filed without knowledge of earlier objects out of the index, to be filed after them.

    That is what came after the first of `misfiled` under each Patient ID, whatever person it was thought to be. What
    cannot be read stays where it is.

    Returns:
        The primaries that were withdrawn, whose open variants must be counted once they are filed again; and what to
        admit now, in order of reception: `misfiled` and the objects of those primaries.
    """
    moved: list[PrimaryRow] = []
    again = [*misfiled]
    for key in sorted({patient_rows.key_of(receipt) for receipt in misfiled}):
        since = min(receipt.order for receipt in misfiled if patient_rows.key_of(receipt) == key)
        patients = patient_rows.locked_of_id(tx, org_id, key)
        study_rows.lock_of_patients(tx, org_id, [row.id for row in patients])
        later = instance_rows.of_patients_after(tx, org_id, [row.id for row in patients], since)
        for row in patients:
            patient_rows.describe(tx, org_id, row, row.description.before(since))
        for one in reversed(later):  # so that what describes a row mostly goes last
            receipt = _reread(tx, org_id, one, reread)
            if receipt is None:
                continue
            again.append(replace(receipt, notes=instance_rows.noted(one.notes)))
            primary = instance_rows.by_uids(tx, org_id, [one.sop_instance_uid])[one.sop_instance_uid]
            withdraw(tx, org_id, primary, reread)
            instance_rows.remove_places(tx, org_id, primary.digest)
            moved.append(primary)
    return moved, sorted(again, key=lambda receipt: receipt.order)


def _reread(tx: WriteTransaction, org_id: int, one: Followed, reread: Reread) -> Receipt | None:
    """Return what an object holds, None if its bytes are gone or damaged: the doctor names it."""
    stored = instance_rows.stored(tx, org_id, one.digest, one.received_at, one.origin)
    try:
        return None if stored is None else reread(stored)
    except (DicomRefusal, CorruptRecord):
        return None


def count_variants(tx: WriteTransaction, org_id: int, *of: PrimaryRow) -> None:
    """Count open variants anew in the studies of primaries, wherever they are now."""
    now = instance_rows.by_uids(tx, org_id, [row.sop_instance_uid for row in of])
    for study in sorted({row.study for row in (*of, *now.values())}):
        study_rows.count_variants(tx, org_id, study)


def withdraw(tx: WriteTransaction, org_id: int, primary: PrimaryRow, reread: Reread) -> None:
    """Take a primary out of its series, and empty series, studies and patients out of the index."""
    instance_rows.remove(tx, org_id, primary.id)
    series_gone = series_rows.delete_if_childless(tx, org_id, primary.series)
    if not series_gone:
        series_rows.add(tx, org_id, {primary.series: _less(primary)})
        _describe_series(tx, org_id, primary, reread)
    if study_rows.delete_if_childless(tx, org_id, primary.study):
        _name_first(tx, org_id, primary.study_instance_uid)
        if not patient_rows.delete_if_childless(tx, org_id, primary.patient):
            _describe_patient(tx, org_id, primary, reread)
        return
    less = _less(primary)
    less.series = -1 if series_gone else 0
    sets = {
        primary.study: (
            index_codes(series_rows.modalities(tx, org_id, primary.study)),
            study_rows.joined(instance_rows.sop_classes(tx, org_id, primary.study)),
        )
    }
    study_rows.add(tx, org_id, {primary.study: less}, sets, {})
    _describe_study(tx, org_id, primary, reread)
    _describe_patient(tx, org_id, primary, reread)


def redate(tx: WriteTransaction, org_id: int, primary: PrimaryRow, receipt: Receipt) -> None:
    """The primary's bytes turn out to have come earlier: the earlier record counts, for descriptions too."""
    instance_rows.redate(tx, org_id, primary, receipt)
    series = series_rows.by_uid(tx, org_id, primary.study, primary.series_instance_uid)
    if series is not None and receipt.order < series.order:
        series_rows.describe(tx, org_id, series, receipt)
    for study in study_rows.locked_by_uid(tx, org_id, primary.study_instance_uid):
        if study.id == primary.study and receipt.order < study.order:
            study_rows.describe(tx, org_id, study, receipt)
    patient = patient_rows.locked_by_id(tx, org_id, primary.patient)
    description = patient.description.with_object(patient_rows.person_of(receipt), receipt.order)
    patient_rows.describe(tx, org_id, patient, description)


def _name_first(tx: WriteTransaction, org_id: int, study_uid: str) -> None:
    """Let the earliest study of a UID have the plain key, if the one that had it is gone. The rows are locked."""
    rows = study_rows.locked_by_uid(tx, org_id, study_uid)
    if not rows or not rows[0].discriminator:
        return
    first = min(rows, key=lambda row: row.order)
    patient = patient_rows.by_id(tx, org_id, first.patient)
    study_rows.rename(tx, org_id, first, "", study_identity(patient.identity, ""))


def _less(primary: PrimaryRow) -> Growth:
    return Growth(earliest=_NEVER, latest=0, instances=-1, size_bytes=-primary.length)


def _describe_series(tx: WriteTransaction, org_id: int, primary: PrimaryRow, reread: Reread) -> None:
    row = series_rows.by_uid(tx, org_id, primary.study, primary.series_instance_uid)
    first = instance_rows.first_of_series(tx, org_id, primary.series)
    if row is not None and first is not None and row.described_by == primary.digest:
        series_rows.describe(tx, org_id, row, reread(first))


def _describe_study(tx: WriteTransaction, org_id: int, primary: PrimaryRow, reread: Reread) -> None:
    rows = study_rows.locked_by_uid(tx, org_id, primary.study_instance_uid)
    row = next(row for row in rows if row.id == primary.study)
    first = instance_rows.first_of_study(tx, org_id, primary.study)
    if first is None:
        return
    if row.described_by == primary.digest:
        study_rows.describe(tx, org_id, row, reread(first))


def _describe_patient(tx: WriteTransaction, org_id: int, primary: PrimaryRow, reread: Reread) -> None:
    """Let the next objects of the patient, in whatever study, say what the one that leaves was the first to say."""
    patient = patient_rows.locked_by_id(tx, org_id, primary.patient)
    description = patient.description.without_object(primary.order)
    unsaid = patient.description.said.count(UNSAID)
    if description is patient.description:
        return
    for one in instance_rows.of_patients_after(tx, org_id, [patient.id], primary.order):
        receipt = _reread(tx, org_id, one, reread)
        if receipt is None:
            continue
        description = description.with_object(patient_rows.person_of(receipt), receipt.order)
        if description.said.count(UNSAID) == unsaid:
            break
    patient_rows.describe(tx, org_id, patient, description)
