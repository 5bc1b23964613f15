"""The one place that begins, commits, rolls back and repeats transactions."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from kontor.platform.database.dialects import (
    DURABLE,
    READ,
    REPLAYABLE,
    Dialect,
    PostgresqlDialect,
    SqliteDialect,
)
from kontor.platform.database.errors import DatabaseConflict, DatabaseUnavailable
from kontor.platform.database.transactions import ReadTransaction, WriteTransaction

Result = TypeVar("Result")
_ATTEMPTS: Final = 8
_BACK_OFF_S: Final = 0.005


class Database:
    """A database of either engine: acts go in, transactions happen.

    An act may run more than once: it must have no effect but on the transaction that it gets.
    """

    def __init__(self, url: str, dialect: Dialect) -> None:
        self.url = url
        self.dialect = dialect
        parsed = make_url(url)
        self._engines = {purpose: dialect.engine(parsed, purpose) for purpose in (READ, DURABLE, REPLAYABLE)}
        # Connections between two transactions. Giving them to the pool and getting them again costs more than a commit.
        self._idle: dict[str, deque[Connection]] = {purpose: deque() for purpose in self._engines}

    @staticmethod
    def open(url: str) -> Database:
        """Open `sqlite:///path` or `postgresql+psycopg://…`. Nothing is connected yet."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise ValueError("SQLite needs a file: processes share it")
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            return Database(url, SqliteDialect(parsed.database))
        if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
            return Database(
                parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False), PostgresqlDialect()
            )
        raise ValueError(f"no dialect for {parsed.drivername}: use sqlite:///… or postgresql://…")

    def read(self, act: Callable[[ReadTransaction], Result]) -> Result:
        """Run `act` in a transaction that cannot write.

        Raises:
            DatabaseUnavailable: the database cannot be asked now.
        """
        return self._run(READ, lambda connection: act(ReadTransaction(connection, self.dialect.name)))

    def write(self, act: Callable[[WriteTransaction], Result], *, replayable: bool = False) -> Result:
        """Run `act` and commit; roll back when it raises. Repeated after deadlocks and lost connections.

        With `replayable` the commit does not wait for the disk: only for rows that replay makes again.

        Raises:
            DatabaseUnavailable: nothing was kept.
            DatabaseConflict: a constraint of the schema forbids it.
        """

        def run(connection: Connection) -> Result:
            return act(WriteTransaction(connection, self.dialect.name, self.dialect.insert_if_absent))

        purpose = REPLAYABLE if replayable else DURABLE
        return self._run(purpose, run)

    def close(self) -> None:
        """Close every connection that is not in use."""
        for purpose, engine in self._engines.items():
            while (connection := self._take_idle(purpose)) is not None:
                connection.close()
            engine.dispose()

    def _run(self, purpose: str, act: Callable[[Connection], Result]) -> Result:
        for attempt in range(_ATTEMPTS):
            try:
                return self._once(purpose, act)
            except IntegrityError as error:
                raise DatabaseConflict(str(error.orig)) from error
            except (OperationalError, InterfaceError, DBAPIError) as error:
                last = attempt == _ATTEMPTS - 1
                lost_before = error.connection_invalidated and attempt == 0
                if last or not (self.dialect.is_transient(error) or lost_before):
                    raise DatabaseUnavailable(str(error.orig)) from error
                time.sleep(random.uniform(0, _BACK_OFF_S * 2**attempt))  # noqa: S311 # jitter, not a secret
        raise AssertionError("unreachable")

    def _once(self, purpose: str, act: Callable[[Connection], Result]) -> Result:
        if purpose == READ:
            return self._transact(purpose, act)
        with self.dialect.writer_turn():
            return self._transact(purpose, act)

    def _transact(self, purpose: str, act: Callable[[Connection], Result]) -> Result:
        """Begin, act, commit. A connection on which anything went wrong goes through the pool's own cleaning."""
        connection = self._take_idle(purpose) or self._engines[purpose].connect()
        try:
            with connection.begin():
                result = act(connection)
        except BaseException:
            if connection.invalidated:  # the server went away: what is idle is lost as well
                self._close_idle(purpose)
            connection.close()
            raise
        self._idle[purpose].append(connection)
        return result

    def _close_idle(self, purpose: str) -> None:
        while (idle := self._take_idle(purpose)) is not None:
            idle.invalidate()
            idle.close()

    def _take_idle(self, purpose: str) -> Connection | None:
        try:
            return self._idle[purpose].pop()
        except IndexError:
            return None
