"""Rows of cursors: how far each follower has read."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select, update

from kontor.platform.database import ReadTransaction, WriteTransaction
from kontor.platform.journal.tables import cursor

_POSITION: Final = select(cursor.c.seq).where(cursor.c.follower == bindparam("of"))
_POSITION_LOCKED: Final = _POSITION.with_for_update()
_MOVE: Final = update(cursor).where(cursor.c.follower == bindparam("of")).values(seq=bindparam("to"))


def begin(tx: WriteTransaction, follower: str) -> None:
    """Make the cursor of a follower that has none, before the journal's first entry."""
    tx.insert_if_absent(cursor, {"follower": follower, "seq": 0}, ["follower"])


def position(tx: ReadTransaction, follower: str) -> int:
    """The number of the last entry that was handled."""
    return int(tx.scalar(_POSITION, {"of": follower}))


def locked_position(tx: WriteTransaction, follower: str) -> int:
    """The same, once no other process moves it; SQLite has ordered its writers already."""
    return int(tx.scalar(_POSITION_LOCKED if tx.dialect_name == "postgresql" else _POSITION, {"of": follower}))


def move(tx: WriteTransaction, follower: str, seq: int) -> None:
    """Note an entry, and all before it, as handled."""
    tx.execute(_MOVE, {"of": follower, "to": seq})
