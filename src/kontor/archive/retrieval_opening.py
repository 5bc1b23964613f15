"""A stored object opened for reading: its header, its pixel data's place, its frames. Bytes stay where they are."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from kontor.archive.retrieval_inflating import Inflated
from kontor.archive.retrieval_model import Buffer, FrameNotThere, NotConvertible
from kontor.dicom.reading import (
    DicomRefusal,
    FrameIndex,
    FramesUnreadable,
    Scan,
    Scanner,
    TooDeep,
    TooLarge,
    frame_index,
    streamed_dicom_json,
)
from kontor.dicom.values import EXPLICIT_LITTLE, transfer_syntax
from kontor.platform.blobs import SegmentId

if TYPE_CHECKING:
    from pathlib import Path

    from kontor.archive.retrieval_model import StoredInstance
    from kontor.dicom.reading import BulkPolicy, DicomJson, PixelElement
    from kontor.dicom.values import Uid
    from kontor.platform.blobs import SegmentStore

HEADER_BYTES_MAX: Final = 32 << 20
"""Header that is held at once, for drawing and comparing; what only passes through a header streams it."""

_PIXEL_HEAD: Final = 64
"""Bytes behind the header that show the pixel element's own head and its offset table's."""

_LONG_HEADER: Final = 4 << 20
_long_documents: Final = Lock()
"""A document takes many times its header's bytes while it is built."""

_OPENED_MAX: Final = 512
_FRAMES_REMEMBERED_MAX: Final = 1_000_000


class OpenedObject:
    """Reads one stored data set; offsets count in it, inflated if it is a deflated one. It never changes."""

    def __init__(self, segments: SegmentStore, one: StoredInstance, folder: Path | None = None) -> None:
        self.of = one
        self._folder = folder
        self._segments = segments
        self._inflated: Inflated | None = None
        self.scan = self._scanned()

    @property
    def header(self) -> memoryview:
        """The data set before its pixel data, all of it without pixel data. Raises NotConvertible beyond 32 MiB."""
        if self.header_length > HEADER_BYTES_MAX:
            raise NotConvertible("the header is too long to be read at once")
        return memoryview(self.read(0, self.header_length))

    @property
    def header_length(self) -> int:
        """Bytes of the header."""
        return self.scan.pixel.offset if self.scan.pixel is not None else self.length

    @property
    def encoding(self) -> Uid:
        """The transfer syntax in which `read` and `stream` give the bytes."""
        return EXPLICIT_LITTLE if self._inflated is not None else self.of.transfer_syntax_uid

    @property
    def is_inflated(self) -> bool:
        """Whether the data set stands inflated in a file of its own: such are not kept open."""
        return self._inflated is not None

    @property
    def length(self) -> int:
        """Bytes of the data set."""
        return self._inflated.length if self._inflated is not None else self.of.length

    def read(self, offset: int, length: int) -> bytes:
        """These bytes, fewer at the end."""
        length = max(0, min(length, self.length - offset))
        if self._inflated is not None:
            return self._inflated.read(offset, length)
        if not length:
            return b""
        return self._segments.read(SegmentId(self.of.segment), self.of.offset + offset, length)

    def stream(self, offset: int, length: int) -> Iterator[Buffer]:
        """The same bytes in pieces; a piece is valid until the next is asked for."""
        if self._inflated is not None:
            return self._inflated.stream(offset, length)
        return self._segments.stream(SegmentId(self.of.segment), self.of.offset + offset, length)

    def frames(self) -> FrameIndex:
        """Where the frames lie.

        Raises:
            FrameNotThere: there are none, or they cannot be told apart.
        """
        pixel = self.scan.pixel
        if pixel is None:
            raise FrameNotThere("the object has no pixel data")
        if pixel.length is not None:  # a cut object claims more than it has: what is missing is no frame
            pixel = replace(pixel, length=max(0, min(pixel.length, self.length - pixel.value_offset)))
        try:
            return frame_index(self.read, pixel, self.scan.header)
        except FramesUnreadable as error:
            raise FrameNotThere(str(error)) from error

    def _scanned(self) -> Scan:
        one = self.of
        scanner = Scanner(one.transfer_syntax_uid)
        length = one.length if one.header_length is None else min(one.header_length + _PIXEL_HEAD, one.length)
        for piece in self._stored(length):
            scanner.feed(memoryview(piece))
        if transfer_syntax(one.transfer_syntax_uid).deflated:
            self._inflated = Inflated(self._stored(one.length), self._folder)
        return scanner.finish()

    def _stored(self, length: int) -> Iterator[Buffer]:
        return self._segments.stream(SegmentId(self.of.segment), self.of.offset, length)


def document_of(opened: OpenedObject, bulk: BulkPolicy, pixel: PixelElement | None = None) -> DicomJson:
    """The header as DICOM JSON with addresses for long values, read in pieces; long headers one at a time a process.

    Raises:
        NotConvertible: the document would be too long.
    """
    turn = _long_documents if opened.header_length > _LONG_HEADER else nullcontext()
    try:
        with turn:
            pieces = opened.stream(0, opened.header_length)
            return streamed_dicom_json(pieces, opened.encoding, bulk=bulk, pixel=pixel)
    except (TooDeep, TooLarge) as error:
        raise NotConvertible(error.reason) from error


class OpenedObjects:
    """Frame indexes and headers that this process read lately, so that 500 frames of one object open it once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Remember nothing yet; deflated data sets are inflated into files below `folder`."""
        self._folder = folder
        self._lock = Lock()
        self._opened: OrderedDict[str, tuple[OpenedObject, FrameIndex | None]] = OrderedDict()
        self._frames = 0

    def open(self, segments: SegmentStore, one: StoredInstance) -> OpenedObject:
        """Open an object, or take it from memory.

        Raises:
            NotConvertible: the bytes are no readable data set any more.
        """
        with self._lock:
            known = self._opened.get(one.digest)
        if known is not None and known[0].of == one:
            return known[0]
        try:
            opened = OpenedObject(segments, one, self._folder)
        except DicomRefusal as error:
            raise NotConvertible(error.reason) from error
        return opened if opened.is_inflated else self._remember(opened, None)

    def frames(self, opened: OpenedObject) -> FrameIndex:
        """The frame index of an opened object. Raises FrameNotThere as it does."""
        with self._lock:
            known = self._opened.get(opened.of.digest)
        if known is not None and known[1] is not None:
            return known[1]
        index = opened.frames()
        if not opened.is_inflated:
            self._remember(opened, index)
        return index

    def _remember(self, opened: OpenedObject, index: FrameIndex | None) -> OpenedObject:
        with self._lock:
            before = self._opened.pop(opened.of.digest, None)
            self._frames += _size(index) - (_size(before[1]) if before else 0)
            self._opened[opened.of.digest] = (opened, index)
            while len(self._opened) > _OPENED_MAX or (self._frames > _FRAMES_REMEMBERED_MAX and len(self._opened) > 1):
                _, (_, dropped) = self._opened.popitem(last=False)
                self._frames -= _size(dropped)
        return opened


def _size(index: FrameIndex | None) -> int:
    return len(index.frames) if index is not None else 0
