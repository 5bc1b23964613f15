"""Rows of `instance`: one per SOP Instance UID, the primary object; and of `placement`: where its bytes lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from kontor.archive.geometry import geometry_key
from kontor.archive.index_text import index_number
from kontor.archive.model import Identity, Place
from kontor.archive.tables import instance, placement, series, study
from kontor.platform.database import Prepared
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from kontor.archive.model import Receipt
    from kontor.platform.database import ReadTransaction, WriteTransaction

_ONE: Final = and_(instance.c.org_id == bindparam("org"), instance.c.id == bindparam("of"))
_PLACED: Final = and_(placement.c.org_id == bindparam("org"), placement.c.digest == bindparam("of_digest"))
_PRIMARY: Final = (
    select(
        instance.c.id,
        instance.c.series,
        series.c.study,
        instance.c.sop_instance_uid,
        instance.c.digest,
        instance.c.length,
        instance.c.transfer_syntax_uid,
        instance.c.received_at,
        instance.c.origin,
        series.c.series_instance_uid,
        study.c.study_instance_uid,
        study.c.patient,
        study.c.identity,
    )
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .join(study, and_(study.c.org_id == series.c.org_id, study.c.id == series.c.study))
    .where(instance.c.org_id == bindparam("org"))
)
_BY_UID: Final = Prepared(_PRIMARY.where(instance.c.sop_instance_uid == bindparam("of")))
_BY_UIDS: Final = _PRIMARY.where(instance.c.sop_instance_uid.in_(bindparam("of", expanding=True)))
_INSERT: Final = Prepared(insert(instance))
_DELETE: Final = delete(instance).where(_ONE)
_REDATE: Final = update(instance).where(_ONE).values(received_at=bindparam("at"), origin=bindparam("new_origin"))
_FIRST_OF_SERIES: Final = (
    select(instance.c.digest, instance.c.received_at, instance.c.origin)
    .where(instance.c.org_id == bindparam("org"), instance.c.series == bindparam("of"))
    .order_by(instance.c.received_at, instance.c.digest)
    .limit(1)
)
_FIRST_OF_STUDY: Final = (
    select(instance.c.digest, instance.c.received_at, instance.c.origin)
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .where(instance.c.org_id == bindparam("org"), series.c.study == bindparam("of"))
    .order_by(instance.c.received_at, instance.c.digest)
    .limit(1)
)
_OF_PATIENTS_AFTER: Final = (
    select(instance.c.sop_instance_uid, instance.c.digest, instance.c.received_at, instance.c.origin, instance.c.notes)
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .join(study, and_(study.c.org_id == series.c.org_id, study.c.id == series.c.study))
    .where(
        instance.c.org_id == bindparam("org"),
        study.c.patient.in_(bindparam("of", expanding=True)),
        or_(
            instance.c.received_at > bindparam("at"),
            and_(instance.c.received_at == bindparam("at"), instance.c.digest > bindparam("by")),
        ),
    )
    .order_by(instance.c.received_at, instance.c.digest)
)
_INSERT_PLACE: Final = Prepared(insert(placement))
_PLACES: Final = (
    select(placement.c.segment, placement.c.offset, placement.c.length, placement.c.transfer_syntax_uid)
    .where(_PLACED)
    .order_by(placement.c.segment, placement.c.offset)
)
_MOVE_PLACE: Final = (
    update(placement)
    .where(_PLACED)
    .values(segment=bindparam("new_segment"), offset=bindparam("new_offset"), verified_at=None)
)
_REMOVE_PLACES: Final = delete(placement).where(_PLACED)
_SOP_CLASSES: Final = (
    select(instance.c.sop_class_uid)
    .distinct()
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .where(instance.c.org_id == bindparam("org"), series.c.study == bindparam("of"))
)
SEPARATOR: Final = "\\"


@dataclass(frozen=True, slots=True)
class PrimaryRow:
    """The object that stands for its SOP Instance UID."""

    id: int
    series: int
    study: int
    sop_instance_uid: str
    digest: str
    length: int
    transfer_syntax_uid: str
    received_at: int
    origin: str
    series_instance_uid: str
    study_instance_uid: str
    patient: int
    identity: Identity

    @property
    def order(self) -> tuple[int, str]:
        """Whoever is less is the primary instead."""
        return (self.received_at, self.digest)


class Followed(NamedTuple):
    """A primary that was received after another of its patient."""

    sop_instance_uid: str
    digest: str
    received_at: int
    origin: str
    notes: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An admitted object's bytes and when they came."""

    place: Place
    transfer_syntax_uid: str
    digest: str
    received_at: int
    origin: str


def by_uids(tx: ReadTransaction, org_id: int, sop_uids: Sequence[str]) -> dict[str, PrimaryRow]:
    """Find the primaries of these SOP Instance UIDs."""
    if len(sop_uids) == 1:
        rows = tx.all(_BY_UID, {"org": org_id, "of": sop_uids[0]})
    else:
        rows = tx.all(_BY_UIDS, {"org": org_id, "of": list(sop_uids)})
    return {row.sop_instance_uid: PrimaryRow(**{**row._asdict(), "identity": Identity(row.identity)}) for row in rows}


