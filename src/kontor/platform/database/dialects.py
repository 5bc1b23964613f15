"""Everything in which SQLite and PostgreSQL differ. Nobody else asks which engine runs."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

import psycopg
from sqlalchemy import Engine, Executable, NullPool, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite

from kontor.platform.database.patience import NETWORK_LIMITS, SERVER_LIMITS, PatientConnection, without_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Insert
    from sqlalchemy.engine import URL
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import PoolProxiedConnection

    from kontor.platform.database.transactions import ReadTransaction

    Columns = Mapping[str, ColumnElement[Any]]

READ, DURABLE, REPLAYABLE = "read", "durable", "replayable"
_BUSY_TIMEOUT_MS: Final = 30_000
_PAGE_CACHE_KIB: Final = 65_536
_CHECKPOINT_PAGES: Final = 8_192  # 32 MiB: a checkpoint syncs twice, and a received object dirties some 15 pages
# Primary result codes that no value can be the cause of (sqlite.org/rescode.html).
_SQLITE_UNAVAILABLE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)
_SQLITE_GONE: Final = ("no such table", "no such column")  # these have no code of their own
# SQLSTATE by class and by code: connection, resources, shutdown, I/O, damage; read-only, locks, time-outs, deadlocks;
# what the schema should have and has not, or may not be used.
_POSTGRESQL_CLASSES: Final = frozenset({"08", "53", "58", "XX"})
_POSTGRESQL_TRANSIENT: Final = frozenset({"40001", "40P01"})
_POSTGRESQL_CODES: Final = _POSTGRESQL_TRANSIENT | {
    *("25006", "25P03", "25P04", "55P03", "57014"),
    *("42P01", "42703", "42501", "3F000"),
}


class Dialect(Protocol):
    """One engine's ways. Engines are made per purpose because durability is a property of the connection."""

    name: str

    def engine(self, url: URL, purpose: str) -> Engine:
        """Return an engine whose connections serve one of READ, DURABLE, REPLAYABLE."""

    def writer_turn(self) -> AbstractContextManager[None]:
        """Wait for the turn to write, where the engine allows one writer only."""

    def is_transient(self, error: BaseException) -> bool:
        """Tell whether the same transaction may succeed when run again at once."""

    def is_unavailable(self, error: DBAPIError) -> bool:
        """Tell whether it is the database that fails, and not what it was given."""

    def without_limits(self, connection: Connection) -> AbstractContextManager[None]:
        """Let the transaction under way take its time."""

    def insert_if_absent(self, table: Table, keys: Sequence[str]) -> Executable:
        """Return an INSERT that leaves an existing row alone."""


class SqliteDialect:
    """One file, many readers, one writer: WAL, and a fair queue of writers over all processes."""

    name = "sqlite"

    def __init__(self, path: str) -> None:
        self._thread_turn = threading.Lock()
        self._queue_path = f"{path}-queue"
        self._queue: int | None = None

    def engine(self, url: URL, purpose: str) -> Engine:
        """Return an engine in WAL mode; REPLAYABLE commits do not wait for the disk."""
        arguments = {"timeout": _BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}
        engine = create_engine(url, poolclass=NullPool, connect_args=arguments)

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # transactions are begun below, not by the driver
            for pragma in _pragmas(purpose):
                connection.execute(pragma)

        # Not by an event: with one listener SQLAlchemy looks for listeners at every statement.
        engine.dialect.do_begin = _begin_deferred if purpose == READ else _begin_immediate  # type: ignore[method-assign,assignment] # one engine's own way
        return engine

    @contextmanager
    def writer_turn(self) -> Iterator[None]:
        """Queue writers on a lock file: SQLite's own busy handler polls with growing sleeps and is unfair."""
        with self._thread_turn:
            if self._queue is None:
                self._queue = os.open(self._queue_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._queue, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._queue, fcntl.LOCK_UN)

    def is_transient(self, error: BaseException) -> bool:
        """Return True for a lock that another process holds."""
        return "database is locked" in str(error) or "database table is locked" in str(error)

    def is_unavailable(self, error: DBAPIError) -> bool:
        """Return True for locks, trouble of the disk, a damaged file and a table that is gone."""
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return code in _SQLITE_UNAVAILABLE or str(error.orig).startswith(_SQLITE_GONE)

    def without_limits(self, connection: Connection) -> AbstractContextManager[None]:  # noqa: ARG002 # the port asks for it
        """Return at once: a statement may take its time."""
        return nullcontext()

    def insert_if_absent(self, table: Table, keys: Sequence[str]) -> Executable:
        """Return INSERT … ON CONFLICT DO NOTHING."""
        return _sqlite_insert(table, tuple(keys))


