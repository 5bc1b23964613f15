"""The graphics card draws what Canvas 2D draws, in tiles too; and a page outlives the loss of its graphics context."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.browser.running import drive
from tests.corridor.house import PASSWORD, USER, living
from tests.pixels.corpus import cases

NAMES: Final = (
    "explicit little endian",
    "padding, MONOCHROME1",
    "anisotropic spacing",
    "shutter and overlay",
    "modality LUT",
    "supplemental palette, MIXED",
)


def test_both_renderers_draw_the_same_and_a_lost_context_comes_back(tmp_path: Path) -> None:
    chosen = [case for case in cases() if case.name in NAMES]
    assert len(chosen) == len(NAMES)
    with living(tmp_path, f"sqlite:///{tmp_path}/kontor.db") as house, house.web as web:
        assert web.store(*(case.file() for case in chosen)).failed == []
        studies = [case.study for case in chosen]
        seen = drive("graphics-card.mjs", house.root, USER, PASSWORD, *studies)
    assert seen["troubles"] == []
    found = {case.name: seen["differences"][case.study] for case in chosen}
    assert all(most is not None and most <= 1 for views in found.values() for most in views), found
    exact = [views[0] for name, views in found.items() if name != "anisotropic spacing"]
    assert exact == [0] * len(exact), found  # at 1 : 1
    assert seen["lost"] == {"without": found[chosen[-1].name][2], "again": 0}