def insert_all(tx: WriteTransaction, org_id: int, admitted: Sequence[tuple[int, Receipt]]) -> None:
    """Insert primaries (series, receipt) and where their bytes lie.

    Raises:
        DatabaseConflict: another transaction inserted one of the UIDs first.
    """
    tx.run(_INSERT, _one_or_all([_values(org_id, series_id, receipt) for series_id, receipt in admitted]))
    insert_places(tx, org_id, [receipt for _, receipt in admitted])


def insert_places(tx: WriteTransaction, org_id: int, receipts: Sequence[Receipt]) -> None:
    """Insert where objects' bytes lie."""
    tx.run(_INSERT_PLACE, _one_or_all([_place_values(org_id, receipt) for receipt in receipts]))


def redate(tx: WriteTransaction, org_id: int, known: PrimaryRow, receipt: Receipt) -> None:
    """The same bytes turn out to have come earlier: the earlier record counts."""
    tx.execute(_REDATE, {"org": org_id, "of": known.id, "at": receipt.received_at_us, "new_origin": receipt.origin})
    move_place(tx, org_id, receipt)


def move_place(tx: WriteTransaction, org_id: int, receipt: Receipt) -> None:
    """Let equal bytes elsewhere stand for the digest."""
    place = receipt.place
    values = {"new_segment": place.segment, "new_offset": place.offset}
    tx.execute(_MOVE_PLACE, {"org": org_id, "of_digest": receipt.digest, **values})


def remove(tx: WriteTransaction, org_id: int, identifier: int) -> None:
    """Remove a primary's row; its bytes and their placement stay."""
    tx.execute(_DELETE, {"org": org_id, "of": identifier})


def remove_places(tx: WriteTransaction, org_id: int, digest: str) -> None:
    """Forget where the bytes of a digest lie, because they are placed anew in the same transaction."""
    tx.execute(_REMOVE_PLACES, {"org": org_id, "of_digest": digest})


def sop_classes(tx: ReadTransaction, org_id: int, study_id: int) -> set[str]:
    """Return the SOP classes of all primaries of a study."""
    return {str(row.sop_class_uid) for row in tx.all(_SOP_CLASSES, {"org": org_id, "of": study_id})}


def first_of_series(tx: ReadTransaction, org_id: int, series_id: int) -> StoredObject | None:
    """Return the object that describes a series by right."""
    return _stored(tx, org_id, tx.first(_FIRST_OF_SERIES, {"org": org_id, "of": series_id}))


def first_of_study(tx: ReadTransaction, org_id: int, study_id: int) -> StoredObject | None:
    """Return the object that describes a study by right."""
    return _stored(tx, org_id, tx.first(_FIRST_OF_STUDY, {"org": org_id, "of": study_id}))


def of_patients_after(
    tx: ReadTransaction, org_id: int, patients: Sequence[int], order: tuple[int, str]
) -> list[Followed]:
    """Return the primaries of patients that were received after this reception and digest, in their order."""
    rows = tx.all(_OF_PATIENTS_AFTER, {"org": org_id, "of": list(patients), "at": order[0], "by": order[1]})
    return [Followed(*row) for row in rows]


def noted(notes: str) -> tuple[str, ...]:
    """Return the names of tolerated deviations as a receipt holds them."""
    return tuple(note for note in notes.split(SEPARATOR) if note)


def stored(tx: ReadTransaction, org_id: int, digest: str, received_at: int, origin: str) -> StoredObject | None:
    """Return where the bytes of a digest lie."""
    row = tx.first(_PLACES, {"org": org_id, "of_digest": digest})
    if row is None:
        return None
    return StoredObject(
        Place(row.segment, row.offset, row.length), row.transfer_syntax_uid, digest, received_at, origin
    )


def _stored(tx: ReadTransaction, org_id: int, row: Row[Any] | None) -> StoredObject | None:
    return None if row is None else stored(tx, org_id, row.digest, row.received_at, row.origin)


def _one_or_all(rows: list[dict[str, object]]) -> Mapping[str, object] | Sequence[Mapping[str, object]]:
    return rows if len(rows) > 1 else rows[0]


def _values(org_id: int, series_id: int, receipt: Receipt) -> dict[str, object]:
    header = receipt.header
    of = header.instance
    return {
        "org_id": org_id,
        "id": new_id(),
        "series": series_id,
        "sop_instance_uid": header.sop_instance_uid,
        "sop_class_uid": header.sop_class_uid,
        "transfer_syntax_uid": receipt.transfer_syntax,
        "instance_number": index_number(of.number),
        "rows": index_number(of.rows),
        "columns": index_number(of.columns),
        "bits_allocated": index_number(of.bits_allocated),
        "frames": index_number(of.frames) or 1,
        "geometry_key": geometry_key(of.position, of.orientation),
        "digest": receipt.digest,
        "length": receipt.place.length,
        "header_length": receipt.header_length,
        "notes": SEPARATOR.join(receipt.notes),
        "received_at": receipt.received_at_us,
        "origin": receipt.origin,
    }


def _place_values(org_id: int, receipt: Receipt) -> dict[str, object]:
    return {
        "org_id": org_id,
        "digest": receipt.digest,
        "segment": receipt.place.segment,
        "offset": receipt.place.offset,
        "length": receipt.place.length,
        "transfer_syntax_uid": receipt.transfer_syntax,
    }