class PostgresqlDialect:
    """A server: many writers; order among them is made where it is needed, by advisory locks."""

    name = "postgresql"

    def engine(self, url: URL, purpose: str) -> Engine:
        """Return an engine in UTC; REPLAYABLE commits do not wait for the server's disk."""
        options = "-c timezone=UTC" + (" -c synchronous_commit=off" if purpose == REPLAYABLE else "")
        options += " -c default_transaction_read_only=on" if purpose == READ else ""
        arguments = {"options": f"{options} {SERVER_LIMITS}", "application_name": "kontor", **NETWORK_LIMITS}
        engine = create_engine(url, poolclass=NullPool, connect_args=arguments)

        @event.listens_for(engine, "do_connect")
        def connect(_dialect: object, _record: object, arguments: Any, named: Any) -> PatientConnection:
            return PatientConnection.connect(*arguments, **named)

        return engine

    def writer_turn(self) -> AbstractContextManager[None]:
        """Return at once: PostgreSQL has many writers."""
        return nullcontext()

    def is_transient(self, error: BaseException) -> bool:
        """Return True for serialisation failures and deadlocks (SQLSTATE 40001, 40P01)."""
        return getattr(getattr(error, "orig", None), "sqlstate", None) in _POSTGRESQL_TRANSIENT

    def is_unavailable(self, error: DBAPIError) -> bool:
        """Return True for a lost connection, exhausted resources, a shutdown, a lock or an answer that did not come."""
        state = getattr(error.orig, "sqlstate", None)
        if state is None:  # said by the driver: about the connection, or about a value
            return isinstance(error.orig, psycopg.OperationalError | psycopg.InterfaceError)
        return state[:2] in _POSTGRESQL_CLASSES or state.startswith("57P0") or state in _POSTGRESQL_CODES

    def without_limits(self, connection: Connection) -> AbstractContextManager[None]:
        """Take the server's and our own limits from the transaction under way."""
        return without_limits(connection)

    def insert_if_absent(self, table: Table, keys: Sequence[str]) -> Executable:
        """Return INSERT … ON CONFLICT DO NOTHING."""
        return _postgresql_insert(table, tuple(keys))


def order_writers(dialect_name: str, key: int) -> Executable:
    """Return a statement that makes transactions with equal `key` follow one another until they end."""
    if dialect_name == "sqlite":
        return text("SELECT 1")  # BEGIN IMMEDIATE has ordered them already
    return text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=key)


def insert_or_update(
    dialect_name: str,
    table: Table,
    keys: Sequence[str],
    change: Callable[[Columns], tuple[Columns, ColumnElement[bool]]],
) -> Insert:
    """Return an INSERT that changes the row with equal `keys`, if one is there, as `change` says: in one moment.

    `change` gets the columns of the row that was to be inserted and returns new values and the condition on the row
    that stands there; where it does not hold, nothing happens and nothing is returned.
    """
    statement = sqlite.insert(table) if dialect_name == "sqlite" else postgresql.insert(table)
    values, condition = change({column.name: column for column in statement.excluded})
    return statement.on_conflict_do_update(index_elements=keys, set_=values, where=condition)


def connections_allowed(tx: ReadTransaction) -> int | None:
    """Return how many connections the server gives to everybody together; None where there is no such limit."""
    if tx.dialect_name == "sqlite":
        return None
    reserved = tx.scalar(text("SHOW superuser_reserved_connections"))
    return int(tx.scalar(text("SHOW max_connections"))) - int(reserved)


def _begin_deferred(connection: PoolProxiedConnection) -> None:
    connection.cursor().execute("BEGIN")


def _begin_immediate(connection: PoolProxiedConnection) -> None:
    connection.cursor().execute("BEGIN IMMEDIATE")


def _pragmas(purpose: str) -> tuple[str, ...]:
    return (
        f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}",
        "PRAGMA journal_mode=WAL",
        f"PRAGMA synchronous={'NORMAL' if purpose == REPLAYABLE else 'FULL'}",
        "PRAGMA foreign_keys=ON",
        f"PRAGMA cache_size=-{_PAGE_CACHE_KIB}",
        "PRAGMA mmap_size=0",  # every growth of the file would map it anew: 0.5 ms before the first row of a list
        f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}",
        "PRAGMA temp_store=MEMORY",
        f"PRAGMA query_only={1 if purpose == READ else 0}",
    )


@lru_cache(maxsize=256)
def _sqlite_insert(table: Table, keys: tuple[str, ...]) -> Executable:
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=keys)


@lru_cache(maxsize=256)
def _postgresql_insert(table: Table, keys: tuple[str, ...]) -> Executable:
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=keys)
