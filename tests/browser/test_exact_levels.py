"""What stands on the screen at 1 : 1 is, level for level, what the standard's formulas make of the stored values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from demo.phantom import SIZE, attenuation
from numpy.typing import NDArray
from PIL import Image

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")


def reference(slice_number: int, window: str, *, inverted: bool) -> NDArray[np.uint8]:
    """PS3.3 C.11.2.1.2.1, LINEAR, from HU to 8 bit; written without the product's code."""
    centre, width = (float(part) for part in window.split(";")[:2])
    hounsfield = attenuation(slice_number).astype(np.float64)
    level = ((hounsfield - (centre - 0.5)) / (width - 1) + 0.5) * 255
    level = np.where(hounsfield <= centre - 0.5 - (width - 1) / 2, 0, level)
    level = np.where(hounsfield > centre - 0.5 + (width - 1) / 2, 255, level)
    grey = np.floor(level + 0.5).astype(np.uint8)
    return 255 - grey if inverted else grey


def middle_of(path: str) -> NDArray[np.int16]:
    """The middle of the pane, with two pixels to spare on each side."""
    picture = np.asarray(Image.open(path).convert("RGB"), dtype=np.int16)
    top, left = (picture.shape[0] - SIZE) // 2 - 2, (picture.shape[1] - SIZE) // 2 - 2
    return picture[max(top, 0) : top + SIZE + 4, max(left, 0) : left + SIZE + 4, 0]


def least_difference(shown: NDArray[np.int16], wanted: NDArray[np.uint8]) -> int:
    """The largest difference of any pixel, where the picture lies best; overlay text stands outside the phantom."""
    body = slice(90, SIZE - 90)
    differences = []
    for row in range(shown.shape[0] - SIZE + 1):
        for column in range(shown.shape[1] - SIZE + 1):
            here = shown[row : row + SIZE, column : column + SIZE]
            differences.append(int(np.abs(here[body, 60:-60] - wanted[body, 60:-60].astype(np.int16)).max()))
    return min(differences)


@pytest.mark.parametrize("renderer", ["2d", "webgl"])
def test_the_canvas_equals_the_formulas(demo: Demo, tmp_path: Path, renderer: str) -> None:
    seen: dict[str, Any] = drive("exact.mjs", demo.address, demo.user, demo.password, str(tmp_path), renderer)
    assert seen["troubles"] == []
    assert len(seen["pictures"]) == 5
    inverted = False
    for picture in seen["pictures"]:
        assert picture["renderer"] == renderer, "the other renderer drew: nothing is shown of this one"
        inverted ^= picture["key"] == "i"
        slice_number = int(picture["drawn"].partition(":")[0].rpartition(".")[2]) - 1
        wanted = reference(slice_number, picture["window"], inverted=inverted)
        assert wanted.std() > 10, "a picture without contrast shows nothing"
        assert least_difference(middle_of(picture["path"]), wanted) == 0, picture
    assert len({picture["drawn"] for picture in seen["pictures"]}) == 2
    assert len({picture["window"] for picture in seen["pictures"]}) >= 3
