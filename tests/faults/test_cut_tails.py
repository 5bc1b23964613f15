"""A power cut: whatever was written and not synced may be gone, from any byte on (issue 7, 3c)."""

from __future__ import annotations

import os
import random
import threading
from pathlib import Path
from typing import Final

import pytest

from tests.faults.database_server import own_server
from tests.faults.mortal_house import SOAK, mortal, nothing_acknowledged_is_lost
from tests.faults.objects_to_send import make_lot, portions
from tests.faults.sending import LoggingSender
from tests.faults.tracing import calls, strace, unsynced

ROUNDS: Final = 10 if SOAK else 2
INSTANCES: Final = 200 if SOAK else 40
SEED: Final = int(os.environ.get("KONTOR_SEED", "20260102"))


def test_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Segments and SQLite's log are cut at a random byte behind the last that the kernel was asked to sync."""
    print(f"seed {SEED}, {ROUNDS} rounds of {INSTANCES} instances")
    chance = random.Random(SEED)
    url = f"sqlite:///{tmp_path}/house/kontor.db"
    lots, acknowledged, cuts = [], list[Path](), 0
    with mortal(tmp_path / "house", url, strace(tmp_path / "trace")) as house:
        for number in range(ROUNDS):
            lot = make_lot(tmp_path / f"lot{number}", number, INSTANCES, chance)
            lots.append(lot)
            answers = threading.Semaphore(0)
            senders = [LoggingSender(house.dimse, files, answers) for files in portions(lot, 2)]
            for _ in range(chance.randrange(1, INSTANCES - 1)):
                answers.acquire()
            house.kill(chance)
            for sender in senders:
                sender.wait()
                acknowledged += sender.acknowledged
            cuts += _cut(tmp_path / "trace", chance)
            house.wrapped = strace(tmp_path / "trace")
            house.start()
            nothing_acknowledged_is_lost(house, lots, acknowledged)
        house.command("doctor", "--deep")
    assert cuts > 0, "nothing was unsynced at any time: this test showed nothing"


def test_a_crash_of_the_database_server_takes_nothing_that_was_acknowledged(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """PostgreSQL dies with everything: rows committed without waiting for its log are made again by replay."""
    chance = random.Random(SEED)
    server = own_server(request)
    lots, acknowledged = [], list[Path]()
    with mortal(tmp_path / "house", server.new_database()) as house:
        for number in range(ROUNDS):
            lot = make_lot(tmp_path / f"lot{number}", number, INSTANCES, chance)
            lots.append(lot)
            answers = threading.Semaphore(0)
            senders = [LoggingSender(house.dimse, files, answers) for files in portions(lot, 2)]
            for _ in range(chance.randrange(1, INSTANCES - 1)):
                answers.acquire()
            server.stop("immediate")
            house.kill(chance)
            for sender in senders:
                sender.wait()
                acknowledged += sender.acknowledged
            server.start()
            house.start()
            nothing_acknowledged_is_lost(house, lots, acknowledged)
        house.command("doctor", "--deep")


def _cut(trace: Path, chance: random.Random) -> int:
    """Cut each segment and SQLite's log somewhere behind its last synced byte; return how many had such bytes."""
    count = 0
    for name, first in sorted(unsynced(calls(trace)).items()):
        path = Path(name)
        if ("/segments/" in name or name.endswith("-wal")) and path.exists() and path.stat().st_size > first:
            os.truncate(path, chance.randrange(first, path.stat().st_size))
            count += 1
    return count
