"""At 1440 pixels no list cuts a name, an address or a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")


def test_lists_and_views_are_readable_to_the_last_letter_at_1440_pixels(demo: Demo, tmp_path: Path) -> None:
    seen = drive("cut.mjs", demo.address, demo.user, demo.password, str(tmp_path))
    assert seen["troubles"] == []
    assert seen["cut"] == [], seen["cut"]
