"""One pass over a data set's elements, PS3.5 section 7: bytes pushed in, elements told to a sink.

Slices may be cut anywhere. Memory is bounded by the longest value that is kept; values that nobody wants are
skipped without looking at them. Nesting is a list, never the interpreter's stack.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from kontor.dicom.dictionary import sequence_tags
from kontor.dicom.reading import encoding as e
from kontor.dicom.reading.encoding import Encoding
from kontor.dicom.reading.refusals import Malformed, TooDeep, TooLarge
from kontor.dicom.reading.sink import IGNORE, Interest, ScanLimits, Sink

_ENDLESS: Final = 1 << 63


class _Kind(IntEnum):
    DATASET = 0
    SEQUENCE = 1
    FRAGMENTS = 2


class _Level(NamedTuple):
    kind: _Kind
    end: int
    encoding: Encoding
    interest: Interest
    tag: int
    suspect: bool = False  # inside UN: implicit by the standard, explicit in some files


_NOTHING: Final[Mapping[int, int]] = {}
_UNTOLD: Final = frozenset({b"", b"UN"})
"""VRs that leave it to the dictionary whether the value is a sequence."""


class Walker:
    """Walks one data set. `feed` until the stream ends, then look at the properties."""

    def __init__(self, declared: Encoding, sink: Sink, interest: Interest, limits: ScanLimits) -> None:
        self._sink = sink
        self._limits = limits
        self._level = _Level(_Kind.DATASET, _ENDLESS, declared, interest, 0)
        self._stack: list[_Level] = []
        self._held = b""
        self._more: list[bytes] = []
        self._more_length = 0
        self._need = 8
        self._offset = 0
        self._skip = 0
        self._count = 0
        self._depth = 0
        self._last = -1
        self._lasts: list[int] = []
        self._started = False
        self.drained = False
        self.first_tag = 0
        self.notes: dict[str, None] = {}

    @property
    def offset(self) -> int:
        """Bytes of the data set seen so far."""
        return self._offset + len(self._held) + self._more_length

    @property
    def encoding(self) -> Encoding:
        """The encoding of the outermost data set as found."""
        return self._stack[0].encoding if self._stack else self._level.encoding

    @property
    def unfinished(self) -> bool:
        """Whether the stream ended inside an element's header or value."""
        return bool(self._skip or self._held or self._more)

    @property
    def open_levels(self) -> int:
        """Sequences, items and encapsulated values that were not closed yet."""
        return len(self._stack)

    @property
    def outer_tag(self) -> int:
        """The element of the outermost level met last, -1 before the first; its value may go on."""
        return self._lasts[0] if self._lasts else self._last

    def feed(self, data: memoryview) -> None:
        """Take the next bytes.

        Raises:
            Malformed: the structure cannot be followed any further.
            TooDeep, TooLarge: a limit was passed.
        """
        if self.drained:
            self._offset += len(data)
            return
        if self._skip:
            if len(data) <= self._skip:
                self._skip -= len(data)
                self._offset += len(data)
                return
            data = data[self._skip :]
            self._offset += self._skip
            self._skip = 0
        if self._held or self._more:
            if len(self._held) + self._more_length + len(data) < self._need:
                self._more.append(bytes(data))
                self._more_length += len(data)
                return
            data = memoryview(b"".join((self._held, *self._more, data)))
            self._held, self._more, self._more_length = b"", [], 0
        used = self._walk(data)
        self._offset += min(used, len(data))
        if used >= len(data):
            self._skip = used - len(data)
        else:
            self._held = bytes(data[used:])

    def _walk(self, buf: memoryview) -> int:
        """Follow the elements in `buf`; the bytes used, more than it has where a value goes on behind it."""
        pos, size = 0, len(buf)
        if not self._started:
            if size < 8:
                self._need = 8
                return 0
            self._start(bytes(buf[:8]))
        while pos < size and not self.drained:
            if self._offset + pos >= self._level.end:
                self._close_ended(self._offset + pos)
            if self._level.kind is _Kind.DATASET:
                moved = self._elements(buf, pos, size)
            else:
                moved = self._item_or_fragment(buf, pos, size)
            if moved == pos:
                return pos
            pos = moved
        if pos < size:  # drained
            return size
        self._close_ended(self._offset + pos)
        return pos

    def _start(self, head: bytes) -> None:
        found, note = e.detect(head, self._level.encoding)
        if note:
            self.notes[note] = None
        self._level = self._level._replace(encoding=found)
        self._started = True
        group, number, _ = e.IMPLICIT_HEADS[found.big_endian].unpack(head)
        self.first_tag = group << 16 | number

    def _elements(self, buf: memoryview, pos: int, size: int) -> int:
        """The hot loop: elements of one level, until the level changes or bytes run out."""
        level, sink = self._level, self._sink
        encoding, interest = level.encoding, level.interest.get
        implicit, big = encoding.implicit, encoding.big_endian
        unpack = (e.IMPLICIT_HEADS if implicit else e.EXPLICIT_HEADS)[big].unpack_from
        unpack_length = e.LENGTHS[big].unpack_from
        forms, sequences = e.FORMS, sequence_tags()
        end, limits = min(size, level.end - self._offset), self._limits
        vr, form = b"", 8
        while pos < end:
            if size - pos < 8:
                return self._wait(pos, 8)
            if implicit:
                group, number, length = unpack(buf, pos)
            else:
                group, number, vr, length = unpack(buf, pos)
                form = forms.get(vr, 0)
                if form == 12:
                    if size - pos < 12:
                        return self._wait(pos, 12)
                    length = unpack_length(buf, pos + 8)[0]
            if group == 0xFFFE:
                return self._delimiter(number, pos, buf)
            if group == 0 and not self._stack and self._last > 0:
                return self._drain(size)
            if form == 0:
                vr, form, length = self._odd_header(vr, buf, pos, big=big)
                if size - pos < form:
                    return self._wait(pos, form)
            tag = group << 16 | number
            if length == 0xFFFFFFFF or vr == b"SQ" or (vr in _UNTOLD and tag in sequences):
                return self._begin(tag, vr, pos, form, length)
            wanted = interest(tag, 0)
            if wanted:
                if wanted == 1 and length <= limits.value_bytes:
                    if size - pos < form + length:
                        return self._wait(pos, form + length)
                    sink.element(tag, vr, buf[pos + form : pos + form + length], encoding)
                else:
                    at = self._offset + pos
                    sink.announced(tag, vr, at, at + form, length)
            if tag <= self._last:
                self._disorder(tag)
            self._last = tag
            self._count += 1
            if self._count > limits.elements:
                raise TooLarge("more elements than the limit allows")
            pos += form + length
        return pos

    def _wait(self, pos: int, need: int) -> int:
        self._need = need
        return pos

    def _count_one(self) -> None:
        self._count += 1
        if self._count > self._limits.elements:
            raise TooLarge("more elements than the limit allows")

    def _disorder(self, tag: int) -> None:
        self.notes["repeated-element" if tag == self._last else "unordered-elements"] = None

    def _odd_header(self, vr: bytes, buf: memoryview, pos: int, *, big: bool) -> tuple[bytes, int, int]:
        """VR, header length and value length where the VR is none of the standard."""
        short = int.from_bytes(buf[pos + 6 : pos + 8], "big" if big else "little")
        if vr in e.PLACEHOLDER_VRS:
            self.notes["placeholder-vr"] = None
            return b"", e.SHORT, short
        if not e.is_letters(vr):
            self.notes["implicit-element"] = None
            return b"", e.SHORT, e.LENGTHS[big].unpack_from(buf, pos + 4)[0]
        self.notes["unknown-vr"] = None
        if short:
            return b"UN", e.SHORT, short
        if len(buf) - pos < e.LONG:
            return b"UN", e.LONG, 0
        return b"UN", e.LONG, e.LENGTHS[big].unpack_from(buf, pos + 8)[0]

    def _drain(self, size: int) -> int:
        """Zeros behind the last element: files are padded to whole blocks; nothing in there is an element."""
        self.notes["trailing-bytes"] = None
        self.drained = True
        return size

    def _begin(self, tag: int, vr: bytes, pos: int, form: int, length: int) -> int:
        """A sequence or encapsulated value starts."""
        if tag <= self._last:
            self._disorder(tag)
        self._last = tag
        self._count_one()
        at = self._offset + pos
        undefined = length == e.UNDEFINED
        end = _ENDLESS if undefined else at + form + length
        level = self._level
        if undefined and (vr in e.FRAGMENT_VRS or tag in e.PIXEL_TAGS):
            if level.interest.get(tag, IGNORE):
                self._sink.announced(tag, vr, at, at + form, length)
            self._push(_Level(_Kind.FRAGMENTS, _ENDLESS, level.encoding, _NOTHING, tag))
            return pos + form
        self._depth += 1
        if self._depth > self._limits.depth:
            raise TooDeep(f"sequences nested deeper than {self._limits.depth}")
        if vr not in (b"SQ", b"UN", b""):
            self.notes["undefined-length"] = None
        suspect = vr == b"UN"
        encoding = e.IMPLICIT_LITTLE_ENDIAN if suspect else level.encoding
        interest = self._sink.begin_sequence(tag, vr)
        self._push(_Level(_Kind.SEQUENCE, end, encoding, interest, tag, suspect))
        self._close_ended(at + form)
        return pos + form

    def _item_or_fragment(self, buf: memoryview, pos: int, size: int) -> int:
        """Inside a sequence or encapsulated value: the next item, fragment or delimiter."""
        level = self._level
        if size - pos < 8:
            self._need = 8
            return pos
        group, number, length = e.IMPLICIT_HEADS[level.encoding.big_endian].unpack_from(buf, pos)
        if group == e.ITEM_GROUP and number == e.SEQUENCE_END:
            self._pop(self._offset + pos + 8)
            return pos + 8
        if group != e.ITEM_GROUP or number != e.ITEM:
            return self._no_item()
        self._count_one()
        if level.kind is _Kind.FRAGMENTS:
            if length == e.UNDEFINED:
                raise Malformed("fragment of undefined length")
            self._sink.fragment()
            return pos + 8 + int(length)
        encoding = level.encoding
        if level.suspect and length >= 8:
            if size - pos < 16:
                self._need = 16
                self._count -= 1
                return pos
            if bytes(buf[pos + 12 : pos + 14]) in e.FORMS:
                encoding = Encoding(implicit=False)
                self.notes["explicit-in-un"] = None
        self._begin_item(pos, length, encoding)
        return pos + 8

    def _begin_item(self, pos: int, length: int, encoding: Encoding) -> None:
        level = self._level
        end = _ENDLESS if length == e.UNDEFINED else self._offset + pos + 8 + length
        self._sink.begin_item()
        self._push(_Level(_Kind.DATASET, end, encoding, level.interest, level.tag))
        self._close_ended(self._offset + pos + 8)

    def _no_item(self) -> int:
        """Bytes that are no item where one must be: with a known end they are skipped, else nothing helps."""
        level = self._level
        if level.end == _ENDLESS:
            raise Malformed("no item where a sequence or fragment needs one")
        self.notes["unreadable-sequence"] = None
        end = level.end
        self._pop(end)
        return end - self._offset

    def _delimiter(self, number: int, pos: int, buf: memoryview) -> int:
        """An item tag between elements: an item's end, or an end that somebody forgot."""
        if not self._stack:
            if number == e.ITEM:
                raise Malformed("item outside a sequence")
            self.notes["stray-delimiter"] = None
        elif number == e.ITEM_END:
            if self._level.end == _ENDLESS:
                self._pop(self._offset + pos + 8)
            else:
                self.notes["stray-delimiter"] = None
        else:  # the item's own end is missing; its sequence looks at the tag again
            self.notes["missing-delimiter"] = None
            self._pop(self._offset + pos)
            return self._item_or_fragment(buf, pos, len(buf))
        return pos + 8

    def _push(self, level: _Level) -> None:
        self._stack.append(self._level)
        self._lasts.append(self._last)
        self._level = level
        self._last = -1

    def _pop(self, at: int) -> None:
        """The current level ends at this offset."""
        closed = self._level
        self._level = self._stack.pop()
        self._last = self._lasts.pop()
        if closed.kind is _Kind.DATASET:
            self._sink.end_item()
        elif closed.kind is _Kind.SEQUENCE:
            self._depth -= 1
            self._sink.end_sequence()
        else:
            self._sink.end_fragments(closed.tag, at)

    def _close_ended(self, at: int) -> None:
        """Leave every level of defined length that ends here or ended before."""
        while at >= self._level.end:
            if at > self._level.end:
                self.notes["length-overrun"] = None
            self._pop(self._level.end)
