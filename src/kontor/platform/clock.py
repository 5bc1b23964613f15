"""Time as a thing that is passed in, so that tests can hold it still."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

MICROSECONDS: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Two clocks: one that dates rows, one that only measures."""

    def now_us(self) -> int:
        """Return microseconds since 1970-01-01 UTC."""

    def monotonic(self) -> float:
        """Return seconds on a clock that never goes back."""


class SystemClock:
    """The machine's own clocks."""

    def now_us(self) -> int:
        """Return microseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1000

    def monotonic(self) -> float:
        """Return seconds on a clock that never goes back."""
        return time.monotonic()


class FixedClock:
    """A clock for tests that moves only when told."""

    def __init__(self, now_us: int = 1_750_000_000_000_000) -> None:
        self._now_us = now_us

    def now_us(self) -> int:
        """Return the instant that was set."""
        return self._now_us

    def monotonic(self) -> float:
        """Return the same instant in seconds."""
        return self._now_us / MICROSECONDS

    def advance(self, seconds: float) -> None:
        """Move both clocks forward by `seconds`."""
        self._now_us += round(seconds * MICROSECONDS)


def as_datetime(instant_us: int) -> datetime:
    """Turn microseconds since the epoch into an aware UTC datetime, exactly."""
    return _EPOCH + timedelta(microseconds=instant_us)


def as_iso(instant_us: int) -> str:
    """Turn microseconds since the epoch into ISO 8601 with `Z`."""
    return as_datetime(instant_us).isoformat(timespec="microseconds").replace("+00:00", "Z")
