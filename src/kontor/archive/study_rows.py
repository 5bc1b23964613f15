"""Rows of `study`: a study's row is locked while anything below it is written, so counts are exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, case, delete, exists, func, select, update

from kontor.archive.identity import Person, study_identity
from kontor.archive.index_text import index_row, index_text
from kontor.archive.model import Identity
from kontor.archive.tables import instance, series, study, variant
from kontor.dicom.values import name_key
from kontor.platform.database import Prepared
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from kontor.archive.model import Receipt
    from kontor.archive.patient_rows import PatientRow
    from kontor.platform.database import ReadTransaction, WriteTransaction

_KEY: Final = ("org_id", "study_instance_uid", "discriminator")
_ONE: Final = and_(study.c.org_id == bindparam("org"), study.c.id == bindparam("of"))
_ROW: Final = (
    study.c.id,
    study.c.patient,
    study.c.study_instance_uid,
    study.c.discriminator,
    study.c.identity,
    study.c.modalities,
    study.c.sop_classes,
    study.c.described_at,
    study.c.described_by,
    study.c.first_received_at,
    study.c.settled_at,
    study.c.patient_name,
    study.c.patient_birth_date,
    study.c.patient_sex,
)
_BY_UID: Final = (
    select(*_ROW)
    .where(study.c.org_id == bindparam("org"), study.c.study_instance_uid == bindparam("of"))
    .order_by(study.c.discriminator)
)
_BY_UID_LOCKED: Final = Prepared(_BY_UID.with_for_update())
_COUNTS: Final = {
    "series_count": study.c.series_count + bindparam("more_series"),
    "instance_count": study.c.instance_count + bindparam("more_instances"),
    "size_bytes": study.c.size_bytes + bindparam("more_bytes"),
    "last_received_at": case(
        (study.c.last_received_at < bindparam("latest"), bindparam("latest")), else_=study.c.last_received_at
    ),
}
_COUNT: Final = Prepared(update(study).where(_ONE).values(**_COUNTS))
"""Names no column of an index: SQLite writes every index of which a column is named, changed or not."""

_ADD: Final = Prepared(
    update(study)
    .where(_ONE)
    .values(
        **_COUNTS,
        modalities=bindparam("all_modalities"),
        sop_classes=bindparam("all_sop_classes"),
        first_received_at=case(
            (study.c.first_received_at > bindparam("earliest"), bindparam("earliest")),
            else_=study.c.first_received_at,
        ),
        settled_at=None,
    )
)
_ADD_VARIANTS: Final = (
    update(study).where(_ONE).values(open_variants=study.c.open_variants + bindparam("more_variants"))
)
_OPEN_VARIANTS: Final = (
    select(func.count())
    .select_from(variant)
    .join(
        instance,
        and_(instance.c.org_id == variant.c.org_id, instance.c.sop_instance_uid == variant.c.sop_instance_uid),
    )
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .where(series.c.org_id == study.c.org_id, series.c.study == study.c.id, variant.c.state == "open")
    .correlate(study)
    .scalar_subquery()
)
_LOCK: Final = select(study.c.id).where(_ONE).with_for_update()
_LOCK_OF_PATIENTS: Final = (
    select(study.c.id)
    .where(study.c.org_id == bindparam("org"), study.c.patient.in_(bindparam("of", expanding=True)))
    .order_by(study.c.id)
    .with_for_update()
)
_COUNT_VARIANTS: Final = update(study).where(_ONE).values(open_variants=_OPEN_VARIANTS)
_RENAME: Final = (
    update(study).where(_ONE).values(discriminator=bindparam("new_discriminator"), identity=bindparam("new_identity"))
)
_DELETE_CHILDLESS: Final = delete(study).where(
    _ONE, ~exists(select(series.c.id).where(series.c.org_id == study.c.org_id, series.c.study == study.c.id))
)
_DESCRIBE: Final = (
    update(study)
    .where(_ONE)
    .values(
        **{
            name: bindparam(f"new_{name}")
            for name in (
                "study_date",
                "study_time",
                "accession_number",
                "accession_issuer",
                "study_id",
                "description",
                "referring_name",
                "referring_key",
                "institution",
                "timezone",
                "described_at",
                "described_by",
            )
        }
    )
)


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study as the index knows it; the sets are sorted and separated by a backslash."""

    id: int
    patient: int
    study_instance_uid: str
    discriminator: str
    identity: Identity
    modalities: str
    sop_classes: str
    described_at: int
    described_by: str
    first_received_at: int
    settled_at: int | None
    person: Person

    @property
    def order(self) -> tuple[int, str]:
        """Whoever is less describes the study instead."""
        return (self.described_at, self.described_by)

    def is_only_counted(self, growth: Growth, modalities: str, sop_classes: str) -> bool:
        """Whether this growth leaves everything but counts and the last reception as it is."""
        return (
            self.settled_at is None
            and self.first_received_at <= growth.earliest
            and (self.modalities, self.sop_classes) == (modalities, sop_classes)
        )

    def agrees_with(self, patient: PatientRow) -> bool:
        """Whether its copy of the patient, which changes together with the patient's row, says the same as this one."""
        identity = study_identity(patient.identity, self.discriminator)
        return self.patient == patient.id and self.person == patient.person and self.identity is identity


@dataclass(slots=True)
class Growth:
    """What one transaction adds to a study or a series."""

    earliest: int
    latest: int
    series: int = 0
    instances: int = 0
    size_bytes: int = 0

    def add(self, received_at: int, length: int) -> None:
        """Count one more instance."""
        self.instances += 1
        self.size_bytes += length
        self.earliest = min(self.earliest, received_at)
        self.latest = max(self.latest, received_at)


