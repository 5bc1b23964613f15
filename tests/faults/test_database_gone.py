"""The database goes away while objects arrive: senders are told to come again, nothing is done by hand (3e)."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.corridor.web import Web
from tests.faults.database_server import hanging, own_server
from tests.faults.mortal_house import SOAK, mortal, nothing_acknowledged_is_lost
from tests.faults.objects_to_send import Lot, make_lot
from tests.faults.sending import LoggingSender

GONE_FOR_S: Final = 60 if SOAK else 5
BACK_WITHIN_S: Final = 60
GIVEN_UP_WITHIN_S: Final = 60  # of the senders' own patience
PROOF_HOLDS_S: Final = 1.0  # of /readyz: it is told again for so long
INSTANCES: Final = 200 if SOAK else 60


def test_a_database_that_goes_and_comes_loses_nothing_and_is_told(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = own_server(request)
    lots = [make_lot(tmp_path / f"lot{number}", number, INSTANCES, random.Random(number)) for number in range(3)]
    with mortal(tmp_path / "house", server.new_database()) as house:
        answers = threading.Semaphore(0)
        during = LoggingSender(house.dimse, list(lots[0].files.values()), answers)
        for _ in range(INSTANCES // 3):
            answers.acquire()
        server.stop("immediate")
        gone_at = time.monotonic()
        during.wait()
        while time.monotonic() - gone_at < GONE_FOR_S:
            _is_told_to_come_again(house.root, house.token, lots[1])
        server.start()
        _is_ready(house.root, 200, BACK_WITHIN_S)
        _everything_is_taken(house.dimse, lots[2])
        _everything_is_taken(house.dimse, lots[0])
        nothing_acknowledged_is_lost(house, lots, [*during.acknowledged, *lots[0].files.values()])
        assert {"Success"} | set(during.refused.values()) <= {"Success", "Refused: OutOfResources"}
        _everything_is_taken(house.dimse, lots[1])
        house.kill(random.Random(0))
        house.start()
        nothing_acknowledged_is_lost(house, lots, [path for lot in lots for path in lot.files.values()])
        house.command("doctor", "--deep")


def test_a_database_that_hangs_is_told_in_bounded_time_and_taken_up_again(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = own_server(request)
    lots = [make_lot(tmp_path / f"lot{number}", number, 12, random.Random(number)) for number in range(2)]
    with mortal(tmp_path / "house", server.new_database()) as house:
        _everything_is_taken(house.dimse, lots[0])
        with hanging(server):
            hangs_since = time.monotonic()
            during = LoggingSender(house.dimse, list(lots[1].files.values())[:1])
            during.wait()
            assert time.monotonic() - hangs_since < GIVEN_UP_WITHIN_S
            assert during.acknowledged == []
            assert set(during.refused.values()) <= {"Refused: OutOfResources"}
            _is_told_to_come_again(house.root, house.token, lots[1])
        _is_ready(house.root, 200, BACK_WITHIN_S)
        _everything_is_taken(house.dimse, lots[1])
        nothing_acknowledged_is_lost(house, lots, [path for lot in lots for path in lot.files.values()])


def _is_told_to_come_again(root: str, token: str, lot: Lot) -> None:
    with Web(root, token) as web:
        answer = web.stow(next(iter(lot.files.values())).read_bytes())
    assert answer.status_code == 503, answer.text[:300]
    assert int(answer.headers["retry-after"]) > 0
    _is_ready(root, 503, PROOF_HOLDS_S + 1)
    assert httpx2.get(f"{root}/livez", timeout=30).status_code == 200


def _is_ready(root: str, status: int, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while (told := httpx2.get(f"{root}/readyz", timeout=30).status_code) != status:
        assert time.monotonic() < deadline, told
        time.sleep(0.1)


def _everything_is_taken(port: int, lot: Lot) -> None:
    sender = LoggingSender(port, list(lot.files.values()))
    assert sender.wait() == 0
    assert sorted(sender.acknowledged) == sorted(lot.files.values()), sender.refused
