"""/api/v1/jobs: what runs, waits, or was given up, and the one act: to try it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from kontor.access import Act, Right
from kontor.doors.api.job_views import (
    JobCountView,
    JobOverview,
    JobView,
    ParkedView,
    Retried,
    RetryJobs,
    RetryParked,
    WaitingForSomebody,
)
from kontor.doors.http import Answer, Endpoint, inadmissible
from kontor.platform.clock import as_iso
from kontor.platform.jobs import count_jobs, list_jobs, revive_dead
from kontor.platform.journal import count_parked, list_parked, requeue_parked
from kontor.platform.log import hashed

if TYPE_CHECKING:
    from kontor.doors.api.job_views import JobState
    from kontor.doors.http import Call
    from kontor.platform.database import ReadTransaction
    from kontor.platform.jobs import JobRow
    from kontor.platform.journal import ParkedRow

_SHOWN: Final = 200


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    return (
        Endpoint("GET", "/jobs", _overview, Right.OPERATE, "listJobs", "All work", answer=JobOverview, background=True),
        Endpoint(
            "GET", "/jobs/waiting-for-somebody", _waiting, Right.OPERATE, "countGivenUp",
            "How much work waits for a person", answer=WaitingForSomebody, background=True,
        ),
        Endpoint(
            "POST", "/jobs/retry", _retry_jobs, Right.OPERATE, "retryJobs", "Try dead jobs again",
            body=RetryJobs, answer=Retried, act=Act.RETRY_WORK, problems=("inadmissible",),
        ),
        Endpoint(
            "POST", "/jobs/parked/retry", _retry_parked, Right.OPERATE, "retryParked", "Try parked entries again",
            body=RetryParked, answer=Retried, act=Act.RETRY_WORK,
        ),
    )  # fmt: skip


def _overview(call: Call) -> Answer:
    org_id = call.scope.org_id

    def read(tx: ReadTransaction) -> JobOverview:
        def jobs(state: str) -> list[JobView]:
            return [_job(call, row) for row in list_jobs(tx, org_id, state, _SHOWN)]

        counts = [
            JobCountView(one.kind, cast("JobState", one.state), one.count, one.at_least)
            for one in count_jobs(tx, org_id)
        ]
        parked = [_parked(call, row) for row in list_parked(tx, org_id, _SHOWN)]
        return JobOverview(counts, jobs("dead"), jobs("running"), jobs("waiting"), parked)

    return Answer(call.archive.database.read(read))


def _waiting(call: Call) -> Answer:
    org_id = call.scope.org_id

    def read(tx: ReadTransaction) -> int:
        dead = sum(one.count for one in count_jobs(tx, org_id) if one.state == "dead")
        return dead + count_parked(tx, org_id)

    return Answer(WaitingForSomebody(call.archive.database.read(read)))


def _retry_jobs(call: Call) -> Answer:
    wanted = call.body(RetryJobs)
    if (wanted.id is None) == (wanted.kind is None):
        raise inadmissible("id", "either an id or a kind")
    ids = [] if wanted.id is None else [int(wanted.id)]
    database, now_us = call.archive.database, call.archive.clock.now_us()
    count = database.write(lambda tx: revive_dead(tx, call.scope.org_id, now_us, ids=ids, kind=wanted.kind or ""))
    subject = f"jobs {wanted.kind}" if wanted.kind else f"job {wanted.id}"
    return Answer(Retried(count), subject=subject, detail={"count": str(count)})


def _retry_parked(call: Call) -> Answer:
    wanted = call.body(RetryParked)
    database, now_us = call.archive.database, call.archive.clock.now_us()
    count = database.write(lambda tx: requeue_parked(tx, call.scope.org_id, wanted.follower, now_us, wanted.seq))
    subject = f"follower {wanted.follower}" + ("" if wanted.seq is None else f" entry {wanted.seq}")
    return Answer(Retried(count), subject=subject, detail={"count": str(count)})


def _subject(call: Call, text: str) -> str:
    """Who runs the house need not see whose studies wait in it."""
    return text if Right.FIND in call.scope.rights else hashed(text)


def _job(call: Call, row: JobRow) -> JobView:
    return JobView(
        id=str(row.id),
        kind=row.kind,
        key=_subject(call, row.key),
        state=cast("JobState", row.state),
        attempts=row.attempts,
        error=row.error,
        run_after=as_iso(row.run_after_us),
        enqueued_at=as_iso(row.enqueued_at_us),
    )


def _parked(call: Call, row: ParkedRow) -> ParkedView:
    return ParkedView(
        follower=row.follower,
        seq=row.seq,
        kind=row.kind,
        subject=_subject(call, row.subject),
        attempts=row.attempts,
        dead=row.dead,
        error=row.error,
        parked_at=as_iso(row.parked_at_us),
        retry_at=as_iso(row.retry_at_us),
    )
