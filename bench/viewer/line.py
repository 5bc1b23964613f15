"""A line between browser and server: so many megabit a second, so many milliseconds, all connections together."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

_PIECE: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """Downstream rate in bit/s and one way's delay in seconds."""

    name: str
    bits_per_second: float
    delay_s: float


HOSPITAL: Final = Line("30 Mbit/s, 30 ms", 30e6, 0.015)


class _Shaper:
    """When the next piece may leave: one queue for all connections, as on a real line."""

    def __init__(self, line: Line) -> None:
        self._line, self._free_at = line, 0.0

    def arrival(self, length: int) -> float:
        """Return when a piece that is ready now arrives at the other end."""
        begins = max(time.monotonic(), self._free_at)
        self._free_at = begins + length * 8 / self._line.bits_per_second
        return self._free_at + self._line.delay_s


@contextmanager
def shaped(port: int, line: Line) -> Iterator[int]:
    """Return a port of loopback that leads to `port` over the line."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_listen(port, line), loop).result(10)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


async def _listen(port: int, line: Line) -> asyncio.Server:
    down, up = _Shaper(line), _Shaper(line)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(2 * line.delay_s)  # the handshake's way there and back
        await asyncio.gather(_carry(reader, far_writer, up), _carry(far_reader, writer, down))

    return await asyncio.start_server(connected, "127.0.0.1", 0)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, shaper: _Shaper) -> None:
    """Carry bytes one way. What is on its way is bounded, so that the sender feels the line and not a buffer."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=32)

    async def arrive() -> None:
        while True:
            at, piece = await under_way.get()
            await asyncio.sleep(at - time.monotonic())
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
        writer.close()

    arriving = asyncio.ensure_future(arrive())
    try:
        while piece := await reader.read(_PIECE):
            await under_way.put((shaper.arrival(len(piece)), piece))
        await under_way.put((time.monotonic(), b""))
        await arriving
    except ConnectionError:
        arriving.cancel()
        writer.close()
