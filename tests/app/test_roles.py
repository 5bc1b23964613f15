"""The processes of the roles: how they end."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.corridor.house import House

_ENDS_WITHIN_S = 12.0  # far below the 30 s after which a process that drains is killed


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, f"sqlite:///{tmp_path}/data/kontor.db", {"watermark_bytes": "1048576"})


def _forked_web_workers(house: House) -> list[psutil.Process]:
    assert house.process is not None
    roles = psutil.Process(house.process.pid).children()
    return [worker for role in roles if role.cmdline()[-1:] == ["web"] for worker in role.children()]


def test_a_web_worker_that_is_still_loading_ends_with_the_others(house: House) -> None:
    """A worker inherits its parent's signal handlers; until it has its own it must not swallow the end."""
    house.begin()
    deadline = time.monotonic() + 60
    while len(_forked_web_workers(house)) < 2:  # the second was forked just now
        assert time.monotonic() < deadline
    began = time.monotonic()
    house.stop()
    assert time.monotonic() - began < _ENDS_WITHIN_S


def test_an_open_line_of_events_does_not_hold_up_the_end(house: House) -> None:
    house.start()
    house.furnish()
    with httpx2.stream(
        "GET", f"{house.root}/api/v1/events", headers={"authorization": f"Bearer {house.token}"}, timeout=60
    ) as line:
        assert next(line.iter_bytes()).startswith(b": listening")
        began = time.monotonic()
        house.stop()
        assert time.monotonic() - began < _ENDS_WITHIN_S
