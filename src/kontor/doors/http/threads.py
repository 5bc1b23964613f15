"""Worker threads of the web door: rooms block, the event loop must not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


class Threads:
    """A pool of its own for ordinary calls and one for uploads, so that slow senders cannot take all workers."""

    def __init__(self, ordinary: int, uploads: int) -> None:
        self._ordinary = ThreadPoolExecutor(ordinary, "http")
        self._upload_threads = ThreadPoolExecutor(uploads, "upload")
        self._uploads_free = uploads

    async def run(self, act: Callable[[], Result]) -> Result:
        """Run a blocking act; waits for a free thread."""
        return await asyncio.get_running_loop().run_in_executor(self._ordinary, copy_context().run, act)

    async def run_upload(self, act: Callable[[], Result]) -> Result | None:
        """Run an act that reads a streamed body; None when every upload thread is busy."""
        if self._uploads_free == 0:
            return None
        self._uploads_free -= 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._upload_threads, copy_context().run, act)
        finally:
            self._uploads_free += 1
