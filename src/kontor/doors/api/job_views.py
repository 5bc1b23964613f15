"""What /api/v1/jobs takes and gives."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

JobState = Literal["waiting", "running", "dead"]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class JobCountView(msgspec.Struct, frozen=True):
    """How many jobs of a kind are in a state; `at_least`: there are more than were counted."""

    kind: str
    state: JobState
    count: int
    at_least: bool


class JobView(msgspec.Struct, frozen=True):
    """One job. `key` is what it is about, hashed for those who may not find studies."""

    id: str
    kind: str
    key: str
    state: JobState
    attempts: int
    error: str
    run_after: str
    enqueued_at: str


class ParkedView(msgspec.Struct, frozen=True):
    """An entry of the journal that a follower could not handle; `dead` waits for a person, others for `retry_at`."""

    follower: str
    seq: int
    kind: str
    subject: str
    attempts: int
    dead: bool
    error: str
    parked_at: str
    retry_at: str


class JobOverview(msgspec.Struct, frozen=True):
    """All work: counts by kind and state, dead jobs, jobs that run and the next that wait, parked entries."""

    counts: list[JobCountView]
    dead: list[JobView]
    running: list[JobView]
    waiting: list[JobView]
    parked: list[ParkedView]


class WaitingForSomebody(msgspec.Struct, frozen=True):
    """How much work was given up and waits for a person."""

    count: int


class RetryJobs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Dead jobs to try again: one by its id, or all of a kind."""

    id: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,19}$")] | None = None
    kind: Word | None = None


class RetryParked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parked entries of a follower to try again: one by its number, or all."""

    follower: Word
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)] | None = None


class Retried(msgspec.Struct, frozen=True):
    """How many are tried again now."""

    count: int
