"""A house that holds the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.corridor.house import House, living
from tests.pixels.corpus import cases

AT_ONCE = 40


@pytest.fixture(scope="session")
def pixel_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Its own: hundreds of studies would stand in the way of tests that look at a worklist."""
    folder = tmp_path_factory.mktemp("pixel-house")
    with living(folder, f"sqlite:///{folder}/kontor.db") as house, house.web as client:
        made = cases()
        for start in range(0, len(made), AT_ONCE):
            assert client.store(*(case.file() for case in made[start : start + AT_ONCE])).failed == []
        yield house
