"""A request's body on its way from the event loop to a worker thread, through a bounded queue.

The loop reads ahead at most a few megabytes; when the worker is slower than the line, the line waits. A sender that
falls silent, dribbles, or sends more than allowed ends the body with a Problem in the worker's iterator.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any, Final

from kontor.doors.http.problems import Problem

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
READ_AHEAD_BYTES: Final = 4 << 20
_RATE_GRACE_S: Final = 60.0
_RATE_BYTES_PER_S: Final = 1024
"""Slower than this after a minute is no line of a hospital but an attempt to hold a worker."""


class CallerGone(Exception):
    """The caller closed the connection before its body ended. Nobody is left to be told."""


class UploadedBody:
    """One body: `pump` runs on the loop, iteration in one worker thread."""

    def __init__(self, receive: Receive, limit: int, idle_s: float) -> None:
        self._receive = receive
        self._limit = limit
        self._idle_s = idle_s
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Event()
        self._changed = threading.Condition()
        self._chunks: deque[bytes] = deque()
        self._buffered = 0
        self._end: Exception | bool = False

    async def pump(self) -> None:
        """Read the body into the queue until it ends, one way or another."""
        try:
            await self._read()
        except (Problem, CallerGone) as error:
            self._finish(error)
        except asyncio.CancelledError:
            self._finish(CallerGone("cancelled"))
            raise

    def __iter__(self) -> Iterator[bytes]:
        """Chunks as they come. Blocks; raises Problem or CallerGone when the body does not end well."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._chunks or self._end)
                if not self._chunks:
                    if isinstance(self._end, Exception):
                        raise self._end
                    return
                chunk = self._chunks.popleft()
                self._buffered -= len(chunk)
                if self._buffered < READ_AHEAD_BYTES:
                    self._loop.call_soon_threadsafe(self._room.set)
            yield chunk

    async def _read(self) -> None:
        began, total = self._loop.time(), 0
        while True:
            try:
                async with asyncio.timeout(self._idle_s):  # wait_for of Python 3.11 can swallow a cancellation
                    message = await self._receive()
            except TimeoutError:
                raise Problem("body-too-slow", headers={"connection": "close"}) from None
            if message["type"] == "http.disconnect":
                raise CallerGone("disconnected")
            chunk: bytes = message.get("body", b"")
            total += len(chunk)
            if total > self._limit:
                raise Problem("body-too-large", headers={"connection": "close"})
            elapsed = self._loop.time() - began
            if elapsed > _RATE_GRACE_S and total < elapsed * _RATE_BYTES_PER_S:
                raise Problem("body-too-slow", headers={"connection": "close"})
            if chunk:
                await self._put(chunk)
                began += self._loop.time() - began - elapsed  # waiting for our own worker is not the sender's fault
            if not message.get("more_body", False):
                self._finish(True)
                return

    async def _put(self, chunk: bytes) -> None:
        with self._changed:
            self._chunks.append(chunk)
            self._buffered += len(chunk)
            if self._buffered >= READ_AHEAD_BYTES:
                self._room.clear()
            else:
                self._room.set()
            self._changed.notify()
        await self._room.wait()

    def _finish(self, end: Exception | bool) -> None:
        with self._changed:
            self._end = end
            self._changed.notify()


async def whole_body(receive: Receive, limit: int, idle_s: float) -> bytes:
    """A small body in one piece. Raises Problem when it is larger than `limit` bytes or stalls, CallerGone."""
    parts: list[bytes] = []
    total = 0
    try:
        async with asyncio.timeout(idle_s):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise CallerGone("disconnected")
                parts.append(message.get("body", b""))
                total += len(parts[-1])
                if total > limit:
                    raise Problem("body-too-large")
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise Problem("body-too-slow", headers={"connection": "close"}) from None
