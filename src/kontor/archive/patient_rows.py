"""Rows of `patient`: one per key; name, birth date and sex each from the earliest object that has one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, delete, exists, or_, select, update

from kontor.archive.identity import OTHER, Description, Order, PatientKey, Person, patient_key
from kontor.archive.index_text import index_text
from kontor.archive.model import Identity
from kontor.archive.tables import instance, patient, series, study
from kontor.dicom.values import name_key
from kontor.platform.database import DatabaseConflict
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy import Select

    from kontor.archive.model import Receipt
    from kontor.platform.database import ReadTransaction, WriteTransaction

_KEY: Final = ("org_id", "issuer", "patient_id", "discriminator")
_SAID: Final = ("named", "birth_date", "sex")  # in the order of Description.said

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
_BY_ID_LOCKED: Final = _BY_ID.with_for_update()
_ONE: Final = and_(patient.c.org_id == bindparam("org"), patient.c.id == bindparam("of"))
_CLASHING: Final = and_(
    patient.c.org_id == bindparam("org"),
    patient.c.issuer == bindparam("of_issuer"),
    patient.c.patient_id == bindparam("of_patient"),
    patient.c.discriminator >= bindparam("clashing_from"),
    patient.c.discriminator < bindparam("clashing_to"),
)
_OF_ID_LOCKED: Final = (
    select(patient)
    .where(
        or_(
            _CLASHING,
            and_(
                patient.c.org_id == bindparam("org"),
                patient.c.issuer == bindparam("of_issuer"),
                patient.c.patient_id == bindparam("of_patient"),
                patient.c.discriminator == bindparam("of_discriminator"),
            ),
        )
    )
    .order_by(patient.c.discriminator)
    .with_for_update()
)
_CLASHING_LATER: Final = (
    select(instance.c.id)
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .join(study, and_(study.c.org_id == series.c.org_id, study.c.id == series.c.study))
    .join(patient, and_(patient.c.org_id == study.c.org_id, patient.c.id == study.c.patient))
    .where(
        _CLASHING,
        or_(
            instance.c.received_at > bindparam("at"),
            and_(instance.c.received_at == bindparam("at"), instance.c.digest > bindparam("by")),
        ),
    )
    .limit(1)
)
_DESCRIBE: Final = (
    update(patient)
    .where(_ONE)
    .values(
        name=bindparam("new_name"),
        name_key=bindparam("new_key"),
        birth_date=bindparam("new_birth_date"),
        sex=bindparam("new_sex"),
        **{f"{what}_{how}": bindparam(f"new_{what}_{how}") for what in _SAID for how in ("at", "by")},
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
_DELETE_CHILDLESS: Final = delete(patient).where(
    _ONE, ~exists(select(study.c.id).where(study.c.org_id == patient.c.org_id, study.c.patient == patient.c.id))
)


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient as the index knows it."""

    id: int
    key: PatientKey
    description: Description

    @property
    def person(self) -> Person:
        """The person as all objects together describe them."""
        return self.description.person

    @property
    def identity(self) -> Identity:
        """How sure this patient's identity is."""
        return self.key.identity


def person_of(receipt: Receipt) -> Person:
    """Return whom an object describes. A name without a letter is none."""
    header = receipt.header.patient
    name = index_text(header.name) if header.name.strip("^= ") else ""
    return Person(name, index_text(header.birth_date), index_text(header.sex))


def key_of(receipt: Receipt) -> PatientKey:
    """Return the plain key of the patient an object names."""
    header = receipt.header
    return patient_key(
        index_text(header.patient.issuer), index_text(header.patient.patient_id), header.study_instance_uid
    )


def locked_by_key(tx: WriteTransaction, org_id: int, key: PatientKey) -> PatientRow | None:
    """Find and lock a patient by its key: nobody else describes or renames it before this transaction ends."""
    row = tx.first(_BY_KEY_LOCKED, _of_key(org_id, key))
    return None if row is None else _typed(row._mapping)


def locked_of_id(tx: WriteTransaction, org_id: int, key: PatientKey) -> list[PatientRow]:
    """Find and lock the patient of a plain key and everybody who clashes with them."""
    rows = tx.all(_OF_ID_LOCKED, {**_of_key(org_id, key), **_clashing_with(key)})
    return [_typed(row._mapping) for row in rows]


