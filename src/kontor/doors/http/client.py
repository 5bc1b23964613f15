"""The browser client: hashed assets for ever, index.html for every route of the client, nothing outside its folder."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.requests import Request

from kontor.doors.http.answering import send_bytes

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_HASHED: Final = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_FILE: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,11}$")
"""A path that ends so asks for a file; one that ends in a UID is a route of the client."""

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_REVALIDATE: Final = "no-cache"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
_ABSENT: Final = b"The browser client is not built. Run: make web\n"


@dataclass(frozen=True, slots=True)
class _Asset:
    path: Path
    media_type: str
    cache: str


class ClientFiles:
    """Files of the built client. The folder is listed once: a name that is not in the list does not exist."""

    def __init__(self, folder: Path | None) -> None:
        self._assets: dict[str, _Asset] = {}
        for path in sorted(folder.rglob("*")) if folder is not None else ():
            if folder is not None and path.is_file() and path.suffix not in {".gz", ".map"}:
                self._assets["/" + path.relative_to(folder).as_posix()] = _asset(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD of a file or of a client's route."""
        request = Request(scope, receive)
        if request.method not in {"GET", "HEAD"}:
            await send_bytes(405, {"allow": "GET, HEAD", "content-type": "text/plain"}, b"", send)
            return
        path = scope["path"]
        asset = self._assets.get(path)
        if asset is None and _FILE.search(path) is None:
            asset = self._assets.get("/index.html")
            if asset is None:
                await send_bytes(503, {"content-type": "text/plain; charset=utf-8"}, _ABSENT, send)
                return
        if asset is None:
            await send_bytes(404, {"content-type": "text/plain; charset=utf-8"}, b"not found\n", send)
            return
        await _send_asset(asset, request, send)


def _asset(path: Path) -> _Asset:
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _Asset(path, media_type, _FOR_EVER if _HASHED.search(path.name) else _REVALIDATE)


async def _send_asset(asset: _Asset, request: Request, send: Send) -> None:
    status = asset.path.stat()
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    headers = {"content-type": asset.media_type, "cache-control": asset.cache, "etag": tag, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == tag:
        await send_bytes(304, headers, b"", send)
        return
    packed = asset.path.with_name(asset.path.name + ".gz")
    if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
        headers["content-encoding"] = "gzip"
        body = packed.read_bytes()
    else:
        body = asset.path.read_bytes()
    if request.method == "HEAD":
        headers["content-length"] = str(len(body))
        await send({"type": "http.response.start", "status": 200, "headers": [
            (name.encode(), value.encode()) for name, value in headers.items()
        ]})  # fmt: skip
        await send({"type": "http.response.body", "body": b""})
        return
    await send_bytes(200, headers, body, send)
