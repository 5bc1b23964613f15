"""Which questions lately matched more rows than are counted: a list that is asked again need not count so far again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kontor.platform.clock import Clock

KNOWN_FOR_S: Final = 10.0
"""For so long a list may say "more than 10,000" after deletions brought it below."""

_QUESTIONS_MAX: Final = 1_000


class LargeTotals:
    """Questions (scope and conditions) that matched beyond the limit. Safe from any thread; one process's memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._until: OrderedDict[Hashable, float] = OrderedDict()

    def holds(self, question: Hashable) -> bool:
        """Whether more rows than are counted matched within the last KNOWN_FOR_S seconds."""
        with self._lock:
            return self._until.get(question, 0.0) > self._clock.monotonic()

    def remember(self, question: Hashable) -> None:
        """Note that more rows than are counted match; beyond 1,000 questions the oldest is forgotten."""
        with self._lock:
            self._until[question] = self._clock.monotonic() + KNOWN_FOR_S
            self._until.move_to_end(question)
            while len(self._until) > _QUESTIONS_MAX:
                self._until.popitem(last=False)
