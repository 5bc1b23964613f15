"""The connections of one process to its database: a bounded number, and whoever finds none waits for one.

A server allows a fixed number of connections over all processes (PostgreSQL: 100 as Debian ships it). A process that
takes as many as it has threads locks others out of the database, so that they fail where they could have waited.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kontor.platform.database.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

CONNECTIONS: Final = 16  # a process; web=2, dimse=2, worker=1 and a command fit into 97 (100 without the superuser's 3)
_WAIT_S: Final = 30.0


class Connections:
    """At most `limit` open connections over all purposes. Safe from any thread."""

    def __init__(self, engines: Mapping[str, Engine], limit: int) -> None:
        self._engines = engines
        self._limit = limit
        self._open = 0
        # Connections between two transactions. Giving them to SQLAlchemy's pool and back costs more than a commit.
        self._idle: dict[str, list[Connection]] = {purpose: [] for purpose in engines}
        self._changed = threading.Condition()

    def take(self, purpose: str) -> Connection:
        """Return a connection: one that waits, a new one, or a new one in place of another purpose's.

        Raises:
            DatabaseUnavailable: all are in use and none was given back in time.
            DBAPIError: the database cannot be connected to.
        """
        with self._changed:
            if self._idle[purpose]:
                return self._idle[purpose].pop()
            if not self._changed.wait_for(self._can_take, _WAIT_S):
                raise DatabaseUnavailable(f"all {self._limit} connections of this process are in use")
            if self._idle[purpose]:
                return self._idle[purpose].pop()
            surplus = None
            if self._open < self._limit:
                self._open += 1
            else:
                surplus = next(idle for idle in self._idle.values() if idle).pop()
        try:
            if surplus is not None:
                surplus.close()
            return self._engines[purpose].connect()
        except BaseException:
            self._closed(1)
            raise

    def give_back(self, purpose: str, connection: Connection) -> None:
        """Keep a connection whose transaction has ended for the next."""
        with self._changed:
            self._idle[purpose].append(connection)
            self._changed.notify()

    def drop(self, purpose: str, connection: Connection) -> None:
        """Close a connection on which something went wrong; with a lost one the idle ones are lost as well."""
        if connection.invalidated:
            self._close_idle(purpose)
        try:
            connection.close()
        finally:
            self._closed(1)

    def close(self) -> None:
        """Close every connection that is not in use."""
        for purpose, engine in self._engines.items():
            self._close_idle(purpose)
            engine.dispose()

    def _can_take(self) -> bool:
        return self._open < self._limit or any(self._idle.values())

    def _close_idle(self, purpose: str) -> None:
        with self._changed:
            idle, self._idle[purpose] = self._idle[purpose], []
        for connection in idle:
            connection.close()
        self._closed(len(idle))

    def _closed(self, count: int) -> None:
        with self._changed:
            self._open -= count
            self._changed.notify(count)
