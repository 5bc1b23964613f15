"""What a page shows of the jobs of one organisation: counts that never count for ever, and the next rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from kontor.platform.jobs.job_rows import DEAD, RUNNING, WAITING
from kontor.platform.jobs.tables import job

if TYPE_CHECKING:
    from kontor.platform.database import ReadTransaction, WriteTransaction

COUNTED_MAX: Final = 10_000
"""Rows that are looked at for a count of live jobs: more is told as more."""

DEAD_MAX: Final = 1_000


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a kind are in a state. `at_least`: there are more jobs than were counted."""

    kind: str
    state: str
    count: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as a page shows it."""

    id: int
    kind: str
    key: str
    state: str
    attempts: int
    error: str
    run_after_us: int
    enqueued_at_us: int


def count_jobs(tx: ReadTransaction, org_id: int) -> list[JobCount]:
    """Jobs by kind and state. Dead ones are counted apart, so that no flood of work hides them."""
    counted: list[JobCount] = []
    for state, most in ((RUNNING, COUNTED_MAX), (WAITING, COUNTED_MAX), (DEAD, DEAD_MAX)):
        seen = select(job.c.kind).where(job.c.state == state, job.c.org_id == org_id).limit(most + 1).subquery()
        rows = tx.all(select(seen.c.kind, func.count().label("n")).group_by(seen.c.kind).order_by(seen.c.kind))
        more = sum(row.n for row in rows) > most
        counted += [JobCount(row.kind, state, row.n, more) for row in rows]
    return counted


def list_jobs(tx: ReadTransaction, org_id: int, state: str, limit: int) -> list[JobRow]:
    """Jobs in a state, next due first, at most `limit`."""
    statement = (
        select(job)
        .where(job.c.org_id == org_id, job.c.state == state)
        .order_by(job.c.run_after, job.c.id)
        .limit(limit)
    )  # fmt: skip
    return [
        JobRow(row.id, row.kind, row.key, row.state, row.attempts, row.error, row.run_after, row.enqueued_at)
        for row in tx.all(statement)
    ]


def revive_dead(
    tx: WriteTransaction, org_id: int, now_us: int, *, ids: Sequence[int] = (), kind: str = ""
) -> int:  # fmt: skip
    """Let dead jobs of an organisation be tried again at once: those named, or all of a kind. Return how many."""
    statement = update(job).where(job.c.org_id == org_id, job.c.state == DEAD)
    statement = statement.where(job.c.kind == kind) if kind else statement.where(job.c.id.in_(ids))
    return tx.execute(statement.values(state=WAITING, attempts=0, run_after=now_us)).rowcount
