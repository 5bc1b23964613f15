"""Append records to a segment: slices in, one sync, a durable place out. Memory is one fixed buffer a writer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol
from zlib import crc32

from kontor.platform.blobs.disk import Buffer, DiskFile
from kontor.platform.blobs.errors import BlobError, WriterMisused, translated
from kontor.platform.blobs.layout import HEAD_SIZE, HEADER_SIZE, Head, RecordKind, Trailer
from kontor.platform.blobs.records import Facts, Placed, SegmentId

BUFFER_SIZE: Final = 1 << 20  # one CT slice with its facts fits: one pwrite an object
DIRECT_WRITE: Final = 256 << 10  # slices from here on are written without being copied
ALLOCATION_STEP: Final = 16 << 20  # reserved at a time: about 8 % off the sync of 0.5 MB objects on ext4
FACTS_MAX: Final = 1 << 20


@dataclass(slots=True)
class OpenSegment:
    """A segment that this process appends to and holds the lock of; positions are bytes from its beginning."""

    segment: SegmentId
    file: DiskFile
    nonce: bytes
    position: int = HEADER_SIZE
    allocated_to: int = HEADER_SIZE
    sequence: int = 0
    last_end: int = 0  # 0 before the first record


class SegmentSource(Protocol):
    """Where a writer gets its segments from."""

    def open_segment(self) -> OpenSegment:
        """A new segment, durable, locked."""

    def require_room(self, length: int) -> None:
        """StorageFull when `length` further bytes would pass the watermark."""


class SegmentWriter:
    """One record at a time: begin, write…, [dataset_begins_here, write…], finish or abort. One thread at a time."""

    def __init__(
        self,
        source: SegmentSource,
        segment_bytes: int,
        give_back: Callable[[SegmentWriter], None],
        allocation_step: int = ALLOCATION_STEP,
    ) -> None:
        self._source = source
        self._allocation_step = allocation_step
        self._segment_bytes = segment_bytes
        self._give_back = give_back
        self._open: OpenSegment | None = None
        self._buffer = bytearray(BUFFER_SIZE)
        self._view = memoryview(self._buffer)
        self._recording = False
        self._broken = False

    @property
    def segment(self) -> SegmentId:
        """The segment of the present or last record; WriterMisused before the first."""
        return self._current().segment

    @property
    def position(self) -> int:
        """Where the next record will start in the segment."""
        return self._current().position

    def begin(self, kind: RecordKind = RecordKind.OBJECT) -> None:
        """Start a record; opens a segment when there is none or it has grown to its limit."""
        if self._recording:
            raise WriterMisused("the last record is neither finished nor aborted")
        if self._open is None or self._broken or self._open.position >= self._segment_bytes:
            self.close()
            with translated():
                self._open = self._source.open_segment()
            self._broken = False
        self._kind = kind
        self._start = self._flushed_to = self._open.position
        self._filled = HEAD_SIZE
        self._view[:HEAD_SIZE] = bytes(HEAD_SIZE)
        self._length = self._dataset_offset = 0
        self._prefix_digest = bytes(16)
        self._digest = sha256()
        self._recording = True

    def write(self, data: Buffer) -> None:
        """Append to the body. The slice may be reused when this returns. On BlobError, `abort`."""
        self._require_recording()
        view = memoryview(data).cast("B")
        self._digest.update(view)
        self._length += len(view)
        if self._filled + len(view) > BUFFER_SIZE:
            self._flush()
        if len(view) >= DIRECT_WRITE and self._filled == 0:
            self._append(view)
        else:
            self._gather(view)

    def dataset_begins_here(self) -> None:
        """Everything written so far is the prefix (preamble and file meta), which the digest leaves out."""
        self._require_recording()
        self._dataset_offset = self._length
        self._prefix_digest = self._digest.digest()[:16]
        self._digest = sha256()

    def finish(self, facts: Facts, dataset_offset: int = 0) -> Placed:
        """Complete the record: durable when it returns. On BlobError it was not acknowledged: `abort`."""
        self._require_recording()
        if dataset_offset != self._dataset_offset:
            raise WriterMisused(f"data set announced at {dataset_offset}, marked at {self._dataset_offset}")
        encoded = json.dumps(dict(facts), separators=(",", ":")).encode()
        if len(encoded) > FACTS_MAX:
            raise WriterMisused(f"{len(encoded)} bytes of facts")
        segment, head = self._current(), self._head(len(encoded))
        digest = self._digest.digest()
        self._put(encoded, Trailer(digest, self._prefix_digest, crc32(encoded)).pack())
        self._complete(segment, head)
        placed = Placed(
            segment.segment, self._start, head.body_offset, head.body_length, digest.hex(), head.end, segment.last_end
        )
        segment.position = segment.last_end = head.end
        segment.sequence += 1
        self._recording = False
        return placed

    def abort(self) -> None:
        """Forget the record begun; never raises. Nothing of it is left in the segment, or the segment is left."""
        if not self._recording:
            return
        self._recording = False
        segment = self._current()
        if self._flushed_to == self._start and not self._broken:
            return
        try:
            with translated():
                segment.file.truncate(self._start)
            segment.allocated_to = self._start
        except BlobError:
            self._broken = True

    def release(self) -> None:
        """Abort what is unfinished and give the writer back to its pool."""
        self.abort()
        self._give_back(self)

    def close(self) -> None:
        """Let go of the segment and its lock; it stays unsealed until a claim has replayed it."""
        self.abort()
        segment, self._open = self._open, None
        if segment is None:
            return
        try:
            with translated():
                if not self._broken and segment.allocated_to > segment.position:
                    segment.file.truncate(segment.position)
        except BlobError:
            self._broken = True  # zeros stay behind the last record: harmless
        finally:
            segment.file.close()

    def _current(self) -> OpenSegment:
        if self._open is None:
            raise WriterMisused("no record was begun")
        return self._open

    def _require_recording(self) -> None:
        if not self._recording:
            raise WriterMisused("no record was begun")

    def _head(self, facts_length: int) -> Head:
        segment = self._current()
        return Head(
            segment.nonce,
            self._kind,
            segment.sequence,
            self._start,
            self._length,
            self._dataset_offset,
            facts_length,
        )

    def _put(self, *parts: bytes) -> None:
        for part in parts:
            self._gather(memoryview(part))

    def _gather(self, view: memoryview) -> None:
        """Copy into the buffer, flushing it whenever it is full."""
        while view:
            if self._filled == BUFFER_SIZE:
                self._flush()
            count = min(len(view), BUFFER_SIZE - self._filled)
            self._view[self._filled : self._filled + count] = view[:count]
            self._filled += count
            view = view[count:]

    def _flush(self) -> None:
        self._append(self._view[: self._filled])
        self._filled = 0

    def _append(self, view: memoryview) -> None:
        """Write at the record's end, reserving room in large steps; the watermark is asked at each step."""
        segment, end = self._current(), self._flushed_to + len(view)
        with translated():
            if end > segment.allocated_to:
                step = max(self._allocation_step, end - segment.allocated_to)
                self._source.require_room(step)
                segment.file.allocate(segment.allocated_to, step)
                segment.allocated_to += step
            segment.file.pwrite(view, self._flushed_to)
        self._flushed_to = end

    def _complete(self, segment: OpenSegment, head: Head) -> None:
        """Head last, then the one sync. After a failed sync the segment's pages cannot be trusted: leave it."""
        if self._flushed_to == self._start:
            self._view[:HEAD_SIZE] = head.pack()
            self._flush()
        else:
            self._flush()
            with translated():
                segment.file.pwrite(head.pack(), self._start)
        try:
            with translated():
                segment.file.sync()
        except BlobError:
            self._broken = True
            raise
