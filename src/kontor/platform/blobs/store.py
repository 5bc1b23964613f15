"""What every segment store promises, whatever lies behind it. Segments are described in `layout.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from kontor.platform.blobs.records import Record, SegmentId, SegmentInfo
from kontor.platform.blobs.room import Room
from kontor.platform.blobs.walking import Walk
from kontor.platform.blobs.writing import SegmentWriter


class SegmentStore(Protocol):
    """Segments on one store. Calls may come from any thread; a writer belongs to one thread at a time.

    Every call raises BlobError: StorageFull and StorageUnavailable are repeatable, the others are not.
    """

    def writer(self) -> SegmentWriter:
        """Borrow a writer of this process, last used first; give it back by its `release`. Opens nothing yet."""

    def read(self, segment: SegmentId, offset: int, length: int) -> bytes:
        """Exactly these bytes; CorruptRecord when the segment is shorter."""

    def stream(self, segment: SegmentId, offset: int, length: int, chunk: int = 1 << 20) -> Iterator[memoryview]:
        """The same bytes in pieces of `chunk`; a piece is valid until the next is asked for."""

    def open_file(self, segment: SegmentId) -> int | None:
        """A descriptor for sendfile, which the caller closes; None where the store has no files."""

    def segments(self, unreadable: list[SegmentId] | None = None) -> Iterator[SegmentInfo]:
        """Every segment, oldest first. Those that cannot be read are put into `unreadable`; without it they raise."""

    def records(self, segment: SegmentId, start: int = 0, *, check_bodies: bool = True) -> Walk:
        """Valid records from `start`, in order. Damage is passed over and named in `Walk.damages`, never raised.

        With `check_bodies` a record counts as valid only if its digests hold.
        """

    def claim_abandoned(
        self, but: Collection[SegmentId] = frozenset(), others: list[SegmentInfo] | None = None
    ) -> Iterator[SegmentInfo]:
        """Unsealed segments that no living process writes, each locked for us until sealed or the next is asked for.

        One that cannot be opened is passed over. Those in `but` are not opened at all. The segments that are sealed
        or being written are put into `others`.
        """

    def seal(self, segment: SegmentId, admitted_to: int = 0) -> None:
        """Close a segment for ever, idempotent, durable when it returns; SegmentInUse when somebody writes it.

        What follows the last whole record is cut off, but never below `admitted_to`, and never a record that was
        finished and damaged later.
        """

    def verify(self, segment: SegmentId, record: Record) -> bool:
        """Whether the stored bytes still have the record's digests."""

    def free_bytes(self) -> int:
        """Bytes that may still be written above the watermark; 0 when none."""

    def room(self) -> Room:
        """What the disk holds in all, what is free of it, and the watermark."""
