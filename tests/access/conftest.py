"""The room on both engines."""

from __future__ import annotations

import pytest

from kontor.access import Access
from kontor.platform.database import Database
from tests.access.rooms import a_room


@pytest.fixture
def access(engine: Database) -> Access:
    """A room with the organisations `main` and `other`."""
    return a_room(engine, organisations=("main", "other"))
