"""Work that may wait, fail and be repeated: `enqueue` in the transaction that wants it, `JobRunner` to do it."""

from kontor.platform.jobs.job_rows import LiveJob, dead_jobs, enqueue, live_jobs, revive
from kontor.platform.jobs.runner import JobContext, JobHandler, JobRunner, Retry

__all__ = [
    "JobContext",
    "JobHandler",
    "JobRunner",
    "LiveJob",
    "Retry",
    "dead_jobs",
    "enqueue",
    "live_jobs",
    "revive",
]
