"""The schema is the sum of its migrations, on both engines, whoever runs them and however often."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, make_url, text

import kontor.access
import kontor.archive
import kontor.platform.jobs
import kontor.platform.journal
import kontor.reading
from kontor.platform.database import Database, SchemaMismatch, create_schema, metadata, schema_is_current

assert kontor.access
assert kontor.archive
assert kontor.platform.jobs
assert kontor.platform.journal
assert kontor.reading


@contextmanager
def connected(database: Database) -> Iterator[Connection]:
    own = create_engine(make_url(database.url))
    try:
        with own.begin() as connection:
            yield connection
    finally:
        own.dispose()


def test_migrations_make_the_tables_that_the_code_declares(engine: Database) -> None:
    with connected(engine) as connection:
        differences = compare_metadata(MigrationContext.configure(connection, {"compare_type": True}), metadata)
    assert differences == []
    assert schema_is_current(engine)


def test_several_processes_may_make_the_schema_at_once(engine_url: str) -> None:
    errors: list[BaseException] = []

    def make() -> None:
        try:
            create_schema(Database.open(engine_url))
        except BaseException as error:  # noqa: BLE001 # told to the test
            errors.append(error)

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert errors == []
    assert schema_is_current(Database.open(engine_url))


def test_a_database_of_a_newer_kontor_is_not_touched(engine: Database) -> None:
    with connected(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatch):
        create_schema(engine)
