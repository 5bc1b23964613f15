"""Asking an ASGI application without a server: exact control over every byte of the request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """Status, header fields by lower-case name, body."""

    status: int
    fields: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem."""
        assert self.fields["content-type"] == "application/problem+json"
        return str(self.json()["code"])


def ask(
    app: ASGIApp,
    method: str,
    path: str,
    *,
    fields: Fields = (),
    body: bytes | Iterable[bytes] = b"",
    data: object = None,
    client: str = "10.0.0.9",
    host: str = "kontor.example",
    scheme: str = "http",
    disconnects: bool = False,
    stalls: bool = False,
) -> Reply:
    """One request. `data` is sent as JSON; an iterable body is sent chunk by chunk; `disconnects` breaks off after it.

    `stalls` sends nothing more.
    """
    given = [("host", host), *fields] if host else list(fields)
    if data is not None:
        body = json.dumps(data).encode()
        given.append(("content-type", "application/json"))
    chunks = [body] if isinstance(body, bytes) else list(body)
    target, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method,
        "scheme": scheme, "path": target, "raw_path": target.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in given],
        "client": (client, 50_000), "server": ("127.0.0.1", 8080),
    }  # fmt: skip
    return asyncio.run(_run(app, scope, chunks, disconnects, stalls))


async def _run(app: ASGIApp, scope: dict[str, Any], chunks: list[bytes], disconnects: bool, stalls: bool) -> Reply:
    waiting: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if disconnects:
        waiting.append({"type": "http.disconnect"})
    elif not stalls:
        waiting[-1]["more_body"] = False
    sent: list[Message] = []
    answered = asyncio.Event()

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            answered.set()

    await asyncio.wait_for(app(scope, receive, send), 30)
    if not sent:
        return Reply(0, {}, b"")
    fields = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], fields, b"".join(message.get("body", b"") for message in sent[1:]))
