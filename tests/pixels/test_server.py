"""The server's picture of each case, stored and asked for through the web door, is the reference's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.corridor.house import House
from tests.corridor.web import Web
from tests.pixels.case import Case
from tests.pixels.colour_cases import sample_cases
from tests.pixels.corpus import cases, expected
from tests.pixels.graphic_cases import graphic_cases
from tests.pixels.reference import scaled
from tests.pixels.rendered import rendered
from tests.pixels.second_opinion import difference
from tests.pixels.stored_cases import frame_cases, spacing_cases
from tests.pixels.window_cases import padding_cases

pytestmark = pytest.mark.xdist_group("pixels")
CASES = cases()
SIDE = 37
SMALL = [*spacing_cases(), *padding_cases(), *frame_cases(), *sample_cases(), *graphic_cases()]


@pytest.fixture(scope="module")
def web(pixel_house: House) -> Iterator[Web]:
    with pixel_house.web as client:
        yield client


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_server_draws_what_the_reference_draws(web: Web, case: Case) -> None:
    assert difference(expected(case), rendered(web, case)) <= case.tolerance


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_small_pictures_are_the_mean_of_what_they_cover_in_true_proportions(web: Web, case: Case) -> None:
    wanted = scaled(case.dataset(), SIDE, case.frame)
    shown = rendered(web, case, f"?viewport={SIDE},{SIDE}")
    assert shown.shape == wanted.shape
    assert np.abs(shown - wanted).max() <= 1
