"""One running service for tests that store what only they look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kontor.platform.database import Database
from tests.doors.dicomweb.service import Service, running


@pytest.fixture
def service(engine: Database, tmp_path: Path) -> Iterator[Service]:
    """A service on either engine, empty."""
    with running(engine, tmp_path) as service:
        yield service


@pytest.fixture
def small_service(sqlite_database: Database, tmp_path: Path) -> Iterator[Service]:
    """A service on SQLite, for what does not depend on the engine."""
    with running(sqlite_database, tmp_path) as service:
        yield service
