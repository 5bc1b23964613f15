"""Where each frame's bytes lie, PS3.5 section A.4 and PS3.3 section C.7.6.3: native and encapsulated pixel data."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kontor.dicom.reading.encoding import ITEM, ITEM_GROUP, SEQUENCE_END, UNDEFINED
from kontor.dicom.reading.header import Header, InstanceHeader, PixelElement
from kontor.dicom.values import transfer_syntax

Part = tuple[int, int]
"""(offset, length) in the data set, inflated for a deflated one."""
Read = Callable[[int, int], bytes]
"""(offset, length) → bytes, fewer at the end of the data set."""

FRAGMENTS_MAX: Final = 2_000_000
_WINDOW: Final = 4096
_ENDLESS: Final = 1 << 62
_ITEM_HEAD: Final = struct.Struct("<HHI")
_FLOAT_BITS: Final = {0x7FE00008: 32, 0x7FE00009: 64}
_STARTS: Final = {
    "jpeg8": (b"\xff\xd8",),
    "jpeg12": (b"\xff\xd8",),
    "ljpeg": (b"\xff\xd8",),
    "jpegls": (b"\xff\xd8",),
    "jpeg2000": (b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0cjP  "),
    "htj2k": (b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0cjP  "),
    "jpegxl": (b"\xff\x0a", b"\x00\x00\x00\x0cJXL "),
}
_START_LENGTH: Final = 8


class FramesUnreadable(Exception):
    """The frames cannot be told apart, or the frame asked for is not there."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of one frame in order; no part when it is missing from a truncated object.

    `bit_offset`: pixels of one bit are packed over frame borders; the frame begins so many bits (from the least
    significant) into its first byte and has `bits` of them. `bits` is None where frames begin with a byte.
    """

    parts: tuple[Part, ...]
    bit_offset: int = 0
    bits: int | None = None

    @property
    def length(self) -> int:
        """Bytes of all parts."""
        return sum(length for _, length in self.parts)


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """All frames of an object. A video has no frames of its own: its stream is `whole`."""

    frames: tuple[Frame, ...]
    encapsulated: bool
    whole: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    def frame(self, number: int) -> Frame:
        """One frame, counted from 1.

        Raises:
            FramesUnreadable: no such frame, or it is missing from a truncated object.
        """
        if not 1 <= number <= len(self.frames):
            raise FramesUnreadable("no frame of this number")
        found = self.frames[number - 1]
        if not found.parts:
            raise FramesUnreadable("the frame is missing from the object as received")
        return found


def frame_index(read: Read, pixel: PixelElement, header: Header) -> FrameIndex:
    """The frame index of an object; `read` gives bytes of its data set (inflated, if it is a deflated one).

    Offset tables are believed when each offset lands on an item; else one fragment a frame, all fragments for one
    frame, or starts of code streams decide.

    Raises:
        FramesUnreadable: the frames cannot be told apart; nothing is guessed.
    """
    if pixel.length is not None:
        return FrameIndex(_native_frames(pixel, pixel.length, header.instance), encapsulated=False)
    syntax = transfer_syntax(header.transfer_syntax)
    table, fragments, complete = _walk_fragments(read, pixel.value_offset)
    notes: tuple[str, ...] = () if complete else ("truncated-pixel-data",)
    whole = tuple((offset + 8, length) for offset, length in fragments)
    if syntax.video:
        return FrameIndex((), encapsulated=True, whole=whole, notes=notes)
    count = header.instance.frames
    groups = _by_table(table, fragments, count, complete=complete)
    if groups is None:
        if table:
            notes += ("offset-table-wrong",)
        groups = _by_count(fragments, count) or _by_starts(read, fragments, count, syntax.codec)
    if groups is None:
        raise FramesUnreadable("fragments cannot be matched to frames")
    frames = tuple(Frame(tuple((offset + 8, length) for offset, length in group)) for group in groups)
    return FrameIndex(frames, encapsulated=True, whole=whole, notes=notes)


def _native_frames(pixel: PixelElement, length: int, instance: InstanceHeader) -> tuple[Frame, ...]:
    bits_allocated = _FLOAT_BITS.get(pixel.tag, instance.bits_allocated or 0)
    bits = (instance.rows or 0) * (instance.columns or 0) * max(instance.samples or 1, 1) * bits_allocated
    if instance.photometric == "YBR_FULL_422":
        bits = bits * 2 // 3
    if bits <= 0:
        raise FramesUnreadable("rows, columns or bits are missing")
    count = instance.frames
    if count > length * 8 // bits + 1:
        count = length * 8 // bits + 1  # the header promises more than the bytes can hold
    return tuple(_native_frame(pixel.value_offset, length, bits, number) for number in range(count))


def _native_frame(start: int, available: int, bits: int, number: int) -> Frame:
    first = bits * number
    last = first + bits
    begin, end = first // 8, (last + 7) // 8
    if end > available:
        return Frame(())
    aligned = bits % 8 == 0
    part = (start + begin, end - begin)
    return Frame((part,)) if aligned else Frame((part,), first % 8, bits)


class _Window:
    """Reads items through small windows: fragments are far apart, their heads are not worth a read of their size."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._start = 0
        self._bytes = b""

    def bytes(self, offset: int, length: int) -> bytes:
        at = offset - self._start
        if at < 0 or at + length > len(self._bytes):
            self._start, self._bytes = offset, self._read(offset, max(length, _WINDOW))
            at = 0
        return self._bytes[at : at + length]


