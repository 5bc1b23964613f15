"""The index is gone: the doctor makes it again from the segments, row by row, and the house goes on (issue 7, 3d)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, inspect, text

from kontor.platform.database import Database
from tests.archive.index_dump import Facts, index_facts
from tests.faults.mortal_house import mortal, nothing_acknowledged_is_lost
from tests.faults.objects_to_send import make_lot, portions
from tests.faults.sending import LoggingSender

INSTANCES: Final = 30


def test_a_lost_index_is_made_again_from_the_segments(engine_url: str, tmp_path: Path) -> None:
    lot = make_lot(tmp_path / "lot", 0, INSTANCES, random.Random(3))
    with mortal(tmp_path / "house", engine_url, segment_bytes=str(2 << 20)) as house:
        senders = [LoggingSender(house.dimse, files) for files in portions(lot, 3)]
        assert [sender.wait() for sender in senders] == [0, 0, 0]
        with house.web as web:
            changed = next(iter(lot.files.values())).read_bytes()
            assert web.store(changed[:-2] + b"\x55\x55").status == 202
            assert web.store(changed).status == 200, "equal bytes by another door are no second instance"
        refused = house.command("doctor", "--rebuild", expect=2)
        assert "stop it" in refused.stderr, "a server that receives would lose its place"
        house.kill(random.Random(3))
        house.command("doctor")
        before = _facts(engine_url)
        _lose(engine_url)
        assert _is_empty(engine_url)
        done = house.command("doctor", "--rebuild", "--deep")
        assert f"{INSTANCES + 2} records" in done.stderr
        assert _facts(engine_url) == before
        house.start()
        house.furnish()  # accounts, tokens and peers were in the database too
        nothing_acknowledged_is_lost(house, [lot], [path for sender in senders for path in sender.acknowledged])
        again = LoggingSender(house.dimse, list(lot.files.values()))
        assert (again.wait(), len(again.acknowledged)) == (0, INSTANCES)
        house.command("doctor", "--deep")


def _facts(url: str) -> Facts:
    """What the index says. Organisations have new ids in a new database, and a start closes segments of the dead."""
    database = Database.open(url)
    try:
        facts = index_facts(database)
    finally:
        database.close()
    return {
        table: [tuple((name, value) for name, value in row if name not in ("org_id", "sealed")) for row in rows]
        for table, rows in facts.items()
    }


def _is_empty(url: str) -> bool:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names() == []
    finally:
        engine.dispose()


def _lose(url: str) -> None:
    """Remove the database's contents, as far as a clumsy hand or a broken disk can."""
    if url.startswith("sqlite"):
        for file in Path(url.removeprefix("sqlite:///")).parent.glob("kontor.db*"):
            file.unlink()
        return
    database = Database.open(url)
    database.write(lambda tx: tx.execute(text("DROP SCHEMA public CASCADE")))
    database.write(lambda tx: tx.execute(text("CREATE SCHEMA public")))
    database.close()
