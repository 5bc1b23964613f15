"""Writer of `multipart/related` answers that stream, RFC 2387, for PS3.18 8.6.1.2."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kontor.doors.http.calls import Buffer


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """One part to be written: header fields and content."""

    headers: Mapping[str, str]
    content: Iterable[Buffer] = field(repr=False)


def new_boundary() -> str:
    """A boundary of 128 random bits: no content can hold it except by having seen it."""
    return f"kontor-{secrets.token_hex(16)}"


def related_content_type(part_type: str, boundary: str, extra: str = "") -> str:
    """The Content-Type of an answer whose parts are of `part_type`; `extra` e.g. '; transfer-syntax=…'."""
    return f'multipart/related; type="{part_type}"; boundary={boundary}{extra}'


def write_related(parts: Iterable[RelatedPart], boundary: str) -> Iterator[Buffer]:
    """The body: parts one after the other, large buffers handed through uncopied. At least one part is expected."""
    delimiter = f"--{boundary}\r\n".encode()
    for number, part in enumerate(parts):
        header = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in part.headers.items())
        yield (b"\r\n" if number else b"") + delimiter + header.encode("latin-1") + b"\r\n"
        yield from part.content
    yield f"\r\n--{boundary}--\r\n".encode()


def _one_line(value: str) -> str:
    """A header value cannot begin another field."""
    if "\r" in value or "\n" in value or "\x00" in value:
        raise ValueError("a header field's value holds a line break")
    return value
