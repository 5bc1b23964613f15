"""A presentation state in real Chromium: levels on the canvas, places of its graphics, badges, and taking it off."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.sending import send
from pydicom.uid import generate_uid

from tests.browser.presentation_study import EDGE, LINE, QUARTERS, SHUTTER_P_VALUE, TEXT_BOX, WINDOW, write_study
from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

HALF: Final = EDGE / 2
ONE_LEVEL: Final = 1
"""Clinical rule 1.3."""
A_FIFTH_OF_A_PIXEL: Final = 0.2


def grey(hounsfield: float, centre: float, width: float, *, inverse: bool) -> float:
    """PS3.3 C.11.2.1.2.1, inverted after it."""
    share = min(max((hounsfield - (centre - 0.5)) / (width - 1) + 0.5, 0), 1)
    return 255 * (1 - share if inverse else share)


def stored() -> list[float]:
    """The quarters as the header shows them; the corner lies in the first."""
    levels = [grey(value, 300, 1000, inverse=False) for row in QUARTERS for value in row]
    return [*levels, levels[0]]


def presented() -> list[float]:
    """Turned by 90° clockwise and then flipped: rows have become columns. The shutter lies on the corner."""
    levels = [grey(value, *WINDOW, inverse=True) for row in zip(*QUARTERS, strict=True) for value in row]
    return [*levels, 255 * SHUTTER_P_VALUE / 65535]


def on_screen(point: tuple[float, float]) -> list[float]:
    """A picture point from the middle of the screen, turned and flipped."""
    column, row = point
    return [row - HALF, column - HALF]


@pytest.mark.parametrize("renderer", ["2d", "webgl"])
def test_a_presentation_state_is_shown_as_it_says_and_taken_off(demo: Demo, tmp_path: Path, renderer: str) -> None:
    study = generate_uid()
    send(write_study(tmp_path / "study", study), CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    seen = drive("presentation_states.mjs", demo.address, demo.user, demo.password, str(tmp_path), str(study), renderer)
    assert seen["troubles"] == []
    like_stored, like_state = (pytest.approx(levels, abs=ONE_LEVEL) for levels in (stored(), presented()))
    assert seen["stored"]["frame"] == "1"
    assert seen["stored"]["quarters"] == like_stored
    assert seen["applied"]["frame"] == "2", "the image of the state is gone to"
    assert seen["applied"]["quarters"] == like_state
    assert "Präsentation: ALLES, Lesend, Lena, 12.04.2026" in seen["applied"]["badges"]
    assert "gedreht" in seen["applied"]["badges"]
    check_graphics(seen["graphics"])
    assert seen["other"] == {"frame": "1", "quarters": like_stored, "graphics": 0}, "clinical rule 8.9"
    assert seen["changed"] != like_state
    assert seen["reset"] == like_state, "reset returns to the state's values"
    assert seen["open"][:4] == pytest.approx(presented()[:4], abs=ONE_LEVEL)
    assert seen["open"][4] == pytest.approx(presented()[0], abs=ONE_LEVEL), "clinical rule 1.49: opened, and said"
    assert seen["without"] == {"graphics": 0, "quarters": like_state}
    assert seen["off"] == {"frame": "2", "quarters": like_stored, "badges": seen["stored"]["badges"]}
    assert seen["pressed"] == "true"
    assert "nur zum Teil gezeigt, es fehlt: wahre Größe" in seen["partly"], "clinical rule 8.9"
    assert "nennt kein Bild dieser Untersuchung" in seen["nothing"]
    assert seen["offAgain"] == like_stored, "chosen twice it is taken off"
    for words in ("Präsentation abnehmen", "Blende öffnen und schließen", "Overlays und Grafik an und aus"):
        assert words in seen["help"]


def check_graphics(graphics: dict[str, Any]) -> None:
    """PIXEL counts from the corner of the first pixel, DISPLAY in parts of the displayed area (clinical rule 8.10)."""
    assert graphics["count"] == 2
    for end, point in zip(graphics["line"], LINE, strict=True):
        assert end == pytest.approx(on_screen(point), abs=A_FIFTH_OF_A_PIXEL)
    corner = [part * EDGE - HALF for part in TEXT_BOX[0]]
    assert graphics["textAt"] == pytest.approx(corner, abs=A_FIFTH_OF_A_PIXEL)
    assert graphics["text"] == ["Herd 1", "rgb(255, 255, 255)"]
