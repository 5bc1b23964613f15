"""Prepared statements do what their SQLAlchemy originals do, on both engines."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import sqlite

from kontor.platform.database import Database, DatabaseConflict, DatabaseUnavailable, Prepared, create_schema
from kontor.platform.journal.tables import parked
from tests.engines import PostgresqlServer

INSERT = Prepared(insert(parked))
BY_FOLLOWER = select(parked).where(parked.c.follower == bindparam("of")).order_by(parked.c.seq)
KILL = Prepared(update(parked).where(parked.c.seq == bindparam("of")).values(dead=True))


def row(seq: int) -> dict[str, object]:
    return {
        "follower": "f", "seq": seq, "attempts": 1, "retry_at": 5, "dead": False, "error": "ü", "parked_at": 7,
    }  # fmt: skip


def test_rows_come_back_as_the_original_statement_gives_them(engine: Database) -> None:
    assert engine.write(lambda tx: tx.run(INSERT, [row(1), row(2)])) == 2
    assert engine.write(lambda tx: tx.run(KILL, {"of": 2})) == 1
    fast = engine.read(lambda tx: tx.all(Prepared(BY_FOLLOWER), {"of": "f"}))
    plain = engine.read(lambda tx: tx.all(BY_FOLLOWER, {"of": "f"}))
    assert [tuple(one) for one in fast] == [tuple(one) for one in plain]
    assert [(one.seq, one.dead, type(one.dead)) for one in fast] == [(1, False, bool), (2, True, bool)]


def test_a_constant_in_the_statement_stays(engine: Database) -> None:
    only_dead = Prepared(select(parked.c.seq).where(parked.c.dead.is_(True), parked.c.error == "ü"))
    engine.write(lambda tx: [tx.run(INSERT, row(1)), tx.run(INSERT, row(2)), tx.run(KILL, {"of": 1})])
    found = engine.read(lambda tx: tx.first(only_dead))
    assert found is not None
    assert found.seq == 1
    assert engine.read(lambda tx: tx.first(Prepared(BY_FOLLOWER), {"of": "nobody"})) is None


def test_a_violated_constraint_is_a_conflict_and_leaves_nothing(engine: Database) -> None:
    engine.write(lambda tx: tx.run(INSERT, row(1)))
    with pytest.raises(DatabaseConflict):
        engine.write(lambda tx: [tx.run(INSERT, row(2)), tx.run(INSERT, row(1))])
    assert len(engine.read(lambda tx: tx.all(BY_FOLLOWER, {"of": "f"}))) == 1


def test_a_read_cannot_write(engine: Database) -> None:
    with pytest.raises(DatabaseUnavailable):
        engine.read(lambda tx: KILL.run(tx._connection, {"of": 1}))  # the border is what is tested


def test_expanding_parameters_are_refused() -> None:
    expanding = Prepared(select(parked.c.seq).where(parked.c.seq.in_(bindparam("of", expanding=True))))
    with pytest.raises(ValueError, match="expanding"):
        expanding._form(sqlite.dialect(), ("of",))  # the check itself


def test_a_server_that_restarted_is_reconnected_to_without_an_error() -> None:
    folder = Path(tempfile.mkdtemp(prefix="kontor-pg-"))  # pytest's own folders are closed to the server's user
    server = PostgresqlServer(folder)
    server.start()
    database = Database.open(server.new_database())
    try:
        create_schema(database)
        ready = threading.Barrier(3)

        def read() -> None:
            database.read(lambda tx: [tx.all(BY_FOLLOWER, {"of": "f"}), ready.wait(30)])

        readers = [threading.Thread(target=read) for _ in range(3)]  # three connections are idle afterwards
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        server.stop("immediate")
        server.start()
        assert database.read(lambda tx: tx.all(BY_FOLLOWER, {"of": "f"})) == []
        assert database.write(lambda tx: tx.run(INSERT, row(1))) == 1
    finally:
        database.close()
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
