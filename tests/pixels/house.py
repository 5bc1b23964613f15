"""A house that holds the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from tests.corridor.house import House, living
from tests.corridor.web import Web
from tests.pixels.corpus import cases

AT_ONCE: Final = 40


def fill(web: Web) -> None:
    """Store all cases through the web door."""
    made = cases()
    for start in range(0, len(made), AT_ONCE):
        assert web.store(*(case.file() for case in made[start : start + AT_ONCE])).failed == []


@pytest.fixture(scope="session")
def pixel_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Its own: hundreds of studies would stand in the way of tests that look at a worklist."""
    folder = tmp_path_factory.mktemp("pixel-house")
    with living(folder, f"sqlite:///{folder}/kontor.db") as house, house.web as web:
        fill(web)
        yield house
