"""Fixtures that every part of the tests may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.archive.poison import poisonous
from tests.corridor.house import house
from tests.engines import engine, engine_url, postgresql_server, schema_url, sqlite_database, sqlite_template
from tests.pixels.house import pixel_house

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer

    from tests.grouping import ByFileMark

__all__ = [
    "engine",
    "engine_url",
    "house",
    "pixel_house",
    "poisonous",
    "postgresql_server",
    "schema_url",
    "sqlite_database",
    "sqlite_template",
]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFileMark:
    """Where the tests run in several workers."""
    from tests.grouping import ByFileMark  # xdist is loaded in the run that uses it

    return ByFileMark(config, log)
