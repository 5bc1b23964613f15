"""Calls that arrive while one of them works are served together by the next: grouped under load, at once without it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kontor.archive.model import Admission, Receipt
from kontor.archive.stored import ActRecord
from kontor.platform.database import DatabaseUnavailable

GROUP_MAX: Final = 256  # objects in one transaction: bounds the time that others wait for the same rows

Thing = Receipt | ActRecord
Serve = Callable[[Sequence[Thing]], Sequence[Admission | None]]


@dataclass(slots=True)
class _Turn:
    things: Sequence[Thing]
    called: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    admissions: list[Admission | None] = field(default_factory=list)
    error: BaseException | None = None


class Turns:
    """One caller leads and serves every caller that waits; then it hands over. One transaction at a time a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Turn] = []
        self._led = False

    def serve(self, things: Sequence[Thing], admit: Serve) -> list[Admission | None]:
        """Have `admit` called with these things, perhaps among others'; return their admissions, in their order.

        If a group fails, each of its members is tried alone, so that one poisonous object fails only itself. A
        database that is away is told to all of them at once: alone they would wait for it one after the other.
        """
        turn = _Turn(things)
        with self._lock:
            self._waiting.append(turn)
            turn.leads, self._led = not self._led, True
        if not turn.leads:
            turn.called.wait()
        if turn.leads:
            self._lead(admit)
        if turn.error is not None:
            try:
                raise turn.error
            finally:
                turn.error = None  # else error, frame and turn hold each other, and the objects are not known as lost
        return turn.admissions

    def _lead(self, admit: Serve) -> None:
        with self._lock:
            group = self._next_group()
        try:
            _serve_group(group, admit)
        finally:
            self._hand_over()
            for turn in group:
                turn.called.set()

    def _next_group(self) -> list[_Turn]:
        """Take waiting turns, the leader's own first, up to GROUP_MAX objects."""
        group = [self._waiting.pop(0)]
        size = len(group[0].things)
        while self._waiting and size + len(self._waiting[0].things) <= GROUP_MAX:
            size += len(self._waiting[0].things)
            group.append(self._waiting.pop(0))
        return group

    def _hand_over(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].called.set()
            else:
                self._led = False


def _serve_group(group: Sequence[_Turn], admit: Serve) -> None:
    try:
        admissions = iter(admit([thing for turn in group for thing in turn.things]))
    except DatabaseUnavailable as error:
        for turn in group:
            turn.error = DatabaseUnavailable(*error.args)  # each is raised in a thread of its own
        return
    except Exception as error:  # noqa: BLE001 # given to its caller below, or to each when tried alone
        if len(group) == 1:
            group[0].error = error
            return
        for turn in group:
            _serve_group([turn], admit)
        return
    for turn in group:
        turn.admissions = [next(admissions) for _ in turn.things]
