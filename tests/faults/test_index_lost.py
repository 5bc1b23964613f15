"""The index is deleted: `kontor doctor --rebuild` makes it again, row by row equal (issue 7, 3d)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, Final

import pytest

from kontor.platform.database import Database
from tests.archive.index_dump import Facts, index_facts
from tests.corridor.house import House
from tests.corridor.samples import samples
from tests.engines import PostgresqlServer
from tests.faults.mortal_house import SOAK, mortal
from tests.faults.objects_to_send import make_lot, portions
from tests.faults.sending import LoggingSender

SENT: Final = 200 if SOAK else 40
_DERIVED: Final = {"org_id", "first_received_at", "last_received_at"}


def test_a_deleted_index_is_made_again_row_by_row_equal(
    engine_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    lot = make_lot(tmp_path / "lot", 0, SENT, random.Random(0))
    every = samples()
    with mortal(tmp_path / "house", engine_url, segment_bytes=str(8 << 20)) as house:
        senders = [LoggingSender(house.dimse, files) for files in portions(lot, 4)]
        house.command("import", *(str(one.path) for one in every), expect=1)
        assert [sender.wait() for sender in senders] == [0] * 4
        _promote_one(house)
        refused = house.command("doctor", "--rebuild", expect=2)
        assert "stop it" in refused.stderr, "a server that receives would lose its place"
        house.stop()
        before = _facts(engine_url)
        assert before["variant"], "the samples hold variants"
        house.database_url = _delete_index(engine_url, request)
        house.command("doctor", "--rebuild")
        after = _facts(house.database_url)
        for table in before:
            differences = _differences(before[table], after[table])
            assert not differences, (table, differences)
        house.command("doctor", "--deep")


def _promote_one(house: House) -> None:
    """A decision of a person: the rebuilt index must repeat it."""
    with house.web as web:
        for row in web.api("/studies?limit=200")["items"]:
            if not row["open_variants"]:
                continue
            uid = row["study_instance_uid"]
            for found in web.get(f"/dicom-web/studies/{uid}/instances?limit=1000").json():
                sop = found["00080018"]["Value"][0]
                kept = web.api(f"/instances/{sop}/variants")["variants"]
                if kept:
                    web.api(f"/variants/{kept[0]['id']}/promote", method="POST", expect=204)
                    return
    pytest.fail("no variant to promote")


def _delete_index(url: str, request: pytest.FixtureRequest) -> str:
    """Remove the whole database, as a lost disk would; return where an empty one will be."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        return url
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    fresh = server.new_database()
    request.addfinalizer(lambda: server.drop_database(fresh))
    return fresh


def _facts(url: str) -> Facts:
    database = Database.open(url)
    try:
        return index_facts(database)
    finally:
        database.close()


def _differences(before: list[Any], after: list[Any]) -> list[Any]:
    """Rows of one that the other does not have, without surrogate ids and derived times."""
    old, new = ({_said(row) for row in rows} for rows in (before, after))
    return [("lost", dict(row)) for row in sorted(old - new, key=repr)[:3]] + [
        ("made", dict(row)) for row in sorted(new - old, key=repr)[:3]
    ]


def _said(row: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in row if name not in _DERIVED)
