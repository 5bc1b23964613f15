"""What this process recorded lately: a memory that saves questions, never a proof."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

_REMEMBERED_MAX: Final = 10_000


class RecentActs:
    """What this process recorded lately, so that the frames of a series ask the database once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at: OrderedDict[tuple[object, ...], int] = OrderedDict()

    def is_since(self, key: tuple[object, ...], since_us: int) -> bool:
        """Whether the act was committed after `since_us`."""
        with self._lock:
            return self._at.get(key, -1) > since_us

    def remember(self, key: tuple[object, ...], at_us: int) -> None:
        """Note a committed act; the oldest are forgotten beyond 10,000."""
        with self._lock:
            self._at[key] = at_us
            self._at.move_to_end(key)
            while len(self._at) > _REMEMBERED_MAX:
                self._at.popitem(last=False)
