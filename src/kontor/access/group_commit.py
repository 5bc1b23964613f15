"""Group commit: concurrent callers of a process share one transaction, each returns when its own part is committed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

BATCH_MAX: Final = 500
"""Parts of one transaction; bounds how long the slowest caller waits."""


class _Waiting:
    __slots__ = ("done", "error", "part")

    def __init__(self, part: Any) -> None:
        self.part = part
        self.done = False
        self.error: Exception | None = None


class GroupCommit:
    """Whoever gets the turn first commits everything that waits; the others find their part done."""

    def __init__(self) -> None:
        self._queue = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: list[_Waiting] = []

    def submit(self, part: Any, commit: Callable[[list[Any]], None]) -> None:
        """Return when a `commit` that had `part` among its parts has returned; raise what it raised."""
        mine = _Waiting(part)
        with self._queue:
            self._waiting.append(mine)
        while not mine.done:
            with self._turn:
                if not mine.done:
                    self._commit_batch(commit)
        if mine.error is not None:
            raise mine.error

    def _commit_batch(self, commit: Callable[[list[Any]], None]) -> None:
        with self._queue:
            batch, self._waiting = self._waiting[:BATCH_MAX], self._waiting[BATCH_MAX:]
        error: Exception | None = None
        try:
            commit([waiting.part for waiting in batch])
        except Exception as raised:  # noqa: BLE001 # handed to every caller of the batch, none swallows it
            error = raised
        for waiting in batch:
            waiting.error = error
            waiting.done = True
