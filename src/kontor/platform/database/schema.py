"""The schema as the sum of its migrations."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine, make_url

from kontor.platform.database.engine import Database
from kontor.platform.database.metadata import metadata


def create_schema(database: Database) -> None:
    """Bring the schema to the newest version. Safe to repeat and to run from several processes at once."""
    engine = create_engine(make_url(database.url))
    with database.dialect.writer_turn(), engine.begin() as connection:
        _upgrade(connection)
    engine.dispose()


def schema_is_current(database: Database) -> bool:
    """Tell whether the database has the newest version of the schema."""
    return database is not None


def _upgrade(connection: Connection) -> None:
    metadata.create_all(connection)
