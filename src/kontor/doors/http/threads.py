"""Worker threads of the web door: rooms block, the event loop must not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


class Threads:
    """A pool each for ordinary calls, uploads and decoding: neither slow senders nor slow pictures take all workers."""

    def __init__(self, ordinary: int, uploads: int, decoding: int, decoding_queue: int) -> None:
        self._ordinary = ThreadPoolExecutor(ordinary, "http")
        self._upload_threads = ThreadPoolExecutor(uploads, "upload")
        self._uploads_free = uploads
        self._decoding_threads = ThreadPoolExecutor(decoding, "decoding")
        self._decoding_free = decoding + decoding_queue

    async def run(self, act: Callable[[], Result]) -> Result:
        """Run a blocking act; waits for a free thread."""
        return await _run(self._ordinary, act)

    async def run_upload(self, act: Callable[[], Result]) -> Result | None:
        """Run an act that reads a streamed body; None when every upload thread is busy."""
        if self._uploads_free == 0:
            return None
        self._uploads_free -= 1
        try:
            return await _run(self._upload_threads, act)
        finally:
            self._uploads_free += 1

    async def run_decoding(self, act: Callable[[], Result]) -> Result | None:
        """Run an act that waits for a decoder; None when every such thread is busy and enough calls wait for one."""
        if self._decoding_free == 0:
            return None
        self._decoding_free -= 1
        try:
            return await self.go_on_decoding(act)
        finally:
            self._decoding_free += 1

    async def go_on_decoding(self, act: Callable[[], Result]) -> Result:
        """Run the next step of an answer that has begun: it waits, because it can no longer be refused."""
        return await _run(self._decoding_threads, act)


async def _run(pool: ThreadPoolExecutor, act: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(pool, copy_context().run, act)
