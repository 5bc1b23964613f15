"""The canvas of both renderers equals the reference, case by case; and it is what the screen shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.browser.running import drive
from tests.corridor.house import PASSWORD, USER, House
from tests.pixels.case import Case
from tests.pixels.client_lacks import CLIENT_LACKS
from tests.pixels.corpus import cases, expected
from tests.pixels.figures import note_figures
from tests.pixels.reference_graphics import aspect_of

pytestmark = pytest.mark.xdist_group("pixels")

MARGIN: Final = 2  # pixels round the picture that are taken too, and must be black
EVERY: Final = 20  # of so many cases one is compared with a real screenshot
WITHIN_S: Final = 400
GRAPHIC_EDGE: Final = 30  # levels between two rows
IN_PROPORTION: Final = 1  # grey levels, where rows are stretched to the true height of a pixel


def height_on_canvas(case: Case) -> int:
    """Rows that the picture takes in true proportions."""
    return int(np.ceil(expected(case).shape[0] * aspect_of(case.dataset())))


def on_canvas(case: Case, canvas_height: int) -> NDArray[np.float64]:
    """The reference's picture in RGB; where pixels are taller than wide, rows interpolated to true proportions.

    NaN where an edge of graphics would be interpolated: it stays sharp on the canvas.
    """
    picture = expected(case).astype(np.float64)
    picture = picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=-1)
    aspect, rows, height = aspect_of(case.dataset()), picture.shape[0], height_on_canvas(case)
    if aspect == 1:
        return picture
    middle = height / 2 + (canvas_height - height) % 2 / 2  # the canvas is centred on whole or half pixels
    at = (np.arange(height) + 0.5 - middle) / aspect + rows / 2
    first, second = (np.clip(np.floor(at - 0.5).astype(int) + step, 0, rows - 1) for step in (0, 1))
    part = (at - 0.5 - np.floor(at - 0.5))[:, None, None]
    between = picture[first] * (1 - part) + picture[second] * part
    between[(at < 0) | (at >= rows)] = 0
    return np.where(np.abs(picture[first] - picture[second]) > GRAPHIC_EDGE, np.nan, between)


def asked(number: int, case: Case) -> dict[str, Any]:
    """What the script needs of a case."""
    rows, columns = height_on_canvas(case), expected(case).shape[1]
    screen = number % EVERY == 0
    return {"name": case.name, "study": case.study, "instance": case.instance, "frame": case.frame, "rows": rows,
            "columns": columns, "screen": screen}  # fmt: skip


def pixels_of(path: str) -> NDArray[np.float64]:
    return np.asarray(Image.open(path).convert("RGB")).astype(np.float64)


def difference_of(case: Case, seen: dict[str, Any]) -> int | None:
    """The largest difference, the black margin included; None when nothing was drawn."""
    if seen["why"]:
        return None
    wanted = np.pad(on_canvas(case, seen["height"]), ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)))
    return int(np.ceil(np.nanmax(np.abs(pixels_of(seen["path"]) - wanted))))


@pytest.mark.parametrize("renderer", ["2d", "webgl"])
def test_the_canvas_shows_what_the_reference_draws(pixel_house: House, tmp_path: Path, renderer: str) -> None:
    made = cases()
    listed = tmp_path / "cases.json"
    listed.write_text(json.dumps([asked(number, case) for number, case in enumerate(made)]))
    access = (pixel_house.root, USER, PASSWORD)
    seen = drive("pixels.mjs", *access, str(tmp_path), str(listed), renderer, within_s=WITHIN_S)
    assert seen["troubles"] == []
    figures = {case.name: difference_of(case, one) for case, one in zip(made, seen["pictures"], strict=True)}
    note_figures(renderer, figures)
    allowed = {case.name: max(case.tolerance, IN_PROPORTION * (aspect_of(case.dataset()) != 1)) for case in made}
    wrong = {name: found for name, found in figures.items() if found is None or found > allowed[name]}
    assert set(wrong) == set(CLIENT_LACKS), wrong
    screens = [one for one in seen["pictures"] if one["screen"]]
    assert len(screens) >= 5
    for one in screens:
        assert np.array_equal(pixels_of(one["screen"]), pixels_of(one["path"])), one["name"]
