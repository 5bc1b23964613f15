"""Reader of `multipart/related` bodies that stream, RFC 2387 and RFC 2046 5.1.1, for PS3.18 10.5.

Chunks may be cut anywhere. A part's content is handed on while it arrives: only the tail that might begin a
delimiter is held back. Content between two parts is read by whoever iterates; what is left of a part is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kontor.doors.http.media_types import parse_media_type
from kontor.doors.http.problems import Problem

_BOUNDARY: Final = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_CRLF: Final = b"\r\n"


@dataclass(frozen=True, slots=True)
class RelatedLimits:
    """Limits on a body: parts, bytes of one part's header, bytes of one part's content."""

    parts: int = 100_000
    header_bytes: int = 16_384
    part_bytes: int = 8 << 30
    preamble_bytes: int = 65_536


@dataclass(slots=True)
class Part:
    """One part: header fields by lower-case name, and its content, to be iterated once."""

    headers: Mapping[str, str]
    _content: Iterator[bytes] = field(repr=False)

    @property
    def content_type(self) -> str:
        """The Content-Type field, '' if absent."""
        return self.headers.get("content-type", "")

    def __iter__(self) -> Iterator[bytes]:
        """Chunks of the content."""
        return self._content


def boundary_of(content_type: str) -> bytes:
    """The boundary of a multipart/related Content-Type. Raises Problem for anything else."""
    media = parse_media_type(content_type)
    if media is None or media.name != "multipart/related":
        raise Problem("media-type", "multipart/related")
    boundary = media.parameters.get("boundary", "")
    if _BOUNDARY.fullmatch(boundary) is None:
        raise Problem("malformed-multipart", "boundary")
    return boundary.encode("ascii")


def read_related(chunks: Iterable[bytes], boundary: bytes, limits: RelatedLimits | None = None) -> Iterator[Part]:
    """The parts of a body, one after the other; the next one is looked for when asked for.

    Raises Problem 'malformed-multipart' when the body ends within a part, has no final delimiter or breaks a limit,
    and whatever `chunks` raises.
    """
    limit = limits or RelatedLimits()
    source = _Source(iter(chunks), b"\r\n--" + boundary)
    for _ in source.until_delimiter(limit.preamble_bytes):
        pass
    count = 0
    while not source.closes():
        count += 1
        if count > limit.parts:
            raise Problem("malformed-multipart", "too many parts")
        headers = _headers(source.header(limit.header_bytes))
        content = source.until_delimiter(limit.part_bytes)
        yield Part(headers, content)
        for _ in content:
            pass


class _Source:
    """Bytes not handed on yet. The virtual CRLF in front makes the first delimiter like all others."""

    def __init__(self, chunks: Iterator[bytes], delimiter: bytes) -> None:
        self._chunks = chunks
        self._delimiter = delimiter
        self._held = bytearray(_CRLF)

    def until_delimiter(self, limit: int) -> Iterator[bytes]:
        """Content up to the next delimiter, which is consumed."""
        passed = 0
        keep = len(self._delimiter) - 1
        while (at := self._held.find(self._delimiter)) < 0:
            if len(self._held) > keep:
                piece = bytes(self._held[:-keep])
                del self._held[:-keep]
                passed += len(piece)
                _check(passed, limit)
                yield piece
            self._more()
        piece = bytes(self._held[:at])
        del self._held[: at + len(self._delimiter)]
        _check(passed + len(piece), limit)
        if piece:
            yield piece

    def closes(self) -> bool:
        """After a delimiter: whether it was the last. Consumes what belongs to its line."""
        while len(self._held) < 2:
            self._more()
        if self._held.startswith(b"--"):
            return True
        while (at := self._held.find(_CRLF)) < 0:
            if self._held.strip(b" \t\r"):
                raise Problem("malformed-multipart", "text after a boundary")
            self._more()
        if self._held[:at].strip(b" \t"):
            raise Problem("malformed-multipart", "text after a boundary")
        del self._held[:at]  # the CRLF stays: it begins the header or, doubled, ends an empty one
        return False

    def header(self, limit: int) -> bytes:
        """The header of a part up to its empty line. A part without header fields begins with the empty line."""
        while (at := self._held.find(_CRLF + _CRLF)) < 0:
            if len(self._held) > limit:
                raise Problem("malformed-multipart", "header too long")
            self._more()
        if at > limit:
            raise Problem("malformed-multipart", "header too long")
        found = bytes(self._held[:at])
        del self._held[: at + 2]
        # A part without content may end at its empty line: then that line's CRLF is the delimiter's.
        while len(self._held) < len(self._delimiter) and self._delimiter.startswith(self._held):
            self._more()
        if not self._held.startswith(self._delimiter):
            del self._held[:2]
        return found

    def _more(self) -> None:
        for chunk in self._chunks:
            if chunk:
                self._held += chunk
                return
        raise Problem("malformed-multipart", "the body ends before its last boundary")


def _check(passed: int, limit: int) -> None:
    if passed > limit:
        raise Problem("body-too-large", "a part is too large")


def _headers(header: bytes) -> dict[str, str]:
    """Header fields, folded lines joined. Lines that are no field are refused: they hide things from one reader."""
    fields: dict[str, str] = {}
    text = re.sub(rb"\r\n[ \t]+", b" ", header)
    for line in filter(None, text.split(_CRLF)):
        name, colon, value = line.partition(b":")
        if not colon or re.fullmatch(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", name) is None:
            raise Problem("malformed-multipart", "a line of a part's header is no field")
        fields[name.decode("ascii").lower()] = value.strip().decode("latin-1")
    return fields
