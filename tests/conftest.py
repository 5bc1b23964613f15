"""Fixtures that every part of the tests may use."""

from tests.archive.poison import poisonous
from tests.corridor.house import house
from tests.engines import engine, engine_url, postgresql_server, sqlite_database

__all__ = ["engine", "engine_url", "house", "poisonous", "postgresql_server", "sqlite_database"]
