"""Whose fault an error is: the database's, which passes, or the value's, which no repetition changes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, OperationalError

from kontor.platform.database import Database, DatabaseRejected, DatabaseUnavailable, Prepared, WriteTransaction
from kontor.platform.database.dialects import Dialect, PostgresqlDialect, SqliteDialect
from kontor.platform.journal.tables import parked
from tests.platform.test_prepared import BY_FOLLOWER, row

INSERT = insert(parked)


@pytest.mark.parametrize("prepared", [False, True])
@pytest.mark.parametrize(
    "value", [{"seq": 1 << 63}, {"seq": 1 << 70}, {"error": "\ud800"}], ids=["2^63", "2^70", "lone surrogate"]
)
def test_a_value_that_no_column_takes_is_rejected_and_leaves_nothing(
    engine: Database, value: dict[str, object], *, prepared: bool
) -> None:
    broken = {**row(2), **value}
    statement = Prepared(INSERT)

    def act(tx: WriteTransaction) -> None:
        for values in (row(1), broken):
            if prepared:
                tx.run(statement, values)
            else:
                tx.execute(INSERT, values)

    with pytest.raises(DatabaseRejected):
        engine.write(act)
    assert engine.read(lambda tx: tx.all(BY_FOLLOWER, {"of": "f"})) == []
    assert engine.write(lambda tx: tx.run(Prepared(INSERT), row(1))) == 1


def test_a_table_that_is_gone_is_the_databases_trouble_and_no_objects_fault(engine: Database) -> None:
    with pytest.raises(DatabaseUnavailable):
        engine.read(lambda tx: tx.all(text("SELECT 1 FROM nowhere")))


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "kontor.db").write_bytes(b"x" * 4096)
    with pytest.raises(DatabaseUnavailable):
        Database.open(f"sqlite:///{tmp_path}/kontor.db").read(lambda tx: tx.scalar(text("SELECT 1")))


@pytest.mark.parametrize(
    ("state", "unavailable"),
    [
        ("08006", True), ("53100", True), ("53300", True), ("57P01", True), ("57P03", True), ("57014", True),
        ("55P03", True), ("40001", True), ("25006", True), ("58030", True), ("XX001", True),
        ("22003", False), ("22021", False), ("54000", False), ("42P01", True), ("42501", True), ("42804", False),
        ("0A000", False),
    ],
)  # fmt: skip
def test_postgresql_says_by_its_state_whose_fault_it_is(state: str, *, unavailable: bool) -> None:
    assert _judged(PostgresqlDialect(), psycopg.errors.lookup(state)()) is unavailable


@pytest.mark.parametrize(
    ("error", "unavailable"),
    [(psycopg.OperationalError("no answer"), True), (psycopg.DataError("cannot contain NUL"), False)],
    ids=["connection", "value"],
)
def test_what_the_driver_says_itself_is_about_the_connection_or_a_value(error: Exception, *, unavailable: bool) -> None:
    assert _judged(PostgresqlDialect(), error) is unavailable


@pytest.mark.parametrize(
    ("code", "unavailable"),
    [
        (sqlite3.SQLITE_BUSY, True), (sqlite3.SQLITE_BUSY_SNAPSHOT, True), (sqlite3.SQLITE_LOCKED, True),
        (sqlite3.SQLITE_IOERR_WRITE, True), (sqlite3.SQLITE_CANTOPEN, True), (sqlite3.SQLITE_FULL, True),
        (sqlite3.SQLITE_READONLY, True), (sqlite3.SQLITE_TOOBIG, False), (sqlite3.SQLITE_ERROR, False),
    ],
)  # fmt: skip
def test_sqlite_says_by_its_code_whose_fault_it_is(tmp_path: Path, code: int, *, unavailable: bool) -> None:
    error = sqlite3.OperationalError("said in words")
    error.sqlite_errorcode = code
    assert _judged(SqliteDialect(str(tmp_path / "kontor.db")), error) is unavailable


def _judged(dialect: Dialect, error: BaseException) -> bool:
    wrapped: DBAPIError = OperationalError("SELECT", {}, error)
    return dialect.is_unavailable(wrapped)
