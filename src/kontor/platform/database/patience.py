"""How long a process waits for a PostgreSQL that neither answers nor goes away.

A server that hangs (a stopped process, a storage that does not return, a network that swallows packets) keeps its
connections open. Without limits every thread that asks it waits for ever, and no sender is told to come again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psycopg

if TYPE_CHECKING:
    from psycopg.abc import PQGen
    from sqlalchemy import Connection

Result = TypeVar("Result")

CONNECT_TIMEOUT_S: Final = 5
LOCK_TIMEOUT_S: Final = 10  # a transaction of ours lasts far less; whoever holds a lock for longer hangs
STATEMENT_TIMEOUT_S: Final = 15
ANSWER_TIMEOUT_S: Final = 20  # above the server's own limit, which only a server that runs can hold
_UNACKNOWLEDGED_MS: Final = 15_000
SERVER_LIMITS: Final = f"-c statement_timeout={STATEMENT_TIMEOUT_S}s -c lock_timeout={LOCK_TIMEOUT_S}s"
NETWORK_LIMITS: Final[Mapping[str, int]] = {
    "connect_timeout": CONNECT_TIMEOUT_S,
    "tcp_user_timeout": _UNACKNOWLEDGED_MS,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
_NO_LIMITS: Final = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits for each answer for a bounded time, whatever state the server is in."""

    answer_within_s: float = ANSWER_TIMEOUT_S

    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """Wait for an exchange with the server.

        Raises:
            OperationalError: no answer came in time. The connection is closed: its answer may still arrive.
        """
        limit = self.answer_within_s if timeout is None else timeout
        try:
            return super().wait(gen, interval, None if math.isinf(limit) else limit)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {limit:.0f} s") from error


@contextmanager
def without_limits(connection: Connection) -> Iterator[None]:
    """Let the transaction under way take its time."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, PatientConnection)
    connection.exec_driver_sql(_NO_LIMITS)
    driver.answer_within_s = math.inf
    try:
        yield
    finally:
        driver.answer_within_s = ANSWER_TIMEOUT_S
