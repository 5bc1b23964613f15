"""What a page shows of the entries that followers have set aside, of one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from kontor.platform.journal.tables import journal, parked

if TYPE_CHECKING:
    from kontor.platform.database import ReadTransaction, WriteTransaction

COUNTED_MAX: Final = 1_000


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """An entry that a follower could not handle; `dead` waits for a person, others for `retry_at_us`."""

    follower: str
    seq: int
    kind: str
    subject: str
    attempts: int
    dead: bool
    error: str
    parked_at_us: int
    retry_at_us: int


def list_parked(tx: ReadTransaction, org_id: int, limit: int) -> list[ParkedRow]:
    """Parked entries, those that wait for a person first, then the oldest."""
    statement = (
        select(parked, journal.c.kind, journal.c.subject)
        .join(journal, journal.c.seq == parked.c.seq)
        .where(journal.c.org_id == org_id)
        .order_by(parked.c.dead.desc(), parked.c.parked_at, parked.c.seq, parked.c.follower)
        .limit(limit)
    )
    return [
        ParkedRow(
            row.follower, row.seq, row.kind, row.subject, row.attempts, row.dead, row.error, row.parked_at, row.retry_at
        )
        for row in tx.all(statement)
    ]


def count_parked(tx: ReadTransaction, org_id: int) -> int:
    """How many entries wait for a person; never counts beyond 1,000."""
    seen = (
        select(parked.c.seq)
        .join(journal, journal.c.seq == parked.c.seq)
        .where(journal.c.org_id == org_id, parked.c.dead)
        .limit(COUNTED_MAX)
        .subquery()
    )
    return int(tx.scalar(select(func.count()).select_from(seen)))


def requeue_parked(tx: WriteTransaction, org_id: int, follower: str, now_us: int, seq: int | None = None) -> int:
    """Let entries of a follower be tried again at once: one, or all of the organisation. Return how many."""
    own = select(journal.c.seq).where(journal.c.seq == parked.c.seq, journal.c.org_id == org_id).exists()
    statement = update(parked).where(parked.c.follower == follower, own)
    if seq is not None:
        statement = statement.where(parked.c.seq == seq)
    return tx.execute(statement.values(attempts=1, retry_at=now_us, dead=False)).rowcount
