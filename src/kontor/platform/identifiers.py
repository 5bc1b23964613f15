"""Row identifiers that are known before the insert: unique over processes and machines, ordered by time."""

from __future__ import annotations

import secrets
import threading
import time
from typing import Final

_EPOCH_MS: Final = 1_735_689_600_000  # 2025-01-01 UTC: 41 bits of milliseconds last until 2094
_LOW_BITS: Final = 22
_LOW_MASK: Final = (1 << _LOW_BITS) - 1


class IdentifierSource:
    """41 bits of milliseconds over 22 bits that start at random and count on.

    Two processes that make an identifier in the same millisecond differ by their random start; a clash would need
    the same millisecond and one of 4 million starts, and meets a primary key, not silence.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_ms = 0
        self._low = 0

    def next(self) -> int:
        """Return the next identifier, below 2**63 and greater than the one before."""
        with self._lock:
            now_ms = max(time.time_ns() // 1_000_000 - _EPOCH_MS, self._last_ms)
            if now_ms != self._last_ms:
                self._low = secrets.randbits(_LOW_BITS - 1)
                self._last_ms = now_ms
            elif self._low == _LOW_MASK:
                self._last_ms += 1
                self._low = 0
            else:
                self._low += 1
            return self._last_ms << _LOW_BITS | self._low


new_id: Final = IdentifierSource().next
