"""Scrolling a loaded stack: on every frame of the screen text and pixels are of the same image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.browser.numbered_stack import SLICES, number_in, write_stack
from tests.browser.running import drive
from tests.corridor.house import PASSWORD, USER, living

LONG_TASK_MS = 50
"""A long task as browsers count it (W3C Long Tasks); by time on the processor, which others' work does not lengthen."""
DIFFERENT_GREY = 40
DRAWINGS = 6
"""Of one picture while its stack arrives: the first, its sizes, the fonts that came."""


def grey(path: Path) -> NDArray[np.uint8]:
    """A picture of the screen."""
    return np.asarray(Image.open(path).convert("L"))


def test_every_frame_shows_text_and_pixels_of_one_image(tmp_path: Path) -> None:
    with living(tmp_path, f"sqlite:///{tmp_path}/kontor.db") as house, house.web as web:
        (tmp_path / "stack").mkdir()
        study, files = write_stack(tmp_path / "stack")
        assert web.store(*(path.read_bytes() for path in files)).failed == []
        seen = drive(
            "scrolling.mjs", house.root, USER, PASSWORD, str(tmp_path / "seen"), study, str(SLICES), within_s=400
        )
    assert seen["troubles"] == []
    assert 1 <= seen["whileLoading"] <= DRAWINGS, "neighbours that arrive are no reason to draw the picture again"
    assert seen["beside"] == [f"Bild {at} / {SLICES}" for at in range(1, SLICES + 1)]
    texts = [grey(tmp_path / "seen" / f"text-{at}.png") for at in range(1, SLICES + 1)]
    left, top, width, height = (round(part) for part in seen["pane"])
    side = min(width, height)
    x, y = left + (width - side) // 2, top + (height - side) // 2
    clip = seen["clip"]
    shown: set[tuple[int, int]] = set()
    for number in range(seen["frames"]):
        screen = grey(tmp_path / "seen" / f"frame-{number}.png")
        pixels = number_in(screen[y : y + side, x : x + side])
        assert pixels is not None, f"frame {number} shows no image whole"
        text = screen[clip["y"] :, clip["x"] :][: clip["height"], : clip["width"]].astype(np.int16)
        differences = [int(np.abs(text - each).max()) for each in texts]
        said = int(np.argmin(differences)) + 1
        assert differences[said - 1] < DIFFERENT_GREY, f"frame {number} says what no image says"
        shown.add((said, pixels))
    assert [(said, pixels) for said, pixels in shown if said != pixels] == []
    assert len(shown) > 10, "too few frames of the screen were seen"
    assert seen["tasks"], "no task was seen"
    assert seen["tasks"][0] < LONG_TASK_MS, seen["tasks"]
