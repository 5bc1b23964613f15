"""A header written again in Explicit VR Little Endian, PS3.5 annex A.2, by the same walk that scans it."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, NamedTuple

from kontor.dicom.dictionary import Tag
from kontor.dicom.reading.encoding import ITEM, ITEM_END, ITEM_GROUP, SEQUENCE_END, UNDEFINED, Encoding
from kontor.dicom.reading.json_levels import JsonLevel
from kontor.dicom.reading.refusals import Malformed
from kontor.dicom.reading.sink import DEFAULT_LIMITS, KEEP, Interest
from kontor.dicom.reading.walker import Walker
from kontor.dicom.values import character_set, transfer_syntax

_LONG_FORM: Final = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "SV", "UC", "UN", "UR", "UT", "UV"})
_WIDTHS: Final[Mapping[str, int]] = (
    dict.fromkeys(("US", "SS", "OW", "AT"), 2)
    | dict.fromkeys(("UL", "SL", "FL", "OF", "OL"), 4)
    | dict.fromkeys(("FD", "OD", "UV", "SV", "OV"), 8)
)
_CODES: Final = {2: "H", 4: "I", 8: "Q"}
_SHORT_MAX: Final = 0xFFFF
VALUE_HELD_MAX: Final = 1 << 20
"""Bytes of the longest value that is held while a header is written again or turned into a document."""


class _Everything:
    """Interest in every element."""

    def get(self, tag: int, default: int, /) -> int:  # noqa: ARG002 - the interface
        return KEEP


_EVERYTHING: Final = _Everything()


class LongValue(NamedTuple):
    """A value that nobody holds: `length` bytes of the source at `offset`, to be swapped in words of `word` bytes."""

    offset: int
    length: int
    word: int = 1


def explicit_pieces(
    pieces: Iterable[bytes | bytearray | memoryview],
    length: int,
    transfer_syntax_uid: str,
    replaced: Mapping[Tag, bytes] | None = None,
) -> Iterator[bytes | LongValue]:
    """The elements before the pixel data in Explicit VR Little Endian; a damaged rest is left out.

    `pieces` are the `length` bytes of the header; a piece is not used after the next is asked for. Of values longer
    than a mebibyte only the place is told. `replaced` gives other values (even length, little endian) to elements of
    the outermost level. Group lengths, which would be wrong now, are left out; sequences and items get undefined
    length.

    Raises:
        TooDeep, TooLarge: a limit was passed.
    """
    syntax = transfer_syntax(transfer_syntax_uid)
    writer = _ExplicitWriter(replaced or {}, length, big_endian=syntax.big_endian)
    limits = replace(DEFAULT_LIMITS, value_bytes=VALUE_HELD_MAX)
    walker = Walker(Encoding(syntax.implicit, syntax.big_endian), writer, _EVERYTHING, limits)
    with suppress(Malformed):
        for piece in pieces:
            walker.feed(memoryview(piece))
            yield from writer.taken()
    yield from writer.taken()


def explicit_head(tag: int, vr: str, length: int) -> bytes:
    """Tag, VR and length of an element; `length` UNDEFINED for sequences and encapsulated data."""
    group, number = tag >> 16, tag & 0xFFFF
    if vr in _LONG_FORM or vr == "SQ":
        return struct.pack("<HH2sHI", group, number, vr.encode(), 0, length)
    return struct.pack("<HH2sH", group, number, vr.encode(), length)


class _ExplicitWriter:
    """Sink that writes what it is told."""

    def __init__(self, replaced: Mapping[Tag, bytes], end: int, *, big_endian: bool) -> None:
        self._written = bytearray()
        self._done: list[bytes | LongValue] = []
        self._replaced = replaced
        self._end = end
        self._big_endian = big_endian
        self._level = JsonLevel(character_set(""))

    def taken(self) -> list[bytes | LongValue]:
        """What was written since the last call."""
        done, self._done = [*self._done, bytes(self._written)], []
        self._written.clear()
        return done

    def element(self, tag: int, vr: bytes, value: memoryview, encoding: Encoding) -> None:
        """Write one element, its words in little endian."""
        if not tag & 0xFFFF:
            return
        told = self._told(tag, vr)
        self._level.note(tag, told, value, encoding)
        changed = self._replaced.get(Tag(tag)) if self._level.parent is None else None
        data = changed if changed is not None else _little_endian(value, told, encoding)
        self._written += _fitting_head(tag, told, len(data)) + data

    def announced(self, tag: int, vr: bytes, offset: int, value_offset: int, length: int) -> None:  # noqa: ARG002
        """Write a long value's head and tell its place. Pixel data is written by whoever asked for the header."""
        if length == UNDEFINED:
            return
        if value_offset + length > self._end:
            raise Malformed("the stream ends inside a value")
        told = self._told(tag, vr)
        self._written += _fitting_head(tag, told, length)
        word = _WIDTHS.get(told, 1) if self._big_endian else 1
        self._done += [bytes(self._written), LongValue(value_offset, length, 1 if length % word else word)]
        self._written.clear()

    def _told(self, tag: int, vr: bytes) -> str:
        told = self._level.told_vr(tag, vr)
        return self._level.settle_vr(tag, told) if len(told) > 2 else told

    def begin_sequence(self, tag: int, vr: bytes) -> Interest:  # noqa: ARG002 - the sink's interface
        """A sequence of undefined length."""
        self._written += explicit_head(tag, "SQ", UNDEFINED)
        return _EVERYTHING

    def begin_item(self) -> None:
        """An item of undefined length."""
        self._level = JsonLevel(self._level.charset, self._level)
        self._written += struct.pack("<HHI", ITEM_GROUP, ITEM, UNDEFINED)

    def end_item(self) -> None:
        """The item's delimiter."""
        if self._level.parent is not None:
            self._level = self._level.parent
        self._written += struct.pack("<HHI", ITEM_GROUP, ITEM_END, 0)

    def end_sequence(self) -> None:
        """The sequence's delimiter."""
        self._written += struct.pack("<HHI", ITEM_GROUP, SEQUENCE_END, 0)

    def fragment(self) -> None:
        """Fragments are no elements."""

    def end_fragments(self, tag: int, end: int) -> None:
        """Nothing was begun."""


def _fitting_head(tag: int, vr: str, length: int) -> bytes:
    """The head of a value; one too long for the short form of its VR is UN (PS3.5 section 6.2.2 note 3)."""
    return explicit_head(tag, "UN" if length > _SHORT_MAX and vr not in _LONG_FORM else vr, length)


def _little_endian(value: memoryview, vr: str, encoding: Encoding) -> bytes:
    width = _WIDTHS.get(vr, 1)
    if not encoding.big_endian or width == 1 or len(value) % width:
        return bytes(value)
    words = array(_CODES[width], bytes(value))
    words.byteswap()
    return words.tobytes()
