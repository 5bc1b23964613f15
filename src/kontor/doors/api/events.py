"""/api/v1/events: what happens in the archive, as server-sent events (HTML standard 9.2).

One reader a process follows the journal while anybody listens, and hands each listener its organisation's studies.
A listener that cannot keep up is cut off: it connects again and loads anew. Nothing is promised to arrive; the lists
are the truth, events only say when to look.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from kontor.access import Right, Scope
from kontor.archive import Attribute, Condition, Level, Match, Query, find
from kontor.doors.api.system_views import StudyEvent
from kontor.doors.http import Answer, Endpoint, Problem, still_allowed
from kontor.platform.clock import as_iso
from kontor.platform.database import DatabaseError
from kontor.platform.journal import Entry, entries_after, last_sequence_number
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.doors.http import Call
    from kontor.platform.database import Database, ReadTransaction

EVENT_OF_KIND: Final = {
    "study_arrived": "study_arrived",
    "study_settled": "study_settled",
    "instance_admitted": "study_changed",
    "variant_kept": "variants_changed",  # what was received first may have been admitted last: it is shown now
    "variant_closed": "study_changed",
    "variant_promoted": "variants_changed",
    "study_reopened": "study_changed",
    "identity_conflict": "study_changed",
    "claim_changed": "claim_changed",
}
_KINDS: Final = tuple(EVENT_OF_KIND)
_POLL_S: Final = 1.0
_ENTRIES_AT_ONCE: Final = 2_000
_QUEUE_EVENTS: Final = 1_000
_LISTENERS_MAX: Final = 1_000
_LISTENERS_OF_ACTOR: Final = 20
_SILENCE_S: Final = 15.0  # then a comment, so that proxies keep the line
_RECHECK_S: Final = 60.0
_log: Final = get_logger("api")


@dataclass(slots=True, eq=False)
class Listener:
    """One open stream. `events` holds (event, study, at); None ends it."""

    org_id: int
    actor: int
    events: asyncio.Queue[tuple[str, StudyEvent] | None] = field(default_factory=lambda: asyncio.Queue(_QUEUE_EVENTS))


class EventFeed:
    """All streams of a process, and the one task that reads the journal for them. Lives on one event loop."""

    def __init__(self, ends: Callable[[], bool], poll_s: float = _POLL_S) -> None:
        """Args: `ends` says that the process is about to end: open lines would hold it up."""
        self._ends = ends
        self._poll_s = poll_s
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None

    async def join(self, database: Database, scope: Scope) -> Listener:
        """Listen from now on. Raises Problem when there are too many streams already."""
        of_actor = sum(listener.actor == scope.actor.id for listener in self._listeners)
        if len(self._listeners) >= _LISTENERS_MAX or of_actor >= _LISTENERS_OF_ACTOR:
            raise Problem("too-many-requests", retry_after_s=10)
        if self._task is None or self._task.done():
            position = await asyncio.to_thread(database.read, last_sequence_number)
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._follow(database, position))
                self._task.add_done_callback(self._ended)
        listener = Listener(scope.org_id, scope.actor.id)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening."""
        self._listeners.discard(listener)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Nobody may listen to a reader that is no more: they come again, and a new one begins."""
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("events stopped", error=type(error).__name__)
        for listener in list(self._listeners):
            self._cut_off(listener)

    def _cut_off(self, listener: Listener) -> None:
        self.leave(listener)
        while not listener.events.empty():
            listener.events.get_nowait()
        listener.events.put_nowait(None)

    async def _follow(self, database: Database, position: int) -> None:
        while True:
            await asyncio.sleep(self._poll_s)
            if not self._listeners or self._ends():
                return
            try:
                entries = await asyncio.to_thread(database.read, _reader(position))
            except DatabaseError as error:
                _log.warning("events wait for the database", error=type(error).__name__)
                continue
            if entries:
                position = entries[-1].seq
                self._hand_out(entries)

    def _hand_out(self, entries: list[Entry]) -> None:
        told: set[tuple[int, str, str]] = set()
        for entry in entries:
            event, study = EVENT_OF_KIND[entry.kind], entry.payload.get("study_uid")
            if isinstance(study, str) and (entry.org_id, event, study) not in told:
                told.add((entry.org_id, event, study))
                self._tell(entry.org_id, event, StudyEvent(study, as_iso(entry.at_us)))

    def _tell(self, org_id: int, event: str, data: StudyEvent) -> None:
        for listener in [listener for listener in self._listeners if listener.org_id == org_id]:
            if listener.events.full():
                self._cut_off(listener)
            else:
                listener.events.put_nowait((event, data))


def endpoints(ends: Callable[[], bool]) -> tuple[Endpoint, ...]:
    """Rows of the route table; each application has a feed of its own, closed when `ends` says so."""
    feed = EventFeed(ends)

    async def follow(call: Call) -> Answer:
        listener = await feed.join(call.access.database, call.scope)
        return Answer(_stream(call, feed, listener), headers={"x-accel-buffering": "no"})

    return (
        Endpoint(
            "GET", "/events", follow, Right.FIND, "followEvents", "Server-sent events: study_arrived, study_changed, …",
            media_type="text/event-stream", background=True, problems=("too-many-requests",), tag="system",
        ),
    )  # fmt: skip


async def _stream(call: Call, feed: EventFeed, listener: Listener) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    checked_at = loop.time()
    try:
        yield b": listening\n\n"
        while True:
            told: tuple[str, StudyEvent] | tuple[()] | None = ()
            try:
                async with asyncio.timeout(_SILENCE_S):  # wait_for of Python 3.11 can swallow a cancellation
                    told = await listener.events.get()
            except TimeoutError:
                yield b":\n\n"
            if loop.time() - checked_at >= _RECHECK_S:
                checked_at = loop.time()
                holds = await asyncio.to_thread(still_allowed, call, Right.FIND)
                if not holds:
                    return
            if told is None:
                return
            if not told:
                continue
            visible = await asyncio.to_thread(_may_know, call, told[1].study_instance_uid)
            if visible:
                yield f"event: {told[0]}\ndata: ".encode() + msgspec.json.encode(told[1]) + b"\n\n"
    finally:
        feed.leave(listener)


def _may_know(call: Call, study_uid: str) -> bool:
    """Whether a restricted caller may know of this study."""
    if call.scope.restriction is None:
        return True
    condition = Condition(Attribute.STUDY_UID, Match.EQUAL, (study_uid,))
    return bool(find(call.archive, call.scope, Query(Level.STUDY, (condition,), limit=1)).rows)


def _reader(position: int) -> Callable[[ReadTransaction], list[Entry]]:
    return lambda tx: entries_after(tx, position, _ENTRIES_AT_ONCE, _KINDS)
