"""The tutorials hold: their steps lead to what they say, and their pictures are of these pages."""

from __future__ import annotations

import re

from tests.browser.running import ROOT, SCREENSHOTS, Demo, drive

TUTORIALS = ROOT / "docs" / "tutorials"


def test_the_steps_of_the_tutorials_lead_to_what_they_say(fresh_demo: Demo) -> None:
    demo = fresh_demo
    seen = drive("tutorials.mjs", demo.address, demo.user, demo.password, str(SCREENSHOTS))
    assert "Being read by you since" in seen["claimed"]
    assert seen["window"] == "-600;1500;LINEAR", "1 is the lung window"
    assert re.search(r"\d mm\b", seen["text"])
    assert "DEMO_MODALITY" in seen["peers"]
    assert "ZIP" in seen["upload"]
    assert seen["troubles"] == []


def test_every_picture_of_a_tutorial_is_made_by_the_tests() -> None:
    shown = {
        name for page in TUTORIALS.glob("*.md") for name in re.findall(r"screenshots/([\w-]+\.png)", page.read_text())
    }
    driven = "".join(path.read_text() for path in (ROOT / "tests" / "browser").glob("*.mjs"))
    assert len(shown) >= 3
    assert [
        name for name in sorted(shown) if f'"{name.removesuffix(".png")}"' not in driven and name not in driven
    ] == []