def _walk_fragments(read: Read, offset: int) -> tuple[list[int], list[Part], bool]:
    """Offset table, fragments as (offset of the item tag, length of the value), and whether the end was found."""
    window = _Window(read)
    items: list[Part] = []
    complete = False
    while len(items) <= FRAGMENTS_MAX:
        head = window.bytes(offset, 8)
        if len(head) < 8:
            break
        group, number, length = _ITEM_HEAD.unpack(head)
        if group == ITEM_GROUP and number == SEQUENCE_END:
            complete = True
            break
        if group != ITEM_GROUP or number != ITEM or length == UNDEFINED:
            break
        items.append((offset, length))
        offset += 8 + length
    if not complete and items and items[-1][1] and not read(items[-1][0] + 7 + items[-1][1], 1):
        items.pop()
    if not items:
        raise FramesUnreadable("encapsulated pixel data without items")
    table_at, table_length = items[0]
    table = read(table_at + 8, table_length // 4 * 4)
    return list(struct.unpack(f"<{len(table) // 4}I", table)), items[1:], complete


def _by_table(
    table: Sequence[int], fragments: Sequence[Part], count: int, *, complete: bool
) -> list[list[Part]] | None:
    """Fragments by the Basic Offset Table, None when it is empty or any offset lands beside an item.

    Offsets behind the last fragment of a truncated object are frames that did not arrive.
    """
    if not table or not fragments or table[0] != 0 or len(table) != count:
        return None
    first = fragments[0][0]
    position = {offset - first: at for at, (offset, _) in enumerate(fragments)}
    end = _ENDLESS if complete else fragments[-1][0] - first + 8 + fragments[-1][1]
    starts = [position.get(offset, len(fragments) if offset >= end else -1) for offset in table]
    if -1 in starts or any(a >= b for a, b in pairwise(starts) if b < len(fragments)):
        return None
    bounds = [*starts[1:], len(fragments)]
    return [list(fragments[start:stop]) for start, stop in zip(starts, bounds, strict=True)]


def _by_count(fragments: Sequence[Part], count: int) -> list[list[Part]] | None:
    if len(fragments) == count:
        return [[fragment] for fragment in fragments]
    if count == 1 and fragments:
        return [list(fragments)]
    return None


def _by_starts(read: Read, fragments: Sequence[Part], count: int, codec: str | None) -> list[list[Part]] | None:
    """Fragments grouped at those that begin a code stream; missing frames of a truncated object stay empty."""
    marks = _STARTS.get(codec or "", ())
    groups: list[list[Part]] = []
    for fragment in fragments:
        if marks and read(fragment[0] + 8, _START_LENGTH).startswith(marks):
            groups.append([])
        if not groups:
            return None
        groups[-1].append(fragment)
    if not groups or len(groups) > count:
        return None
    return groups + [[] for _ in range(count - len(groups))]
