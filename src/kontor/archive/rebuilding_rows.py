"""Emptying the archive's tables, children before parents, and the mark that they are being filled again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from kontor.archive.tables import (
    bundle,
    instance,
    patient,
    placement,
    rebuilding,
    segment,
    series,
    study,
    variant,
)

if TYPE_CHECKING:
    from kontor.platform.database import ReadTransaction, WriteTransaction

HOUSE: Final = 0
_CHILDREN_FIRST: Final = (bundle, placement, variant, instance, series, study, patient, segment)
_MARK: Final = select(rebuilding.c.began_at).where(rebuilding.c.org_id == HOUSE)


def empty(tx: WriteTransaction) -> None:
    """Remove every row that segments can make again."""
    for table in _CHILDREN_FIRST:
        tx.execute(table.delete())


def mark(tx: WriteTransaction, at_us: int) -> None:
    """Note that the index is not whole from here on; an earlier mark stays."""
    tx.insert_if_absent(rebuilding, {"org_id": HOUSE, "began_at": at_us}, ["org_id"])


def clear_mark(tx: WriteTransaction) -> None:
    """Note that the index is whole again."""
    tx.execute(rebuilding.delete())


def marked_at(tx: ReadTransaction) -> int | None:
    """Return when a rebuild began that has not been finished, microseconds; None when the index is whole."""
    began_at = tx.scalar(_MARK)
    return None if began_at is None else int(began_at)
