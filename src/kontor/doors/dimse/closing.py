"""What an association has to know of the end of the process: nothing, finish, answer only, or leave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

_ANSWER_ONLY_AFTER: Final = 0.8
"""Share of the drain after which further objects are answered with A700 instead of stored, so that all are answered."""


class Closing:
    """Shared by all associations of a process; it begins once and is never taken back."""

    def __init__(self, drain_s: float, monotonic: Callable[[], float]) -> None:
        self._drain_s = drain_s
        self._monotonic = monotonic
        self._begun = threading.Event()
        self._began_at = 0.0

    def begin(self) -> None:
        """Stop taking new associations; let the open ones finish."""
        self._began_at = self._monotonic()
        self._begun.set()

    @property
    def has_begun(self) -> bool:
        """Whether the process is going to end."""
        return self._begun.is_set()

    @property
    def answers_only(self) -> bool:
        """Whether it is too late to store another object."""
        return self.has_begun and self._elapsed_s() >= self._drain_s * _ANSWER_ONLY_AFTER

    @property
    def left_s(self) -> float:
        """Seconds until open associations are cut off; the whole drain while it has not begun."""
        return max(0.0, self._drain_s - self._elapsed_s()) if self.has_begun else self._drain_s

    def _elapsed_s(self) -> float:
        return self._monotonic() - self._began_at
