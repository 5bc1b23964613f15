"""At 1280 x 800 nothing is cut; two windows of 2560 x 1440 go together and warn of another patient; greys differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.sending import send
from pydicom.uid import generate_uid

from tests.browser.panes_study import write_study
from tests.browser.running import Demo, drive
from tests.browser.test_keyboard import send_cases

pytestmark = pytest.mark.xdist_group("demo")


def test_every_state_is_told_apart_without_colour(demo: Demo, tmp_path: Path) -> None:
    for name in ("Grau", "Grauer", "Grauster"):
        send_cases(demo, tmp_path, name)
    seen = drive("greyscale.mjs", demo.address, demo.user, demo.password, str(tmp_path))
    assert seen["troubles"] == []
    rows = [str(row) for row in seen["worklist"]]
    assert len(rows) == len(set(rows)) == 9, rows
    for page, states in {"jobs": 3, "audit": 3, "peers": 2}.items():
        shown = {(look["word"], look["shape"]) for look in seen[page]}
        assert len({word for word, _ in shown}) == len(shown) == states, (page, shown)
        assert all(word and shape for word, shape in shown), page
    assert all(look["word"] and look["shape"] for look in seen["storage"])
    chosen, focused = seen["rows"], seen["focused"]
    assert len({chosen["chosen"], chosen["other"], focused["chosen"]}) == 3, "an edge tells chosen and focused rows"


def test_nothing_is_cut_on_the_smallest_screen_and_two_large_ones_go_together(demo: Demo, tmp_path: Path) -> None:
    study = str(generate_uid())
    send(write_study(tmp_path / "study", study), CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    other = send_cases(demo, tmp_path, "Fenster")[0]
    seen = drive("screens.mjs", demo.address, demo.user, demo.password, str(tmp_path), study, other, within_s=400)
    assert seen["troubles"] == []
    assert seen["cut"] == [], seen["cut"]
    assert seen["together"] == [f"/studies/{study}/images"] * 2
    first, third = seen["warned"]
    assert "Fenster, " in first
    assert "Kachel, Viele" in third
