"""The disk is full, or read-only: senders are told in good time, and all goes on by itself when it is over (3e)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest

from tests.faults.mortal_house import MortalHouse, mortal, nothing_acknowledged_is_lost
from tests.faults.objects_to_send import Lot, make_lot
from tests.faults.own_disk import filled, make_writable, on_a_disk
from tests.faults.sending import LoggingSender

DISK: Final = 192 << 20
INSTANCES: Final = 30
MORE_THAN_RESERVED: Final = 80
OUT_OF_RESOURCES: Final = "Refused: OutOfResources"


@pytest.mark.parametrize("watermark", [48 << 20, 1], ids=["above the watermark", "to the last byte"])
def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(engine_url: str, tmp_path: Path, watermark: int) -> None:
    folder = tmp_path / "house"
    disk = folder / "data" / "segments"
    lots = [make_lot(tmp_path / f"lot{number}", number, INSTANCES, random.Random(number)) for number in (0, 1)]
    # What a writer has reserved (16 MiB) still goes in; this is more than all of them have.
    lots.append(make_lot(tmp_path / "lot2", 2, MORE_THAN_RESERVED, random.Random(2), large_every=1))
    with mortal(folder, engine_url, on_a_disk(disk, size=DISK), watermark_bytes=str(watermark)) as house:
        assert house.process is not None
        _taken(house, lots[0])
        with filled(house.process.pid, disk):
            told = _told(house, lots[2])
            with house.web as web:
                answer = web.stow(next(iter(lots[1].files.values())).read_bytes())
            assert answer.status_code == 507, answer.text[:300]
            nothing_acknowledged_is_lost(house, lots, [*lots[0].files.values(), *told.acknowledged])
        _taken(house, lots[1])
        _taken(house, lots[2])
        nothing_acknowledged_is_lost(house, lots, [path for lot in lots for path in lot.files.values()])


def test_a_disk_that_is_full_for_the_index_too_is_told_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    disk = folder / "data"
    lots = [make_lot(tmp_path / f"lot{number}", number, INSTANCES, random.Random(number)) for number in (0, 1)]
    lots.append(make_lot(tmp_path / "lot2", 2, MORE_THAN_RESERVED, random.Random(2), large_every=1))
    with mortal(folder, f"sqlite:///{disk}/kontor.db", watermark_bytes="1") as house:
        house.kill(random.Random(0))
        house.wrapped = on_a_disk(disk, size=DISK)
        house.start()
        assert house.process is not None
        _taken(house, lots[0])
        with filled(house.process.pid, disk):
            told = _told(house, lots[2])
        _taken(house, lots[1])
        _taken(house, lots[2])
        every = [path for lot in lots for path in lot.files.values()]
        nothing_acknowledged_is_lost(house, lots, [*every, *told.acknowledged])


def test_a_read_only_disk_is_told_and_taken_again_when_it_can_be_written(engine_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "house"
    disk = folder / "data" / "segments"
    lot = make_lot(tmp_path / "lot", 0, INSTANCES, random.Random(0))
    with mortal(folder, engine_url, on_a_disk(disk, size=DISK, writable=False)) as house:
        assert house.process is not None
        assert _told(house, lot).acknowledged == []
        with house.web as web:
            answer = web.stow(next(iter(lot.files.values())).read_bytes())
        assert answer.status_code in {503, 507}, answer.text[:300]
        make_writable(house.process.pid, disk)
        _taken(house, lot)
        nothing_acknowledged_is_lost(house, [lot], lot.files.values())


def _told(house: MortalHouse, lot: Lot) -> LoggingSender:
    sender = LoggingSender(house.dimse, list(lot.files.values()))
    sender.wait()
    assert set(sender.refused.values()) == {OUT_OF_RESOURCES}
    return sender


def _taken(house: MortalHouse, lot: Lot) -> None:
    sender = LoggingSender(house.dimse, list(lot.files.values()))
    assert sender.wait() == 0
    assert len(sender.acknowledged) == len(lot.files), sender.refused
