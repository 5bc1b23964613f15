"""Rows of `patient`: one per key, described by the earliest object that names a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, delete, exists, or_, select, update

from kontor.archive.identity import PatientKey, Person
from kontor.archive.index_text import index_text
from kontor.archive.model import Identity
from kontor.archive.tables import patient, study
from kontor.dicom.values import name_key
from kontor.platform.database import DatabaseConflict
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kontor.archive.model import Receipt
    from kontor.platform.database import ReadTransaction, WriteTransaction

_KEY: Final = ("org_id", "issuer", "patient_id", "discriminator")
NAMELESS_LATER_US: Final = 1 << 56  # objects without a name describe a patient only until a named one comes

_BY_KEY_LOCKED: Final = (
    select(patient)
    .where(
        patient.c.org_id == bindparam("org"),
        patient.c.issuer == bindparam("of_issuer"),
        patient.c.patient_id == bindparam("of_patient"),
        patient.c.discriminator == bindparam("of_discriminator"),
    )
    .with_for_update()
)
_BY_ID: Final = select(patient).where(patient.c.org_id == bindparam("org"), patient.c.id == bindparam("of"))
_ONE: Final = and_(patient.c.org_id == bindparam("org"), patient.c.id == bindparam("of"))
_DESCRIBE: Final = (
    update(patient)
    .where(
        _ONE,
        or_(
            patient.c.described_at > bindparam("at"),
            and_(patient.c.described_at == bindparam("at"), patient.c.described_by > bindparam("by")),
        ),
    )
    .values(
        name=bindparam("new_name"),
        name_key=bindparam("new_key"),
        birth_date=bindparam("new_birth_date"),
        sex=bindparam("new_sex"),
        described_at=bindparam("at"),
        described_by=bindparam("by"),
    )
)
_DESCRIBE_STUDIES: Final = (
    update(study)
    .where(study.c.org_id == bindparam("org"), study.c.patient == bindparam("of"))
    .values(
        patient_name=bindparam("new_name"),
        patient_name_key=bindparam("new_key"),
        patient_birth_date=bindparam("new_birth_date"),
        patient_sex=bindparam("new_sex"),
    )
)
_RENAME: Final = (
    update(patient).where(_ONE).values(discriminator=bindparam("new_discriminator"), identity=bindparam("new_identity"))
)
_DOUBT_STUDIES: Final = (
    update(study)
    .where(study.c.org_id == bindparam("org"), study.c.patient == bindparam("of"))
    .values(identity=bindparam("new_identity"))
)
_DELETE_CHILDLESS: Final = delete(patient).where(
    _ONE, ~exists(select(study.c.id).where(study.c.org_id == patient.c.org_id, study.c.patient == patient.c.id))
)
_FORGET_DESCRIPTION: Final = update(patient).where(_ONE).values(described_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient as the index knows it."""

    id: int
    key: PatientKey
    person: Person
    described_at: int
    described_by: str

    @property
    def order(self) -> tuple[int, str]:
        """Whoever is less describes the patient instead."""
        return (self.described_at, self.described_by)

    @property
    def identity(self) -> Identity:
        """How sure this patient's identity is."""
        return self.key.identity


def person_of(receipt: Receipt) -> Person:
    """Return whom an object describes."""
    header = receipt.header.patient
    return Person(index_text(header.name), index_text(header.birth_date), index_text(header.sex))


def describing_order(receipt: Receipt) -> tuple[int, str]:
    """Return the order in which objects describe their patient: by reception, but the nameless after all others."""
    later = 0 if receipt.header.patient.name.strip("^= ") else NAMELESS_LATER_US
    return (receipt.received_at_us + later, receipt.digest)


def locked_by_key(tx: WriteTransaction, org_id: int, key: PatientKey) -> PatientRow | None:
    """Find and lock a patient by its key: nobody else describes or renames it before this transaction ends."""
    row = tx.first(
        _BY_KEY_LOCKED,
        {
            "org": org_id,
            "of_issuer": key.issuer,
            "of_patient": key.patient_id,
            "of_discriminator": key.discriminator,
        },
    )
    return None if row is None else _typed(row._mapping)


