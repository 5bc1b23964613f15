"""A body of known size is measured in Chromium: by mouse, by keys alone, in each region, and through a killed tab."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.sending import send

from tests.browser.measured_phantom import BOX, BOX_HU, SPACING_MM, STUDY, write
from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

TOP, BOTTOM, LEFT, RIGHT = BOX
HEIGHT_MM = (BOTTOM - TOP) * SPACING_MM[0]
WIDTH_MM = (RIGHT - LEFT) * SPACING_MM[1]
HALF_PIXEL_MM = max(SPACING_MM) / 2
CALIBRATED_MM = 50.0


def lines_of(labels: list[dict[str, Any]], kind: str) -> list[str]:
    """What stands beside the one mark of a kind."""
    (found,) = [label["lines"] for label in labels if label["kind"] == kind]
    return list(found)


def number(text: str, unit: str) -> float:
    """The number before a unit, as German writes it; the unit is part of what is checked."""
    value, _, found = text.partition("\u00a0")
    assert found == unit, text
    return float(value.replace(",", ".").replace("\u2212", "-"))


def test_a_body_of_known_size_is_measured_through_every_view_by_keys_and_after_a_killed_tab(
    demo: Demo, tmp_path: Path
) -> None:
    send(write(tmp_path), CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    seen = drive("measuring.mjs", demo.address, demo.user, demo.password, STUDY, str(tmp_path), within_s=600)
    assert seen["troubles"] == []

    diagonal = math.hypot(WIDTH_MM, HEIGHT_MM)
    for view, labels in seen["views"].items():
        (said,) = lines_of(labels, "length")
        assert abs(number(said, "mm") - diagonal) <= HALF_PIXEL_MM, view

    assert abs(number(lines_of(seen["all"], "length")[0], "mm") - WIDTH_MM) <= HALF_PIXEL_MM
    angle = lines_of(seen["all"], "angle")[0]
    assert abs(float(angle.removesuffix("\u00b0").replace(",", ".")) - 90) <= 0.5
    assert lines_of(seen["all"], "ellipse")[1] == f"\u2205 {BOX_HU} \u00b1 0\u00a0HU"
    assert lines_of(seen["all"], "probe") == [f"{BOX_HU}\u00a0HU"]
    assert len(seen["listed"]) == 5

    assert seen["onOtherSlice"] == []
    assert seen["afterJump"] == 5

    value, basis = lines_of(seen["radiograph"], "length")
    assert (abs(number(value, "mm") - WIDTH_MM) <= HALF_PIXEL_MM, basis) == (True, "am Detektor")
    value, basis = lines_of(seen["calibrated"], "length")
    assert abs(number(value, "mm") - CALIBRATED_MM) <= HALF_PIXEL_MM
    assert basis == f"kalibriert von {demo.user}, neu kalibriert"

    within, across = [label["lines"] for label in seen["ultrasound"]]
    # The left edge lies in the left region, whose rows are 0.3 mm apart; the width crosses into the right one.
    assert (abs(number(within[0], "mm") - HEIGHT_MM) <= HALF_PIXEL_MM, within[1]) == (True, "US-Region")
    assert across[0].endswith("\u00a0px")
    assert across[1] == "kein mm: \u00fcber mehrere US-Regionen"

    assert abs(number(lines_of(seen["keyboard"], "length")[0], "mm") - HEIGHT_MM) <= HALF_PIXEL_MM

    killed = seen["killed"]
    assert (killed["waiting"], killed["stillWaiting"]) == (1, 0)
    assert len(killed["drawn"]) == 6
    assert killed["onServer"] == 11
