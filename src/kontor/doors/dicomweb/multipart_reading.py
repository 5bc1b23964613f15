"""Parts of a `multipart/related` body as they arrive, RFC 2046 5.1 and RFC 2387: nothing is held whole. Pure.

Tolerated, because senders do it: a missing first CRLF, parts without header fields, no Content-Length, white space
after a boundary, a last boundary without its CRLF. Not tolerated: a body that ends before its last boundary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

HEADERS_MAX: Final = 16 * 1024
"""Bytes of a part's header fields."""
PREAMBLE_MAX: Final = 64 * 1024
"""Bytes before the first boundary that are passed over."""
BOUNDARY_MAX: Final = 70
"""Characters, RFC 2046 5.1.1."""

_CRLF: Final = b"\r\n"
_PADDING_MAX: Final = 256


class MalformedMultipart(ValueError):
    """The parts cannot be told apart; its text never repeats what was sent."""


@dataclass(slots=True)
class BodyPart:
    """One part: header fields in lower case, and its bytes, which must be taken before the next part is asked for."""

    headers: Mapping[str, str]
    chunks: Iterator[bytes]

    @property
    def media_type(self) -> str:
        """The content type with its parameters, '' if not said."""
        return self.headers.get("content-type", "")


def body_parts(chunks: Iterator[bytes], boundary: str, *, parts_max: int) -> Iterator[BodyPart]:
    """Yield the parts in order. What a caller leaves of a part is passed over.

    Raises:
        MalformedMultipart: no boundary, more than `parts_max` parts, endless header fields, or an early end.
    """
    reader = _Reader(chunks, boundary)
    reader.skip_preamble()
    for _ in range(parts_max):
        if reader.at_end():
            return
        part = BodyPart(reader.headers(), reader.body())
        yield part
        for _rest in part.chunks:
            pass
    if not reader.at_end():
        raise MalformedMultipart(f"more than {parts_max} parts")


class _Reader:
    """A window over the body: bytes that were received and not handed on yet."""

    def __init__(self, chunks: Iterator[bytes], boundary: str) -> None:
        if not 0 < len(boundary) <= BOUNDARY_MAX or not boundary.isascii():
            raise MalformedMultipart("no usable boundary")
        self._chunks = chunks
        self._delimiter = _CRLF + b"--" + boundary.encode()
        self._window = bytearray(_CRLF)  # so that a first boundary without CRLF is one as well
        self._inside = False  # whether a part's bytes are still to come

    def skip_preamble(self) -> None:
        """Pass over everything up to the first boundary."""
        while (at := self._window.find(self._delimiter)) < 0:
            if len(self._window) > PREAMBLE_MAX or not self._more():
                raise MalformedMultipart("no boundary")
        del self._window[: at + len(self._delimiter)]

    def at_end(self) -> bool:
        """After a boundary: whether it was the last. Takes the rest of its line."""
        while len(self._window) < len(_CRLF) and self._more():
            pass
        if self._window.startswith(b"--"):
            return True
        while (at := self._window.find(_CRLF)) < 0:
            if len(self._window) > _PADDING_MAX or not self._more():
                raise MalformedMultipart("boundary without end of line")
        if self._window[:at].strip(b" \t"):
            raise MalformedMultipart("characters after a boundary")
        del self._window[:at]
        return False

    def headers(self) -> dict[str, str]:
        """Header fields up to the empty line; none when the part begins with it."""
        while (at := self._window.find(_CRLF + _CRLF)) < 0:
            if len(self._window) > HEADERS_MAX or not self._more():
                raise MalformedMultipart("a part's header fields do not end")
        if at > HEADERS_MAX:
            raise MalformedMultipart("a part's header fields are too long")
        lines = bytes(self._window[:at]).decode("latin-1").split("\r\n")
        del self._window[: at + 2 * len(_CRLF)]
        self._window[:0] = _CRLF  # an empty body is followed by its boundary at once
        named = (line.partition(":") for line in lines if ":" in line)
        return {name.strip().lower(): value.strip() for name, _, value in named}

    def body(self) -> Iterator[bytes]:
        """Bytes of the part up to the boundary, which is taken too."""
        first = True
        keep = len(self._delimiter) - 1
        while (at := self._window.find(self._delimiter)) < 0:
            if len(self._window) > keep + len(_CRLF):
                yield self._take(len(self._window) - keep, first=first)
                first = False
            if not self._more():
                raise MalformedMultipart("the body ends inside a part")
        if at > 0:
            last = self._take(at, first=first)
            if last:
                yield last
        del self._window[: len(self._delimiter)]

    def _take(self, count: int, *, first: bool) -> bytes:
        taken = bytes(memoryview(self._window)[len(_CRLF) if first else 0 : count])
        del self._window[:count]
        return taken

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._window += chunk
        return True
