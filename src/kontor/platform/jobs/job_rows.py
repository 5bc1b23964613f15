"""Rows of the job queue: one live job for each (organisation, kind, key), taken by lease."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, case, delete, or_, select, update

from kontor.platform.clock import MICROSECONDS
from kontor.platform.database import ReadTransaction, WriteTransaction
from kontor.platform.identifiers import new_id
from kontor.platform.jobs.tables import job
from kontor.platform.journal import JsonValue

WAITING, RUNNING, DEAD = "waiting", "running", "dead"
_ERROR_CHARACTERS: Final = 2_000
ATTEMPTS_MAX: Final = 5  # as many as a job gets that fails in an orderly way
_LOST: Final = "WorkerLost: every worker that tried it ended in the middle"

_SAME: Final = and_(
    job.c.org_id == bindparam("of_org"), job.c.kind == bindparam("of_kind"), job.c.key == bindparam("of_key")
)
_AGAIN: Final = (
    update(job)
    .where(_SAME)
    .values(
        payload=bindparam("with_payload"),
        run_after=case(
            (job.c.state == RUNNING, job.c.run_after),
            (and_(job.c.state == WAITING, bindparam("keep") == 1), job.c.run_after),
            else_=bindparam("not_before"),
        ),
        again_after=case((job.c.state == RUNNING, bindparam("not_before")), else_=None),
        attempts=case((job.c.state == DEAD, 0), else_=job.c.attempts),
        state=case((job.c.state == DEAD, WAITING), else_=job.c.state),
    )
)
_NO_LEASE: Final = {"lease_holder": "", "lease_until": None}
_MINE: Final = and_(job.c.id == bindparam("of_id"), job.c.lease_holder == bindparam("of_holder"))
_HELD: Final = select(job.c.again_after).where(_MINE)
_HELD_LOCKED: Final = _HELD.with_for_update()


@dataclass(frozen=True, slots=True)
class LiveJob:
    """A job as a page shows it, or as a runner holds it."""

    id: int
    org_id: int
    kind: str
    key: str
    payload: Mapping[str, JsonValue]
    state: str
    attempts: int
    error: str
    run_after_us: int


def enqueue(
    tx: WriteTransaction,
    org_id: int,
    kind: str,
    key: str,
    payload: Mapping[str, JsonValue],
    run_after_us: int,
    *,
    postpone: bool = False,
) -> None:
    """Ask for work, not before `run_after_us`. One live job per (organisation, kind, key).

    A waiting job keeps its time unless `postpone`; a running one is run once more, whether it succeeds or fails; a dead
    one is revived; one that ends at this moment is asked for anew.
    """
    text = json.dumps(payload)
    new = {
        "id": new_id(),
        "org_id": org_id,
        "kind": kind,
        "key": key,
        "payload": text,
        "state": WAITING,
        "run_after": run_after_us,
        "attempts": 0,
        "enqueued_at": run_after_us,
    }
    same = {"of_org": org_id, "of_kind": kind, "of_key": key}
    again = {**same, "with_payload": text, "not_before": run_after_us, "keep": 0 if postpone else 1}
    while not tx.insert_if_absent(job, new, ["org_id", "kind", "key"]):
        if tx.execute(_AGAIN, again).rowcount:  # else its runner has deleted it in between
            return


def claim(tx: WriteTransaction, kinds: Sequence[str], holder: str, now_us: int, lease_s: float) -> LiveJob | None:
    """Take the job that has been due longest, or one whose holder let its lease run out.

    A job that outlived its holder time and again is what ends them: it rests dead until a person decides.
    """
    while (row := tx.first(_due(kinds, now_us, lock=tx.dialect_name == "postgresql"))) is not None:
        if row.state == RUNNING and row.attempts >= ATTEMPTS_MAX:
            tx.execute(update(job).where(job.c.id == row.id).values(state=DEAD, error=_LOST, **_NO_LEASE))
            continue
        lease = {"state": RUNNING, "lease_holder": holder, "lease_until": now_us + round(lease_s * MICROSECONDS)}
        tx.execute(update(job).where(job.c.id == row.id).values(**lease, attempts=row.attempts + 1, again_after=None))
        return _live(row)
    return None


def anything_due(tx: ReadTransaction, kinds: Sequence[str], now_us: int) -> bool:
    """Tell whether `claim` would find work; cheap, takes no lock."""
    return tx.first(_due(kinds, now_us, lock=False)) is not None


def extend(tx: WriteTransaction, id: int, holder: str, until_us: int) -> bool:  # noqa: A002 # the column's name
    """Keep the lease until `until_us`. False when somebody else has the job now."""
    statement = update(job).where(_MINE).values(lease_until=until_us)
    return tx.execute(statement, {"of_id": id, "of_holder": holder}).rowcount == 1


def finish(tx: WriteTransaction, id: int, holder: str) -> None:  # noqa: A002 # the column's name
    """End a job that succeeded; it waits again if it was asked for meanwhile."""
    mine = {"of_id": id, "of_holder": holder}
    held = _held(tx, mine)
    if held is not None and held.again_after is not None:
        tx.execute(update(job).where(_MINE).values(_once_more(held.again_after)), mine)
    elif held is not None:
        tx.execute(delete(job).where(_MINE), mine)


def fail(tx: WriteTransaction, id: int, holder: str, error: str, retry_at_us: int | None) -> bool:  # noqa: A002 # as above
    """Record a failure: wait until `retry_at_us`, or rest dead until a person decides.

    A job that was asked for meanwhile does not rest: the newer request is tried in its own right.

    Returns:
        Whether the job rests.
    """
    mine = {"of_id": id, "of_holder": holder}
    held = _held(tx, mine)
    if held is None:
        return False
    if retry_at_us is not None:
        then: Mapping[str, object] = {"state": WAITING, "run_after": retry_at_us, **_NO_LEASE}
    elif held.again_after is not None:
        then = _once_more(held.again_after)
    else:
        then = {"state": DEAD, **_NO_LEASE}
    tx.execute(update(job).where(_MINE).values(error=error[:_ERROR_CHARACTERS], **then), mine)
    return then["state"] == DEAD


def live_jobs(tx: ReadTransaction, limit: int = 1_000) -> list[LiveJob]:
    """Return jobs that wait or run, next due first."""
    return [_live(row) for row in tx.all(select(job).where(job.c.state != DEAD).order_by(job.c.run_after).limit(limit))]


def dead_jobs(tx: ReadTransaction, limit: int = 1_000) -> list[LiveJob]:
    """Return jobs that were given up and wait for a person."""
    return [_live(row) for row in tx.all(select(job).where(job.c.state == DEAD).order_by(job.c.run_after).limit(limit))]


def revive(tx: WriteTransaction, id: int, now_us: int) -> bool:  # noqa: A002 # the column's name
    """Let a dead job be tried again at once. False when it is not there."""
    statement = update(job).where(job.c.id == id, job.c.state == DEAD)
    return tx.execute(statement.values(state=WAITING, attempts=0, run_after=now_us)).rowcount == 1


def _held(tx: WriteTransaction, mine: Mapping[str, object]) -> Row[Any] | None:
    """The job, if its holder has it still, with what was asked for meanwhile: nobody asks again before the commit.

    PostgreSQL decides by a statement's snapshot: without the lock a request committed since would not be seen.
    """
    return tx.first(_HELD_LOCKED if tx.dialect_name == "postgresql" else _HELD, mine)


def _once_more(at_us: int) -> Mapping[str, object]:
    return {"state": WAITING, "run_after": at_us, "again_after": None, "attempts": 0, **_NO_LEASE}


def _due(kinds: Sequence[str], now_us: int, *, lock: bool) -> Select[Any]:
    due = or_(
        and_(job.c.state == WAITING, job.c.run_after <= now_us),
        and_(job.c.state == RUNNING, job.c.lease_until < now_us),
    )
    statement = select(job).where(due, job.c.kind.in_(kinds)).order_by(job.c.run_after).limit(1)
    return statement.with_for_update(skip_locked=True) if lock else statement


def _live(row: Row[Any]) -> LiveJob:
    return LiveJob(
        row.id,
        row.org_id,
        row.kind,
        row.key,
        json.loads(row.payload),
        row.state,
        row.attempts,
        row.error,
        row.run_after,
    )
