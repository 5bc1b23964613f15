"""Doing jobs: claim by lease, work outside any transaction, record the outcome in a short one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kontor.platform import metrics
from kontor.platform.clock import MICROSECONDS, Clock
from kontor.platform.database import Database, DatabaseUnavailable
from kontor.platform.jobs import job_rows
from kontor.platform.journal import JsonValue
from kontor.platform.log import get_logger

LEASE_S: Final = 60.0
_log: Final = get_logger("jobs")


@dataclass(frozen=True, slots=True)
class Retry:
    """When to try again, and which errors no repetition cures."""

    delays_s: tuple[float, ...] = (1.0, 10.0, 60.0, 600.0)
    permanent: tuple[type[Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job may know and use."""

    org_id: int
    key: str
    payload: Mapping[str, JsonValue]
    database: Database
    heartbeat: Callable[[], None]  # keeps the lease; raises LeaseLost when somebody else has the job now


@dataclass(frozen=True, slots=True)
class JobHandler:
    """How one kind of job is done. Twice must equal once."""

    act: Callable[[JobContext], None]
    retry: Retry = field(default_factory=Retry)


class LeaseLost(Exception):
    """Another runner has taken the job over."""


class JobRunner:
    """Does jobs one at a time. Run as many, in as many processes, as there are cores to spare."""

    def __init__(self, database: Database, clock: Clock, handlers: Mapping[str, JobHandler]) -> None:
        self._database = database
        self._clock = clock
        self._handlers = handlers
        self._kinds = tuple(handlers)
        self._holder = f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(4)}"

    def run_once(self) -> bool:
        """Do one due job. Return False when none is due."""
        now_us = self._clock.now_us()
        if not self._database.read(lambda tx: job_rows.anything_due(tx, self._kinds, now_us)):
            return False
        claimed = self._database.write(lambda tx: job_rows.claim(tx, self._kinds, self._holder, now_us, LEASE_S))
        if claimed is None:
            return False
        self._do(claimed)
        return True

    def _do(self, claimed: job_rows.LiveJob) -> None:
        handler = self._handlers[claimed.kind]
        context = JobContext(
            claimed.org_id, claimed.key, claimed.payload, self._database, lambda: self._heartbeat(claimed.id)
        )
        try:
            handler.act(context)
        except DatabaseUnavailable:
            raise  # the lease runs out and somebody takes the job over
        except LeaseLost:
            _log.warning("lease lost", kind=claimed.kind)
        except Exception as error:  # noqa: BLE001 # recorded with the job and retried or left for a person
            self._failed(claimed, handler.retry, error)
        else:
            self._database.write(lambda tx: job_rows.finish(tx, claimed.id, self._holder))
            metrics.jobs_finished.labels("done").inc()

    def _failed(self, claimed: job_rows.LiveJob, retry: Retry, error: Exception) -> None:
        tries = claimed.attempts  # failures before this one
        final = isinstance(error, retry.permanent) or tries >= len(retry.delays_s)
        delay_s = 0.0 if final else retry.delays_s[tries]
        retry_at_us = None if final else self._clock.now_us() + round(delay_s * MICROSECONDS)
        reason = f"{type(error).__name__}: {error}"
        dead = self._database.write(lambda tx: job_rows.fail(tx, claimed.id, self._holder, reason, retry_at_us))
        metrics.jobs_finished.labels("dead" if dead else "failed").inc()
        _log.warning("job failed", kind=claimed.kind, error=type(error).__name__, attempts=tries + 1, final=dead)

    def _heartbeat(self, id: int) -> None:  # noqa: A002 # the column's name
        until_us = self._clock.now_us() + round(LEASE_S * MICROSECONDS)
        if not self._database.write(lambda tx: job_rows.extend(tx, id, self._holder, until_us)):
            raise LeaseLost
