"""The schema as the sum of its migrations, applied by Alembic from the folder `migrations` beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from kontor.platform.database.dialects import order_writers
from kontor.platform.database.engine import Database
from kontor.platform.database.errors import DatabaseUnavailable, SchemaMismatch

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_SCHEMA_LOCK: Final = 0x4B4F4E_02


def create_schema(database: Database) -> None:
    """Bring the schema to the newest version. Safe to repeat and to run from several processes at once.

    Raises:
        SchemaMismatch: the database was made by a newer Kontor.
        DatabaseUnavailable: it cannot be connected to, or not be written.
    """
    engine = create_engine(make_url(database.url))
    try:
        with database.dialect.writer_turn(), engine.begin() as connection:
            connection.execute(order_writers(database.dialect.name, _SCHEMA_LOCK))
            if _version(connection) != newest_version():
                _upgrade(connection)
    except DBAPIError as error:
        raise DatabaseUnavailable(str(error.orig)) from error
    finally:
        engine.dispose()


def schema_is_current(database: Database) -> bool:
    """Tell whether the database has the newest version of the schema."""
    engine = create_engine(make_url(database.url))
    try:
        with engine.connect() as connection:
            return _version(connection) == newest_version()
    finally:
        engine.dispose()


def newest_version() -> str:
    """The last migration's number: files are named `NNNN_what.py`, so no Alembic is needed to know it."""
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for our folder, on an open connection."""
    from alembic.config import Config  # a third of a second that a current schema need not wait for

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # as above
    from alembic.util import CommandError

    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise SchemaMismatch(f"the database's schema is not known here: {error}") from error
