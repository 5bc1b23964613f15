"""How many rows of the audit callers that nobody knows may cause."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from kontor.platform.clock import MICROSECONDS

STRANGERS_A_MINUTE: Final = 120
PERIOD_S: Final = 60.0


@dataclass(slots=True)
class StrangersBudget:
    """Rows that strangers may still cause in this minute. Thread-safe."""

    _lock: Lock = field(default_factory=Lock)
    _since_us: int = -(1 << 62)
    _spent: int = 0
    _left_out: int = 0

    def spend(self, now_us: int) -> int | None:
        """Take one row: how many were left out before it; None when there is none left."""
        with self._lock:
            if now_us - self._since_us >= PERIOD_S * MICROSECONDS:
                self._since_us, self._spent = now_us, 0
            if self._spent >= STRANGERS_A_MINUTE:
                self._left_out += 1
                return None
            self._spent += 1
            left_out, self._left_out = self._left_out, 0
            return left_out
