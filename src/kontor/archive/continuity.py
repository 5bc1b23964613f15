"""How far each of this process's segments is in the index, without gaps.

`segment.admitted_to` may only pass a record whose rows are committed: replay begins there. Records of one segment
are received in order, but admitted in any order, or not at all when a caller was lost between the two calls.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class _State(Enum):
    WAITING = "waiting"
    LOST = "lost"  # received, durable, and nobody holds the receipt any more
    ADMITTED = "admitted"


@dataclass(slots=True)
class _Stretch:
    end: int
    state: _State


@dataclass(slots=True)
class _Progress:
    """Records after `reached`, by the end of the record before."""

    reached: int
    records: dict[int, _Stretch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advance:
    """A step of one segment: the index held everything to `reached` and will hold everything to `to`."""

    segment: str
    reached: int
    to: int


class Continuity:
    """Positions of this process's segments. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # re-entrant: a finaliser may run while we hold it
        self._segments: dict[str, _Progress] = {}

    def received(self, segment: str, previous_end: int, end: int, receipt: object) -> None:
        """Note a durable record. When `receipt` dies before it is admitted, the record is lost, see `lost`."""
        with self._lock:
            progress = self._segments.setdefault(segment, _Progress(previous_end))
            progress.records[previous_end] = _Stretch(end, _State.WAITING)
        weakref.finalize(receipt, self._died, segment, previous_end).atexit = False

    def lost(self, segments: Iterable[str]) -> list[tuple[str, int, int]]:
        """Return (segment, start, end) of lost records that hold up these segments."""
        with self._lock:
            return [
                (segment, previous_end, stretch.end)
                for segment in segments
                if segment in self._segments
                for previous_end, stretch in self._segments[segment].records.items()
                if stretch.state is _State.LOST
            ]

    def advances(self, admitted: Mapping[str, Iterable[int]]) -> list[Advance]:
        """Return how far each segment is once the records that begin at these positions are committed."""
        with self._lock:
            return [self._advance(segment, frozenset(starts)) for segment, starts in sorted(admitted.items())]

    def committed(self, admitted: Mapping[str, Iterable[int]]) -> None:
        """Note what was committed, together with the steps that `advances` named for it."""
        with self._lock:
            self.done_with(admitted)
            for segment in admitted:
                _shorten(self._segments[segment])

    def done_with(self, starts: Mapping[str, Iterable[int]]) -> None:
        """Note records that need no admission any more; the next step passes them, the index's position stays."""
        with self._lock:
            for segment, positions in starts.items():
                records = self._segments[segment].records
                for start in positions:
                    if start in records:
                        records[start].state = _State.ADMITTED

    def _advance(self, segment: str, starts: frozenset[int]) -> Advance:
        progress = self._segments[segment]
        position = progress.reached
        while (record := progress.records.get(position)) is not None:
            if record.state is not _State.ADMITTED and position not in starts:
                break
            position = record.end
        return Advance(segment, progress.reached, position)

    def _died(self, segment: str, previous_end: int) -> None:
        with self._lock:
            stretch = self._segments[segment].records.get(previous_end)
            if stretch is not None and stretch.state is _State.WAITING:
                stretch.state = _State.LOST


def _shorten(progress: _Progress) -> None:
    while (record := progress.records.get(progress.reached)) is not None and record.state is _State.ADMITTED:
        del progress.records[progress.reached]
        progress.reached = record.end