def by_id(tx: ReadTransaction, org_id: int, identifier: int) -> PatientRow:
    """Return a patient that is known to exist."""
    row = tx.first(_BY_ID, {"org": org_id, "of": identifier})
    if row is None:
        raise LookupError("patient row is gone")
    return _typed(row._mapping)


def ensure(tx: WriteTransaction, org_id: int, key: PatientKey, receipt: Receipt) -> PatientRow:
    """Return and lock the patient of this key, made from the receipt unless it is there."""
    known = locked_by_key(tx, org_id, key)
    if known is not None:
        return known
    person = person_of(receipt)
    described_at, described_by = describing_order(receipt)
    made = PatientRow(new_id(), key, person, described_at, described_by)
    inserted = tx.insert_if_absent(patient, _values(org_id, made, receipt.received_at_us), _KEY)
    return made if inserted else _found(locked_by_key(tx, org_id, key))


def describe(tx: WriteTransaction, org_id: int, known: PatientRow, receipt: Receipt) -> PatientRow:
    """Let an earlier object describe the patient, here and in the patient's studies.

    Raises:
        DatabaseConflict: another transaction let a still earlier one do so since the row was read.
    """
    person = person_of(receipt)
    described_at, described_by = describing_order(receipt)
    values = {
        "org": org_id,
        "of": known.id,
        "new_name": person.name,
        "new_key": index_text(name_key(person.name)),
        "new_birth_date": person.birth_date,
        "new_sex": person.sex,
    }
    if not tx.execute(_DESCRIBE, {**values, "at": described_at, "by": described_by}).rowcount:
        raise DatabaseConflict("a patient was described by an earlier object meanwhile")
    tx.execute(_DESCRIBE_STUDIES, values)
    return replace(known, person=person, described_at=described_at, described_by=described_by)


def rename(tx: WriteTransaction, org_id: int, known: PatientRow, key: PatientKey) -> PatientRow:
    """Give a patient another key: an earlier object showed that the plain key belongs to somebody else."""
    values = {"org": org_id, "of": known.id, "new_identity": key.identity.value}
    tx.execute(_RENAME, {**values, "new_discriminator": key.discriminator})
    tx.execute(_DOUBT_STUDIES, values)
    return replace(known, key=key)


def open_description(tx: WriteTransaction, org_id: int, identifier: int) -> None:
    """Let any object describe the patient anew: the one that did was withdrawn."""
    tx.execute(_FORGET_DESCRIPTION, {"org": org_id, "of": identifier, "at": 2 * NAMELESS_LATER_US})


def delete_if_childless(tx: WriteTransaction, org_id: int, identifier: int) -> bool:
    """Remove a patient without studies. Return whether it was one."""
    return tx.execute(_DELETE_CHILDLESS, {"org": org_id, "of": identifier}).rowcount == 1


def _values(org_id: int, row: PatientRow, created_at: int) -> dict[str, object]:
    return {
        "org_id": org_id,
        "id": row.id,
        "issuer": row.key.issuer,
        "patient_id": row.key.patient_id,
        "discriminator": row.key.discriminator,
        "name": row.person.name,
        "name_key": index_text(name_key(row.person.name)),
        "birth_date": row.person.birth_date,
        "sex": row.person.sex,
        "identity": row.identity.value,
        "described_at": row.described_at,
        "described_by": row.described_by,
        "created_at": created_at,
    }


def _typed(row: Mapping[Any, Any]) -> PatientRow:
    return PatientRow(
        row["id"],
        PatientKey(row["issuer"], row["patient_id"], row["discriminator"]),
        Person(row["name"], row["birth_date"], row["sex"]),
        row["described_at"],
        row["described_by"],
    )


def _found(row: PatientRow | None) -> PatientRow:
    if row is None:  # inserted and removed by others within our statement: run again
        raise DatabaseConflict("a patient vanished while it was looked for")
    return row
