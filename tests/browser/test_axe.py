"""axe finds no serious fault on any page (issue 8 point 5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.objects import STUDY, dataset, part10
from tests.browser.running import SCREENSHOTS, drive
from tests.corridor.house import PASSWORD, USER, House, living

PAGES = {"login", "worklist", "help", "palette", "reading", "upload", "upload/empty"}
PARTS = {"accounts", "peers", "storage", "jobs", "audit", "system"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with living(tmp_path / "house", f"sqlite:///{tmp_path}/house/kontor.db") as lived_in:
        with lived_in.web as web:
            web.store(*(part10(dataset(str(number))) for number in range(1, 6)))
        yield lived_in


def test_no_page_has_a_serious_fault(house: House) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    seen = drive("axe.mjs", house.root, USER, PASSWORD, STUDY, str(SCREENSHOTS), within_s=400)
    assert {page: faults for page, faults in seen["found"].items() if faults} == {}
    assert PAGES | {f"admin/{part}" for part in PARTS} <= set(seen["found"])
    assert seen["troubles"] == []
