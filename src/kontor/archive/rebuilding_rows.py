"""Emptying the archive's tables, children before parents."""

from __future__ import annotations

from kontor.archive.tables import bundle, instance, patient, placement, segment, series, study, variant
from kontor.platform.database import WriteTransaction

_CHILDREN_FIRST = (bundle, placement, variant, instance, series, study, patient, segment)


def empty(tx: WriteTransaction) -> None:
    """Remove every row that segments can make again."""
    for table in _CHILDREN_FIRST:
        tx.execute(table.delete())


__all__ = ["WriteTransaction", "empty"]