def locked_by_uid(tx: WriteTransaction, org_id: int, study_uid: str) -> list[StudyRow]:
    """Return and lock every study of this UID: one, unless patients clash."""
    return [_typed(row._asdict()) for row in tx.all(_BY_UID_LOCKED, {"org": org_id, "of": study_uid})]


def lock_of_patients(tx: WriteTransaction, org_id: int, patients: Sequence[int]) -> None:
    """Lock every study of these patients: nobody files anything there before this transaction ends."""
    tx.all(_LOCK_OF_PATIENTS, {"org": org_id, "of": list(patients)})


def by_uid(tx: ReadTransaction, org_id: int, study_uid: str) -> list[StudyRow]:
    """Return every study of this UID."""
    return [_typed(row._asdict()) for row in tx.all(_BY_UID, {"org": org_id, "of": study_uid})]


def insert_if_absent(
    tx: WriteTransaction, org_id: int, patient: PatientRow, discriminator: str, identity: Identity, receipt: Receipt
) -> bool:
    """Make an empty study described by the receipt, unless it is there. Read it again, locked, afterwards."""
    values: dict[str, object] = {
        "org_id": org_id,
        "id": new_id(),
        "patient": patient.id,
        "study_instance_uid": receipt.header.study_instance_uid,
        "discriminator": discriminator,
        "identity": identity.value,
        "patient_name": patient.person.name,
        "patient_name_key": index_text(name_key(patient.person.name)),
        "patient_id": patient.key.patient_id,
        "patient_issuer": patient.key.issuer,
        "patient_birth_date": patient.person.birth_date,
        "patient_sex": patient.person.sex,
        "first_received_at": receipt.received_at_us,
        "last_received_at": receipt.received_at_us,
        **_description(receipt),
    }
    return tx.insert_if_absent(study, values, _KEY)


def describe(tx: WriteTransaction, org_id: int, known: StudyRow, receipt: Receipt) -> None:
    """Let an earlier object describe the study. The row is locked."""
    values = {f"new_{name}": value for name, value in _description(receipt).items()}
    tx.execute(_DESCRIBE, {"org": org_id, "of": known.id, **values})


def add(
    tx: WriteTransaction,
    org_id: int,
    growths: Mapping[int, Growth],
    sets: Mapping[int, tuple[str, str]],
    locked: Mapping[int, StudyRow],
) -> None:
    """Add to studies what a transaction brought; `sets` are all modalities and SOP classes then.

    `locked` are rows as they were locked: of those only counts are written where nothing else changes.
    """
    for identifier, growth in sorted(growths.items()):
        counts = {
            "org": org_id,
            "of": identifier,
            "more_series": growth.series,
            "more_instances": growth.instances,
            "more_bytes": growth.size_bytes,
            "latest": growth.latest,
        }
        modalities, sop_classes = sets[identifier]
        row = locked.get(identifier)
        if row is not None and row.is_only_counted(growth, modalities, sop_classes):
            tx.run(_COUNT, counts)
            continue
        described = {"all_modalities": modalities, "all_sop_classes": sop_classes, "earliest": growth.earliest}
        tx.run(_ADD, {**counts, **described})


def add_variants(tx: WriteTransaction, org_id: int, counts: Mapping[int, int]) -> None:
    """Count further open variants of studies' instances."""
    for identifier, count in sorted(counts.items()):
        tx.execute(_ADD_VARIANTS, {"org": org_id, "of": identifier, "more_variants": count})


def count_variants(tx: WriteTransaction, org_id: int, identifier: int) -> None:
    """Count a study's open variants anew.

    Locked first, in a statement of its own: PostgreSQL counts with the snapshot that a statement began with, and
    would miss a variant of a transaction that it waited for.
    """
    tx.execute(_LOCK, {"org": org_id, "of": identifier})
    tx.execute(_COUNT_VARIANTS, {"org": org_id, "of": identifier})


def rename(tx: WriteTransaction, org_id: int, known: StudyRow, discriminator: str, identity: Identity) -> None:
    """Give a study another discriminator: an earlier object showed whose the UID is."""
    values = {"new_discriminator": discriminator, "new_identity": identity.value}
    tx.execute(_RENAME, {"org": org_id, "of": known.id, **values})


def delete_if_childless(tx: WriteTransaction, org_id: int, identifier: int) -> bool:
    """Remove a study without series. Return whether it was one."""
    return tx.execute(_DELETE_CHILDLESS, {"org": org_id, "of": identifier}).rowcount == 1


def joined(values: Iterable[str]) -> str:
    """Return a set as the index keeps it: sorted, separated by a backslash, without empty members."""
    return "\\".join(sorted({value for value in values if value}))


def _description(receipt: Receipt) -> dict[str, object]:
    header = receipt.header.study
    return index_row(
        {
            "study_date": header.date,
            "study_time": header.time,
            "accession_number": header.accession_number,
            "accession_issuer": header.accession_issuer,
            "study_id": header.study_id,
            "description": header.description,
            "referring_name": header.referring_name,
            "referring_key": name_key(header.referring_name),
            "institution": header.institution,
            "timezone": header.timezone,
            "described_at": receipt.received_at_us,
            "described_by": receipt.digest,
        }
    )


def _typed(row: Mapping[Any, Any]) -> StudyRow:
    own = {name: row[name] for name in row if not name.startswith("patient_")}
    person = Person(row["patient_name"], row["patient_birth_date"], row["patient_sex"])
    return StudyRow(**{**own, "identity": Identity(row["identity"]), "person": person})
