"""kill -9 of every process at random times during reception: the sender's own log is the truth (issue 7, 3a)."""

from __future__ import annotations

import os
import random
import threading
from pathlib import Path
from typing import Final

from tests.faults.mortal_house import SOAK, mortal, nothing_acknowledged_is_lost
from tests.faults.objects_to_send import make_lot, portions
from tests.faults.sending import LoggingSender

ROUNDS: Final = 20 if SOAK else 2
INSTANCES: Final = 500 if SOAK else 60
SENDERS: Final = 3
SEED: Final = int(os.environ.get("KONTOR_SEED", "20260101"))


def test_what_was_acknowledged_survives_the_death_of_every_process(engine_url: str, tmp_path: Path) -> None:
    print(f"seed {SEED}, {ROUNDS} rounds of {INSTANCES} instances")
    chance = random.Random(SEED)
    lots, acknowledged = [], list[Path]()
    with mortal(tmp_path / "house", engine_url, segment_bytes=str(4 << 20)) as house:
        for number in range(ROUNDS):
            lot = make_lot(tmp_path / f"lot{number}", number, INSTANCES, chance)
            lots.append(lot)
            answers = threading.Semaphore(0)
            senders = [LoggingSender(house.dimse, files, answers) for files in portions(lot, SENDERS)]
            for _ in range(chance.randrange(1, INSTANCES - 1)):
                answers.acquire()
            house.kill(chance)
            for sender in senders:
                sender.wait()
                acknowledged += sender.acknowledged
                assert sender.refused == {}, house.log()
            house.start()
            nothing_acknowledged_is_lost(house, lots, acknowledged)
            print(f"round {number}: {len(acknowledged)} acknowledged so far, each is there and identical")
        assert len(acknowledged) >= ROUNDS
        house.command("doctor", "--deep")


def test_a_sender_that_repeats_after_a_kill_finds_its_objects_taken(engine_url: str, tmp_path: Path) -> None:
    chance = random.Random(SEED + 1)
    lot = make_lot(tmp_path / "lot", 0, 40, chance)
    with mortal(tmp_path / "house", engine_url) as house:
        answers = threading.Semaphore(0)
        first = LoggingSender(house.dimse, list(lot.files.values()), answers)
        for _ in range(15):
            answers.acquire()
        house.kill(chance)
        first.wait()
        house.start()
        second = LoggingSender(house.dimse, list(lot.files.values()))
        assert second.wait() == 0
        assert len(second.acknowledged) == len(lot.files)
        assert house.kept([lot]) == lot.digests
        with house.web as web:
            rows = web.api("/studies?limit=100")["items"]
        assert sum(row["instance_count"] for row in rows) == len(lot.files)
        assert [row["open_variants"] for row in rows] == [0] * len(rows)
        house.command("doctor", "--deep")
