"""The one place that begins, commits, rolls back and repeats transactions."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from kontor.platform.database.connections import CONNECTIONS, Connections
from kontor.platform.database.dialects import (
    DURABLE,
    READ,
    REPLAYABLE,
    Dialect,
    PostgresqlDialect,
    SqliteDialect,
)
from kontor.platform.database.errors import DatabaseConflict, DatabaseRejected, DatabaseUnavailable
from kontor.platform.database.transactions import ReadTransaction, WriteTransaction

Result = TypeVar("Result")
_ATTEMPTS: Final = 8
_BACK_OFF_S: Final = 0.005


class Database:
    """A database of either engine: acts go in, transactions happen.

    An act may run more than once: it must have no effect but on the transaction that it gets.
    """

    def __init__(self, url: str, dialect: Dialect, connections: int) -> None:
        self.url = url
        self.dialect = dialect
        parsed = make_url(url)
        self.engines = {purpose: dialect.engine(parsed, purpose) for purpose in (READ, DURABLE, REPLAYABLE)}
        """By purpose, for whoever looks at statements or fills in bulk: tests and the bench."""
        self._connections = Connections(self.engines, connections)

    @staticmethod
    def open(url: str, *, connections: int = CONNECTIONS) -> Database:
        """Open `sqlite:///path` or `postgresql+psycopg://…`, for at most so many connections at a time.

        Nothing is connected yet.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise ValueError("SQLite needs a file: processes share it")
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            return Database(url, SqliteDialect(parsed.database), connections)
        if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
            full = parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
            return Database(full, PostgresqlDialect(), connections)
        raise ValueError(f"no dialect for {parsed.drivername}: use sqlite:///… or postgresql://…")

    def read(self, act: Callable[[ReadTransaction], Result], *, unhurried: bool = False) -> Result:
        """Run `act` in a transaction that cannot write.

        With `unhurried` a statement may take as long as it needs: only for what looks at everything.

        Raises:
            DatabaseUnavailable: the database cannot be asked now.
            DatabaseRejected: it does not take what it was given.
        """
        return self._run(READ, lambda connection: act(ReadTransaction(connection, self.dialect.name)), unhurried)

    def write(
        self, act: Callable[[WriteTransaction], Result], *, replayable: bool = False, unhurried: bool = False
    ) -> Result:
        """Run `act` and commit; roll back when it raises. Repeated after deadlocks and lost connections.

        With `replayable` the commit does not wait for the disk: only for rows that replay makes again. `unhurried` as
        in `read`.

        Raises:
            DatabaseUnavailable: nothing was kept.
            DatabaseRejected: nothing was kept, and would not be another time.
            DatabaseConflict: a constraint of the schema forbids it.
        """

        def run(connection: Connection) -> Result:
            return act(WriteTransaction(connection, self.dialect.name, self.dialect.insert_if_absent))

        return self._run(REPLAYABLE if replayable else DURABLE, run, unhurried)

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._connections.close()

    def _run(self, purpose: str, act: Callable[[Connection], Result], unhurried: bool) -> Result:
        for attempt in range(_ATTEMPTS):
            try:
                return self._once(purpose, act, unhurried)
            except IntegrityError as error:
                raise DatabaseConflict(str(error.orig)) from error
            except DBAPIError as error:
                if not (error.connection_invalidated or self.dialect.is_unavailable(error)):
                    raise DatabaseRejected(str(error.orig)) from error
                last = attempt == _ATTEMPTS - 1
                lost_before = error.connection_invalidated and attempt == 0
                if last or not (self.dialect.is_transient(error) or lost_before):
                    raise DatabaseUnavailable(str(error.orig)) from error
                time.sleep(random.uniform(0, _BACK_OFF_S * 2**attempt))  # noqa: S311 # jitter, not a secret
        raise AssertionError("unreachable")

    def _once(self, purpose: str, act: Callable[[Connection], Result], unhurried: bool) -> Result:
        if purpose == READ:
            return self._transact(purpose, act, unhurried)
        with self.dialect.writer_turn():
            return self._transact(purpose, act, unhurried)

    def _transact(self, purpose: str, act: Callable[[Connection], Result], unhurried: bool) -> Result:
        """Begin, act, commit. A connection on which the database complained is not used again."""
        connection = self._connections.take(purpose)
        try:
            with connection.begin():
                if unhurried:
                    with self.dialect.without_limits(connection):
                        result = act(connection)
                else:
                    result = act(connection)
        except BaseException:
            self._connections.drop(purpose, connection)
            raise
        self._connections.give_back(purpose, connection)
        return result
