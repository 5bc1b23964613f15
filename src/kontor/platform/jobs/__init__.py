"""Work that may wait, fail and be repeated: `enqueue` in the transaction that wants it, `JobRunner` to do it."""

from kontor.platform.jobs.job_rows import LiveJob, dead_jobs, enqueue, live_jobs, revive
from kontor.platform.jobs.overview_queries import JobCount, JobRow, count_jobs, list_jobs, revive_dead
from kontor.platform.jobs.runner import JobContext, JobHandler, JobRunner, Retry

__all__ = [
    "JobContext",
    "JobCount",
    "JobHandler",
    "JobRow",
    "JobRunner",
    "LiveJob",
    "Retry",
    "count_jobs",
    "dead_jobs",
    "enqueue",
    "list_jobs",
    "live_jobs",
    "revive",
    "revive_dead",
]
