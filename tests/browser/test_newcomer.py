"""What a newcomer sees after `make demo`."""

from __future__ import annotations

import pytest

from tests.browser.running import SCREENSHOTS, Demo, drive

pytestmark = pytest.mark.xdist_group("demo")


def test_the_demo_says_what_it_does_and_ends_with_three_lines(demo: Demo) -> None:
    assert [line.partition(":")[0] for line in demo.said[-3:]] == ["address", "user", "password"]
    assert any("over DICOM" in line for line in demo.said)
    assert any("phantom" in line for line in demo.said)


def test_a_newcomer_signs_in_opens_the_phantom_and_scrolls(demo: Demo) -> None:
    seen = drive("newcomer.mjs", demo.address, demo.user, demo.password, str(SCREENSHOTS))
    assert seen["rows"] >= 8
    assert seen["first"]
    assert seen["last"] != seen["first"]
    assert "Phantom" in seen["text"]
    assert seen["troubles"] == []
