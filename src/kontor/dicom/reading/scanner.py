"""The one pass over a received data set, PS3.5: pushed bytes in, a `Scan` or a refusal out."""

from __future__ import annotations

from typing import Final

from kontor.dicom.dictionary import Tags, element, is_private
from kontor.dicom.reading.collector import WANTED, Collector
from kontor.dicom.reading.encoding import PIXEL_TAGS, Encoding
from kontor.dicom.reading.header import Scan
from kontor.dicom.reading.header_building import HeaderValues, build_header, is_short
from kontor.dicom.reading.inflating import Inflater
from kontor.dicom.reading.refusals import DicomRefusal, Malformed, NotDicom, Truncated
from kontor.dicom.reading.rescue import RESCUE_BYTES, reread
from kontor.dicom.reading.sink import DEFAULT_LIMITS, ScanLimits
from kontor.dicom.reading.walker import Walker
from kontor.dicom.values import Uid, transfer_syntax

_PRIVATE_END: Final = 0x80000000


class Scanner:
    """Scans one data set without file meta information. Not for several threads.

    Slices may be cut anywhere and are not used after `feed` returns. Damage behind the four UIDs is a note
    ('unreadable-rest', 'truncated', 'truncated-pixel-data'): the bytes are kept. Damage before them is a refusal.
    """

    def __init__(self, transfer_syntax_uid: Uid, limits: ScanLimits = DEFAULT_LIMITS) -> None:
        """Expect a data set in this transfer syntax; deviations of its bytes are found and noted."""
        syntax = transfer_syntax(transfer_syntax_uid)
        self._declared = transfer_syntax_uid
        self._collector = Collector()
        declared = Encoding(syntax.implicit, syntax.big_endian)
        self._walker = Walker(declared, self._collector, WANTED, limits)
        self._inflater = Inflater(limits) if syntax.deflated else None
        self._length = 0
        self._head: bytearray | None = bytearray()
        self._broken: DicomRefusal | None = None
        self._notes: dict[str, None] = {}

    def feed(self, data: memoryview) -> None:
        """Take the next bytes of the data set.

        Raises:
            TooDeep, TooLarge: a limit was passed.
            DicomDirectory: the data set is the index of a medium.
        """
        self._length += len(data)
        if self._inflater is None:
            self._follow(data)
            return
        if self._broken is not None:
            return
        try:
            for piece in self._inflater.feed(data):
                self._follow(piece)
        except Malformed as broken:
            self._broken = broken

    def finish(self) -> Scan:
        """The result; the stream has ended.

        Raises:
            NotDicom, Truncated, Malformed: nothing that could be placed was read.
            MissingUid, BadUid: the header does not say where the object belongs.
        """
        if not self._collector.placed and self._broken is not None:
            self._rescue()
        self._collector.refuse_directory()
        self._refuse_unreadable()
        self._note_ending()
        values = HeaderValues(self._collector.values, self._collector.nested)
        header = build_header(self._declared, values)
        if is_short(self._collector.pixel, header.instance):
            self._notes["short-pixel-data"] = None
        if values.assumed:
            self._notes["charset-assumed"] = None
        if self._collector.too_long:
            self._notes["overlong-value"] = None
        notes = tuple({**self._walker.notes, **self._notes})
        return Scan(header, self._length, self._collector.pixel, notes)

    def _follow(self, data: memoryview) -> None:
        if self._head is not None:
            self._remember(data)
        if self._broken is not None:
            return
        try:
            self._walker.feed(data)
        except Malformed as broken:
            self._broken = broken

    def _remember(self, data: memoryview) -> None:
        """Keep the first bytes until the UIDs are known, for the second reading of a broken header."""
        if self._head is None:
            return
        if self._collector.placed:
            self._head = None
        elif len(self._head) < RESCUE_BYTES:
            self._head += data[: RESCUE_BYTES - len(self._head)]

    def _rescue(self) -> None:
        values = reread(bytes(self._head or b""), self._walker.encoding)
        for tag, raw in values.items():
            self._collector.values.setdefault(tag, raw)
        if values:
            self._notes["read-by-fallback"] = None

    def _refuse_unreadable(self) -> None:
        collector, walker = self._collector, self._walker
        if collector.placed:
            return
        nowhere = walker.outer_tag < 0 or walker.unfinished or self._broken is not None
        if not collector.values and (nowhere or not _may_begin(walker.first_tag)):
            raise NotDicom("no element of a DICOM object was found")
        if self._broken is not None:
            raise self._broken
        if walker.unfinished and walker.outer_tag < Tags.SeriesInstanceUID:
            raise Truncated("the stream ended before the object's UIDs")

    def _note_ending(self) -> None:
        walker = self._walker
        if self._broken is not None:
            self._notes["unreadable-rest"] = None
            return
        in_pixels = walker.outer_tag in PIXEL_TAGS
        if walker.drained:
            return
        if walker.unfinished or walker.open_levels or (self._inflater is not None and not self._inflater.finished):
            self._notes["truncated-pixel-data" if in_pixels else "truncated"] = None


def _may_begin(tag: int) -> bool:
    """Whether a tag can be the first of a data set: a public or private one of a low group."""
    if is_private(tag):
        return tag < _PRIVATE_END
    return tag & 0xFFFF == 0 or element(tag) is not None
