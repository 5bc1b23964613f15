"""A process opens a bounded number of connections; whoever finds none free waits, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text

from kontor.platform.database import (
    Database,
    DatabaseUnavailable,
    ReadTransaction,
    connections,
    connections_allowed,
    create_schema,
    dialects,
    patience,
)
from tests.engines import PostgresqlServer
from tests.faults.database_server import hanging, own_server

ONE = text("SELECT 1")
LIMIT = 3


def own_connections(url: str) -> int:
    """How many connections to a database the server counts."""
    with psycopg.connect(url.replace("+psycopg", "")) as asking:
        counted = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        row = asking.execute(counted).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database.open(url, connections=LIMIT)
    create_schema(database)
    yield database
    database.close()


def test_more_threads_than_connections_wait_their_turn_over_all_purposes(engine_url: str) -> None:
    with opened(engine_url) as database:
        done: list[object] = []
        calls: list[Callable[[], object]] = [
            lambda: database.read(lambda tx: tx.scalar(ONE)),
            lambda: database.write(lambda tx: tx.scalar(ONE)),
            lambda: database.write(lambda tx: tx.scalar(ONE), replayable=True),
        ]
        threads = [
            threading.Thread(target=lambda call=call: [done.append(call()) for _ in range(20)]) for call in calls * 4
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert done == [1] * 240
        if database.dialect.name == "postgresql":
            assert 0 < own_connections(engine_url) <= LIMIT


def test_an_act_that_raises_and_a_lost_connection_give_their_place_back(engine_url: str) -> None:
    def fail(_tx: ReadTransaction) -> None:
        raise LookupError

    with opened(engine_url) as database:
        for _ in range(2 * LIMIT):
            with pytest.raises(LookupError):
                database.read(fail)
        assert database.read(lambda tx: tx.scalar(ONE)) == 1


def test_a_connection_that_never_comes_is_told(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_WAIT_S", 0.05)
    with opened(engine_url) as database:

        def nested(depth: int) -> None:
            database.read(lambda _tx: nested(depth + 1) if depth < LIMIT else None)

        with pytest.raises(DatabaseUnavailable, match="in use"):
            nested(0)
        assert database.read(lambda tx: tx.scalar(ONE)) == 1


def test_the_server_says_how_many_connections_it_allows(engine: Database) -> None:
    allowed = engine.read(connections_allowed)
    assert allowed == (None if engine.dialect.name == "sqlite" else 297)


def test_a_server_that_hangs_is_given_up_and_taken_up_again(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience.PatientConnection, "answer_within_s", 0.5)
    server = own_server(request)
    with opened(server.new_database()) as database:
        assert database.write(lambda tx: tx.scalar(ONE)) == 1
        with hanging(server), pytest.raises(DatabaseUnavailable):
            database.write(lambda tx: tx.scalar(ONE))
        assert database.write(lambda tx: tx.scalar(ONE)) == 1


def test_a_lock_that_is_not_given_up_is_waited_for_in_bounded_time(
    postgresql_server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialects, "SERVER_LIMITS", "-c lock_timeout=100ms -c statement_timeout=200ms")
    with opened(postgresql_server.new_database()) as database:
        lock = text("SELECT pg_advisory_xact_lock(1)")

        def locked(tx: ReadTransaction) -> None:
            tx.execute(lock)
            with pytest.raises(DatabaseUnavailable, match="lock timeout"):
                database.write(lambda other: other.execute(lock))

        database.write(locked)
        with pytest.raises(DatabaseUnavailable, match="statement timeout"):
            database.read(lambda tx: tx.execute(text("SELECT pg_sleep(1)")))
        database.read(lambda tx: tx.execute(text("SELECT pg_sleep(0.4)")), unhurried=True)
        with pytest.raises(DatabaseUnavailable, match="statement timeout"):
            database.read(lambda tx: tx.execute(text("SELECT pg_sleep(1)")))
