"""Answers on their way out: JSON, bytes, streams from a worker thread, problems."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send

    from kontor.doors.http.calls import Answer, Body, Buffer
    from kontor.doors.http.routes import Endpoint

Result = TypeVar("Result")
Runner = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Runs a blocking act in a worker thread."""

Encoded = bytes | Iterable["Buffer"] | AsyncIterator[bytes] | None
_encode: Final = msgspec.json.Encoder().encode


def encoded(body: Body) -> Encoded:
    """A Struct as JSON; everything else as it is."""
    return _encode(body) if isinstance(body, msgspec.Struct) else body


async def send_answer(
    answer: Answer, endpoint: Endpoint, extra: Mapping[str, str], receive: Receive, send: Send, run: Runner
) -> None:
    """Send an answer whole; a stream, made by `run`, is stopped and closed when the caller goes away."""
    status = answer.status or endpoint.status
    headers = {**extra, **answer.headers}
    body = encoded(answer.body)
    if body is None:
        await send_bytes(status, headers, b"", send)
        return
    headers.setdefault("content-type", answer.media_type or endpoint.media_type)
    if isinstance(body, bytes):
        await send_bytes(status, headers, body, send)
    elif isinstance(body, AsyncIterator):
        await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
        await _while_connected(_send_events(body, send), receive)
    else:
        start: Message = {"type": "http.response.start", "status": status, "headers": _raw(headers)}
        await _while_connected(_send_chunks(body, start, send, run), receive)


async def send_bytes(status: int, headers: Mapping[str, str], body: bytes, send: Send) -> None:
    """Send a body of known length."""
    fields = dict(headers)
    if status not in {204, 304}:
        fields["content-length"] = str(len(body))
    await send({"type": "http.response.start", "status": status, "headers": _raw(fields)})
    await send({"type": "http.response.body", "body": b"" if status in {204, 304} else body})


async def _send_chunks(chunks: Iterable[Buffer], start: Message, send: Send, run: Runner) -> None:
    """The first chunk is made before the status leaves, so that what fails at once can still be told."""
    iterator: Iterator[Buffer] = iter(chunks)
    try:
        chunk = await run(lambda: next(iterator, None))
        await send(start)
        while chunk is not None:
            await send({"type": "http.response.body", "body": bytes(chunk), "more_body": True})
            chunk = await run(lambda: next(iterator, None))
        await send({"type": "http.response.body", "body": b""})
    finally:
        close: Callable[[], None] | None = getattr(iterator, "close", None)
        if close is not None:
            await asyncio.shield(run(close))


async def _send_events(events: AsyncIterator[bytes], send: Send) -> None:
    async for event in events:
        await send({"type": "http.response.body", "body": event, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _while_connected(sending: Any, receive: Receive) -> None:
    """Run `sending` until it ends or the caller is gone."""
    task = asyncio.ensure_future(sending)
    gone = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()
        await asyncio.gather(gone, return_exceptions=True)
    try:
        await task
    except asyncio.CancelledError:
        if (current := asyncio.current_task()) is not None and current.cancelling():
            raise


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Header fields for ASGI. A value with a line break is a fault of ours and must not leave."""
    fields = []
    for name, value in headers.items():
        if any(character in value for character in "\r\n\x00"):
            raise ValueError(f"the field {name} holds a line break")
        fields.append((name.lower().encode("ascii"), value.encode("latin-1", "replace")))
    return fields
