"""A data set as DICOM JSON, PS3.18 annex F, by the same walk that scans it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from kontor.dicom.dictionary import Tags
from kontor.dicom.reading.encoding import UNDEFINED, Encoding
from kontor.dicom.reading.explicit import VALUE_HELD_MAX
from kontor.dicom.reading.header import PixelElement
from kontor.dicom.reading.inflating import inflate
from kontor.dicom.reading.json_levels import JsonLevel
from kontor.dicom.reading.json_values import BINARY_WIDTHS, DicomJson, JsonElement, JsonValue, inline_binary
from kontor.dicom.reading.refusals import Malformed, TooLarge
from kontor.dicom.reading.rescue import RESCUE_BYTES, reread
from kontor.dicom.reading.sink import DEFAULT_LIMITS, KEEP, Interest, ScanLimits
from kontor.dicom.reading.walker import Walker
from kontor.dicom.values import character_set, transfer_syntax

_META_GROUP: Final = 2
_NO_LIMIT: Final = 1 << 62
DOCUMENT_BYTES_MAX: Final = 32 << 20
"""Bytes of values in one document, heads of elements included; longer values are addresses and do not count."""

_HEAD_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class BulkPolicy:
    """Which binary values stay in the document, and how the others are addressed.

    threshold: bytes up to which a binary value is InlineBinary. uri: BulkDataURI of an element's path, such as
    '7FE00010' or '00880200/1/7FE00010' (sequence, number of the item from 1, element); without it longer values
    are InlineBinary too. Encapsulated data is always bulk when there is a uri.
    """

    threshold: int = 1024
    uri: Callable[[str], str] | None = None


class _Everything:
    """Interest in every element."""

    def get(self, tag: int, default: int, /) -> int:  # noqa: ARG002 - the interface
        return KEEP


_EVERYTHING: Final = _Everything()


def to_dicom_json(
    dataset: bytes | memoryview,
    transfer_syntax_uid: str,
    *,
    bulk: BulkPolicy = BulkPolicy(),
    pixel: PixelElement | None = None,
    limits: ScanLimits = DEFAULT_LIMITS,
) -> DicomJson:
    """The data set as DICOM JSON: 8 hexadecimal digits → {'vr', 'Value' | 'InlineBinary' | 'BulkDataURI'}.

    `dataset` may be only the part before the pixel data; `pixel` then adds that element's BulkDataURI. A
    deflated data set is given whole, as stored. Group 0002, group lengths and delimiters are left out, strings
    are Unicode, (0008,0005) becomes ISO_IR 192. A damaged rest is left out.

    Raises:
        TooDeep, TooLarge: a limit was passed.
    """
    syntax = transfer_syntax(transfer_syntax_uid)
    data = memoryview(inflate(dataset, limits) if syntax.deflated else dataset)
    encoding = Encoding(syntax.implicit, syntax.big_endian)
    return _document((data,), JsonSink(data, bulk), encoding, replace(limits, value_bytes=_NO_LIMIT), pixel)


def streamed_dicom_json(
    pieces: Iterable[bytes | bytearray | memoryview],
    transfer_syntax_uid: str,
    *,
    bulk: BulkPolicy,
    pixel: PixelElement | None = None,
) -> DicomJson:
    """As `to_dicom_json`, of an inflated header in pieces, each not used after the next is asked for.

    Any value longer than a mebibyte is bulk, also a text; `bulk` needs a uri.

    Raises:
        TooDeep, TooLarge: a limit was passed, or the document would hold more than 32 MiB of values.
    """
    syntax = transfer_syntax(transfer_syntax_uid)
    sink = JsonSink(memoryview(b""), bulk, DOCUMENT_BYTES_MAX)
    limits = replace(DEFAULT_LIMITS, value_bytes=VALUE_HELD_MAX)
    return _document(pieces, sink, Encoding(syntax.implicit, syntax.big_endian), limits, pixel)


def _document(
    pieces: Iterable[bytes | bytearray | memoryview],
    sink: JsonSink,
    encoding: Encoding,
    limits: ScanLimits,
    pixel: PixelElement | None,
) -> DicomJson:
    walker = Walker(encoding, sink, _EVERYTHING, limits)
    head = b""
    try:
        for piece in pieces:
            head = head or bytes(piece[:RESCUE_BYTES])
            walker.feed(memoryview(piece))
    except Malformed:
        if not sink.elements:
            return _by_fallback(head, encoding)
    sink.settle()
    key, uri = "" if pixel is None else f"{pixel.tag:08X}", sink.bulk.uri
    if pixel is not None and uri is not None and key not in sink.elements:
        sink.elements[key] = {"vr": pixel.vr if pixel.length is not None else "OB", "BulkDataURI": uri(key)}
    return sink.elements


class JsonSink:
    """Builds the document while the walker goes on. The first of repeated elements counts."""

    def __init__(self, data: memoryview, bulk: BulkPolicy, held_max: int = _NO_LIMIT) -> None:
        self._data = data
        self.bulk = bulk
        self._may_hold = held_max
        self._level = JsonLevel(character_set(""))
        self._sequences: list[tuple[list[JsonValue], JsonElement, str]] = []
        self._undecided: list[tuple[JsonLevel, int, str, memoryview, Encoding]] = []
        self._encapsulated: list[tuple[JsonElement, int, str]] = []

    @property
    def elements(self) -> DicomJson:
        """The outermost data set's elements so far."""
        level = self._level
        while level.parent is not None:
            level = level.parent
        return level.elements

    def element(self, tag: int, vr: bytes, value: memoryview, encoding: Encoding) -> None:
        """Add an element; one whose VR depends on a later element is decided at the end."""
        key = f"{tag:08X}"
        level = self._level
        if key in level.elements or not tag & 0xFFFF or tag >> 16 == _META_GROUP:
            return
        told = level.told_vr(tag, vr)
        level.note(tag, told, value, encoding)
        if "OW" in told and tag != Tags.LUTData:
            told = level.settle_vr(tag, told)  # depends on nothing that comes later
        self._hold(_HEAD_BYTES if self._is_bulk(told, len(value)) else _HEAD_BYTES + len(value))
        if len(told) > 2:
            level.elements[key] = {"vr": told}  # its place in the order
            self._undecided.append((level, tag, told, memoryview(bytes(value)), encoding))
            return
        level.elements[key] = self._json(level, tag, told, value, encoding)

    def settle(self) -> None:
        """The walk is over: decide the elements whose VR had alternatives."""
        for level, tag, told, value, encoding in self._undecided:
            vr = level.settle_vr(tag, told)
            level.elements[f"{tag:08X}"] = self._json(level, tag, vr, value, encoding)
        self._undecided.clear()
        if self.bulk.uri is not None:
            for element, _, path in self._encapsulated:  # cut off before their end
                element["BulkDataURI"] = self.bulk.uri(path)

    def _hold(self, length: int) -> None:
        self._may_hold -= length
        if self._may_hold < 0:
            raise TooLarge("the header is too long for one document")

    def announced(self, tag: int, vr: bytes, offset: int, value_offset: int, length: int) -> None:  # noqa: ARG002
        """A value too long to be held, or encapsulated data: its address is known already, its end not yet."""
        if length != UNDEFINED and self.bulk.uri is not None:
            told = self._level.told_vr(tag, vr)
            told = self._level.settle_vr(tag, told) if len(told) > 2 else told
            uri = self.bulk.uri(f"{self._level.path}{tag:08X}")
            self._level.elements.setdefault(f"{tag:08X}", {"vr": told, "BulkDataURI": uri})
            return
        element: JsonElement = {"vr": "OB" if vr in (b"", b"UN") else vr.decode("ascii")}
        self._level.elements.setdefault(f"{tag:08X}", element)
        self._encapsulated.append((element, value_offset, f"{self._level.path}{tag:08X}"))

    def begin_sequence(self, tag: int, vr: bytes) -> Interest:  # noqa: ARG002 - the sink's interface
        """A sequence becomes an array of objects."""
        items: list[JsonValue] = []
        element: JsonElement = {"vr": "SQ", "Value": items}
        key = f"{tag:08X}"
        self._level.elements.setdefault(key, element)
        self._sequences.append((items, element, self._level.path + key))
        return _EVERYTHING

    def begin_item(self) -> None:
        """An item inherits the character set around it."""
        items, _, path = self._sequences[-1]
        parent = self._level
        self._level = JsonLevel(parent.charset, parent, f"{path}/{len(items) + 1}/")
        items.append(self._level.elements)  # type: ignore[arg-type]  # an object of elements is a JSON value

    def end_item(self) -> None:
        """Back to the data set around the item."""
        parent = self._level.parent
        if parent is not None:
            self._level = parent

    def end_sequence(self) -> None:
        """An empty sequence has no Value."""
        items, element, _ = self._sequences.pop()
        if not items:
            element.pop("Value", None)

    def fragment(self) -> None:
        """Fragments are no elements."""

    def end_fragments(self, tag: int, end: int) -> None:  # noqa: ARG002 - the sink's interface
        """Encapsulated data is addressed, or taken in whole."""
        element, start, path = self._encapsulated.pop()
        if self.bulk.uri is not None:
            element["BulkDataURI"] = self.bulk.uri(path)
        else:
            value = self._data[start : end - 8]
            element["InlineBinary"] = inline_binary(value, "OB", Encoding(implicit=False))

    def _json(self, level: JsonLevel, tag: int, vr: str, value: memoryview, encoding: Encoding) -> JsonElement:
        if vr not in BINARY_WIDTHS:
            return level.values(tag, vr, value, encoding)
        if not len(value):
            return {"vr": vr}
        if self.bulk.uri is not None and self._is_bulk(vr, len(value)):
            return {"vr": vr, "BulkDataURI": self.bulk.uri(f"{level.path}{tag:08X}")}
        return {"vr": vr, "InlineBinary": inline_binary(value, vr, encoding)}

    def _is_bulk(self, vr: str, length: int) -> bool:
        return self.bulk.uri is not None and vr in BINARY_WIDTHS and length > self.bulk.threshold


def _by_fallback(head: bytes, encoding: Encoding) -> DicomJson:
    """What the scanner's second reading finds (`rescue`), when the walk does not get anywhere."""
    sink = JsonSink(memoryview(head), BulkPolicy())
    for tag, raw in sorted(reread(head, encoding).items()):
        sink.element(tag, raw.vr, memoryview(raw.value), raw.encoding)
    sink.settle()
    return sink.elements
