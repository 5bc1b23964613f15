"""Forty hostile texts in every text attribute, file name and account or peer field: no page runs or breaks by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kontor.access import Access, AccessError, create_account, create_peer, load_key, system_scope
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database
from tests.browser.hostile_objects import ROOT, hostile_file
from tests.browser.running import SCREENSHOTS, drive
from tests.corridor.house import PASSWORD, USER, House, living
from tests.hostile import HOSTILE, fitting

FEWEST = 40


@pytest.fixture
def haunted(tmp_path: Path) -> Iterator[House]:
    """A house in which every text is hostile."""
    with living(tmp_path / "house", f"sqlite:///{tmp_path}/house/kontor.db") as house:
        _store(house)
        _name(house)
        _knock(house)
        yield house


def _store(house: House) -> None:
    with house.web as web:
        for number, text in enumerate(HOSTILE):
            kept = web.store(hostile_file(text, number))
            assert len(kept.kept) == 1, (text[:60], kept)


def _name(house: House) -> None:
    """Accounts and peers with hostile names; what a field's own rules refuse was never shown to anybody."""
    database = Database.open(house.database_url)
    try:
        access = Access(database, SystemClock(), load_key(house.folder / "data" / "keys" / "access.key"))
        scope = system_scope(access, "main", "os:tests")
        for number, text in enumerate(HOSTILE):
            create_account(access, scope, f"h{number}", ["reader"], PASSWORD, display_name=fitting(text, 200, "\0"))
            create_peer(access, scope, f"H{number}", "127.0.0.1", name=fitting(text, 200, "\0"))
            for hostile_field in (
                lambda text=text: create_account(access, scope, text, ["reader"], PASSWORD),
                lambda text=text: create_peer(access, scope, text, "127.0.0.1"),
                lambda text=text: create_peer(access, scope, "HOST", text),
            ):
                try:
                    hostile_field()
                except AccessError:
                    continue
    finally:
        database.close()


def _knock(house: House) -> None:
    """Sign-ins and calls by nobody, so that the audit holds the texts as strangers bring them."""
    with house.web as web:
        for text in HOSTILE:
            web.client.post("/api/v1/session", json={"name": fitting(text, 64, "\0") or "x", "password": "x"})
            web.client.get("/api/v1/studies", params={"patient_name": fitting(text, 60, "\0")})


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= FEWEST


def test_no_page_runs_or_breaks_by_them(haunted: House) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    studies = [f"{ROOT}.{number + 1}" for number in range(len(HOSTILE))]
    seen = drive("hostile.mjs", haunted.root, USER, PASSWORD, str(SCREENSHOTS), *studies, within_s=600)
    assert seen["troubles"] == []
    pages = {name.split()[0] for name in seen["visited"]}
    assert {"login", "worklist", "reading", "upload", "admin/accounts", "admin/peers", "admin/audit"} <= pages
    assert len(seen["visited"]) > 3 * FEWEST