def clash_later(tx: ReadTransaction, org_id: int, key: PatientKey, order: Order) -> bool:
    """Whether an object received later was judged to be another person's than the plain key's."""
    parameters = {**_of_key(org_id, key), **_clashing_with(key), "at": order[0], "by": order[1]}
    del parameters["of_discriminator"]
    return tx.first(_CLASHING_LATER, parameters) is not None


def by_id(tx: ReadTransaction, org_id: int, identifier: int) -> PatientRow:
    """Return a patient that is known to exist."""
    return _by_id(tx, _BY_ID, org_id, identifier)


def locked_by_id(tx: WriteTransaction, org_id: int, identifier: int) -> PatientRow:
    """Return and lock a patient that is known to exist."""
    return _by_id(tx, _BY_ID_LOCKED, org_id, identifier)


def _by_id(tx: ReadTransaction, statement: Select[Any], org_id: int, identifier: int) -> PatientRow:
    row = tx.first(statement, {"org": org_id, "of": identifier})
    if row is None:
        raise LookupError("patient row is gone")
    return _typed(row._mapping)


def ensure(tx: WriteTransaction, org_id: int, key: PatientKey, receipt: Receipt) -> PatientRow:
    """Return and lock the patient of this key, made from the receipt unless it is there."""
    known = locked_by_key(tx, org_id, key)
    if known is not None:
        return known
    made = PatientRow(new_id(), key, Description.by(person_of(receipt), receipt.order))
    inserted = tx.insert_if_absent(patient, _values(org_id, made, receipt.received_at_us), _KEY)
    return made if inserted else _found(locked_by_key(tx, org_id, key))


def describe(tx: WriteTransaction, org_id: int, known: PatientRow, description: Description) -> PatientRow:
    """Describe a patient anew, here and in the patient's studies. The row is locked."""
    if description == known.description:
        return known
    values = {"org": org_id, "of": known.id, **{f"new_{name}": value for name, value in _person(description).items()}}
    tx.execute(_DESCRIBE, {**values, **{f"new_{name}": value for name, value in _said(description).items()}})
    if description.person != known.person:
        tx.execute(_DESCRIBE_STUDIES, values)
    return replace(known, description=description)


def delete_if_childless(tx: WriteTransaction, org_id: int, identifier: int) -> bool:
    """Remove a patient without studies. Return whether it was one."""
    return tx.execute(_DELETE_CHILDLESS, {"org": org_id, "of": identifier}).rowcount == 1


def _values(org_id: int, row: PatientRow, created_at: int) -> dict[str, object]:
    person = _person(row.description)
    return {
        "org_id": org_id,
        "id": row.id,
        "issuer": row.key.issuer,
        "patient_id": row.key.patient_id,
        "discriminator": row.key.discriminator,
        "name": person["name"],
        "name_key": person["key"],
        "birth_date": person["birth_date"],
        "sex": person["sex"],
        "identity": row.identity.value,
        **_said(row.description),
        "created_at": created_at,
    }


def _person(description: Description) -> dict[str, str]:
    person = description.person
    key = index_text(name_key(person.name))
    return {"name": person.name, "key": key, "birth_date": person.birth_date, "sex": person.sex}


def _said(description: Description) -> dict[str, object]:
    orders = zip(_SAID, description.said, strict=True)
    return {f"{what}_{how}": value for what, order in orders for how, value in zip(("at", "by"), order, strict=True)}


def _of_key(org_id: int, key: PatientKey) -> dict[str, object]:
    return {
        "org": org_id,
        "of_issuer": key.issuer,
        "of_patient": key.patient_id,
        "of_discriminator": key.discriminator,
    }


def _clashing_with(key: PatientKey) -> dict[str, object]:
    """Bounds of the discriminators of `clashing_key`."""
    prefix = f"{key.discriminator}:{OTHER}" if key.discriminator else OTHER
    return {"clashing_from": prefix, "clashing_to": prefix[:-1] + chr(ord(prefix[-1]) + 1)}


def _typed(row: Mapping[Any, Any]) -> PatientRow:
    named, born, sexed = ((row[f"{what}_at"], row[f"{what}_by"]) for what in _SAID)
    return PatientRow(
        row["id"],
        PatientKey(row["issuer"], row["patient_id"], row["discriminator"]),
        Description(Person(row["name"], row["birth_date"], row["sex"]), (named, born, sexed)),
    )


def _found(row: PatientRow | None) -> PatientRow:
    if row is None:  # inserted and removed by others within our statement: run again
        raise DatabaseConflict("a patient vanished while it was looked for")
    return row
