"""Rows that settling reads and marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, func, select, update

from kontor.archive.tables import instance, series, study

if TYPE_CHECKING:
    from sqlalchemy import Select

    from kontor.access import Scope
    from kontor.platform.database import WriteTransaction

_STUDY: Final = (study.c.id, study.c.study_instance_uid, study.c.last_received_at, study.c.settled_at)
_OPEN_SERIES: Final = (
    select(series.c.series_instance_uid)
    .where(series.c.org_id == bindparam("org"), series.c.study == bindparam("of"), series.c.settled_at.is_(None))
    .order_by(series.c.series_instance_uid)
)
_SETTLE_SERIES: Final = (
    update(series)
    .where(and_(series.c.org_id == bindparam("org"), series.c.study == bindparam("of"), series.c.settled_at.is_(None)))
    .values(settled_at=bindparam("at"))
)
_SETTLE_STUDY: Final = (
    update(study)
    .where(study.c.org_id == bindparam("org"), study.c.id == bindparam("of"))
    .values(settled_at=bindparam("at"), missing=bindparam("lacks"))
)
_NOTES: Final = (
    select(instance.c.notes, func.count().label("objects"))
    .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
    .where(instance.c.org_id == bindparam("org"), series.c.study == bindparam("of"), instance.c.notes != "")
    .group_by(instance.c.notes)
)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What settling needs to know of a study."""

    id: int
    study_instance_uid: str
    last_received_at: int
    settled_at: int | None


def studies_of(tx: WriteTransaction, scope: Scope, study_uid: str) -> list[Unsettled]:
    """Return and lock the studies of this UID that the scope may see, one for each patient."""
    return [Unsettled(*row) for row in tx.all(_of_uid(scope, study_uid).with_for_update())]


def study_named(tx: WriteTransaction, scope: Scope, study_uid: str, study_row: int | None) -> Unsettled | None:
    """Return and lock the study that was kept first under its UID, or the one whose row is named.

    None: there is no such study that the scope may see.
    """
    whose = study.c.discriminator == "" if study_row is None else study.c.id == study_row
    row = tx.first(_of_uid(scope, study_uid).where(whose).with_for_update())
    return None if row is None else Unsettled(*row)


def _of_uid(scope: Scope, study_uid: str) -> Select[tuple[int, str, int, int | None]]:
    return scope.select(study, *_STUDY).where(study.c.study_instance_uid == study_uid)


def notes_of(tx: WriteTransaction, org_id: int, study_id: int) -> list[tuple[str, int]]:
    """Return the notes of a study's objects as they stand in the index, and how many objects bear each."""
    return [(row.notes, row.objects) for row in tx.all(_NOTES, {"org": org_id, "of": study_id})]


def settle(tx: WriteTransaction, org_id: int, study_id: int, at_us: int, missing: str) -> list[str]:
    """Mark a study and its open series, and note what the study lacks; return the UIDs of the series."""
    key = {"org": org_id, "of": study_id}
    uids = [str(row.series_instance_uid) for row in tx.all(_OPEN_SERIES, key)]
    tx.execute(_SETTLE_SERIES, {**key, "at": at_us})
    tx.execute(_SETTLE_STUDY, {**key, "at": at_us, "lacks": missing})
    return uids
