"""Fixtures of the DIMSE door's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doors.dimse.servers import Running, StandIn, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """A server before a stand-in, for tests that only ask whether it still works."""
    with serving(StandIn().acts()) as running:
        yield running
