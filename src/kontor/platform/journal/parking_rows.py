"""Entries that a follower could not handle: retried with back-off while others pass, then left for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from kontor.platform.clock import MICROSECONDS
from kontor.platform.database import ReadTransaction, WriteTransaction
from kontor.platform.journal.tables import parked

RETRY_DELAYS_S: Final = (1.0, 10.0, 60.0, 600.0)
_ERROR_CHARACTERS: Final = 2_000

_MINE: Final = (parked.c.follower == bindparam("of")) & (parked.c.seq == bindparam("number"))
_DUE: Final = (
    select(parked.c.seq, parked.c.attempts)
    .where(parked.c.follower == bindparam("of"), parked.c.dead.is_(False), parked.c.retry_at <= bindparam("now"))
    .order_by(parked.c.seq)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class ParkedEntry:
    """An entry that waits: for its next attempt, or, when `dead`, for a person."""

    follower: str
    seq: int
    attempts: int
    dead: bool
    error: str
    parked_at_us: int


def park(tx: WriteTransaction, follower: str, seq: int, error: str, now_us: int) -> None:
    """Set an entry aside after its first failure."""
    tx.execute(
        insert(parked),
        {
            "follower": follower,
            "seq": seq,
            "attempts": 1,
            "retry_at": now_us + round(RETRY_DELAYS_S[0] * MICROSECONDS),
            "dead": False,
            "error": error[:_ERROR_CHARACTERS],
            "parked_at": now_us,
        },
    )


def failed_again(tx: WriteTransaction, follower: str, seq: int, attempts: int, error: str, now_us: int) -> None:
    """Count one more failure; after the last delay the entry is dead."""
    dead = attempts >= len(RETRY_DELAYS_S)
    delay_s = 0.0 if dead else RETRY_DELAYS_S[attempts]
    tx.execute(
        update(parked)
        .where(_MINE)
        .values(
            attempts=attempts + 1,
            retry_at=now_us + round(delay_s * MICROSECONDS),
            dead=dead,
            error=error[:_ERROR_CHARACTERS],
        ),
        {"of": follower, "number": seq},
    )


def next_due(tx: ReadTransaction, follower: str, now_us: int) -> tuple[int, int] | None:
    """Return (seq, attempts) of the oldest entry whose next attempt is due."""
    row = tx.first(_DUE, {"of": follower, "now": now_us})
    return None if row is None else (row.seq, row.attempts)


def release(tx: WriteTransaction, follower: str, seq: int) -> None:
    """Forget a parked entry that was handled after all."""
    tx.execute(delete(parked).where(_MINE), {"of": follower, "number": seq})


def parked_entries(tx: ReadTransaction, limit: int = 1_000) -> Sequence[ParkedEntry]:
    """Return what waits, oldest first."""
    rows = tx.all(select(parked).order_by(parked.c.parked_at).limit(limit))
    return [ParkedEntry(row.follower, row.seq, row.attempts, row.dead, row.error, row.parked_at) for row in rows]


def requeue(tx: WriteTransaction, follower: str, seq: int, now_us: int) -> bool:
    """Let a dead entry be tried again at once. Return False when it is not there."""
    statement = update(parked).where(_MINE).values(attempts=1, retry_at=now_us, dead=False)
    return tx.execute(statement, {"of": follower, "number": seq}).rowcount == 1
