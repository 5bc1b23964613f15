"""The segment store over any disk: opening, pooling, claiming and sealing segments, reading stored bytes."""

from __future__ import annotations

import os
import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from kontor.platform.blobs.disk import Disk, DiskFile, Folder, chunks, read_exactly
from kontor.platform.blobs.errors import (
    BlobError,
    CorruptRecord,
    SegmentInUse,
    StorageFull,
    StorageUnavailable,
    translated,
)
from kontor.platform.blobs.layout import (
    HEADER_SIZE,
    NONCE_SIZE,
    SEAL_SIZE,
    TRAILER_SIZE,
    FileHeader,
    is_seal,
    pack_seal,
    parse_file_header,
    parse_trailer,
)
from kontor.platform.blobs.memory import MemoryDisk
from kontor.platform.blobs.records import Record, SegmentId, SegmentInfo
from kontor.platform.blobs.room import Room
from kontor.platform.blobs.walking import Walk, body_fault
from kontor.platform.blobs.writing import ALLOCATION_STEP, OpenSegment, SegmentWriter

SEGMENT_BYTES: Final = 256 << 20
RESERVE_BYTES: Final = 1 << 30
RESERVE_SHARE: Final = 0.02
_SUFFIX: Final = ".segment"
_UNBORN: Final = ".new"
_BIRTHS: Final = 8


def _identity() -> bytes:
    """16 bytes, ordered by time of creation and unique without asking anybody."""
    return (time.time_ns() // 1000).to_bytes(7, "big") + secrets.token_bytes(9)


class DiskSegments:
    """A SegmentStore on one disk.

    `segment_bytes` is where a segment stops growing. `reserve_bytes` stay free: by default the smaller of 1 GiB and
    2 % of the disk. `allocation_step` is how much room is reserved at a time. `identify` and `nonce` exist for tests
    that must be repeatable.
    """

    def __init__(
        self,
        disk: Disk,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        reserve_bytes: int | None = None,
        allocation_step: int = ALLOCATION_STEP,
        identify: Callable[[], bytes] = _identity,
        nonce: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._disk = disk
        self._segment_bytes = segment_bytes
        self._reserve_bytes = reserve_bytes
        self._allocation_step = allocation_step
        self._identify = identify
        self._nonce = nonce
        self._idle: deque[SegmentWriter] = deque()
        self._claims: dict[SegmentId, DiskFile] = {}
        self._claiming = Lock()

    def writer(self) -> SegmentWriter:
        """See SegmentStore."""
        try:
            return self._idle.pop()
        except IndexError:
            return SegmentWriter(self, self._segment_bytes, self._idle.append, self._allocation_step)

    def read(self, segment: SegmentId, offset: int, length: int) -> bytes:
        """See SegmentStore."""
        with self._opened(segment) as file:
            data = read_exactly(file, offset, min(length, max(0, file.size() - offset)))
        if len(data) < length:
            raise CorruptRecord(f"segment {segment}: {len(data)} of {length} bytes at {offset}")
        return data

    def stream(self, segment: SegmentId, offset: int, length: int, chunk: int = 1 << 20) -> Iterator[memoryview]:
        """See SegmentStore."""
        with self._opened(segment) as file:
            done = 0
            for block in chunks(file, offset, length, chunk):
                done += len(block)
                yield block
        if done < length:
            raise CorruptRecord(f"segment {segment}: {done} of {length} bytes at {offset}")

    def open_file(self, segment: SegmentId) -> int | None:
        """See SegmentStore."""
        with self._opened(segment) as file:
            descriptor = file.descriptor()
            return None if descriptor is None else os.dup(descriptor)

    def segments(self, unreadable: list[SegmentId] | None = None) -> Iterator[SegmentInfo]:
        """See SegmentStore."""
        return self._infos(self._names(), unreadable, frozenset())

    def _names(self) -> list[str]:
        with translated():
            return self._disk.names()

    def _infos(
        self, names: list[str], unreadable: list[SegmentId] | None, but: Collection[SegmentId]
    ) -> Iterator[SegmentInfo]:
        named = (SegmentId(name.removesuffix(_SUFFIX)) for name in names if name.endswith(_SUFFIX))
        for segment in (segment for segment in named if segment not in but):
            try:
                info = self._info(segment)
            except BlobError:
                if unreadable is None:
                    raise
                unreadable.append(segment)
            else:
                yield info

    def _info(self, segment: SegmentId) -> SegmentInfo:
        with self._opened(segment) as file:
            return SegmentInfo(segment, file.size(), _sealed(file))

    def records(self, segment: SegmentId, start: int = 0, *, check_bodies: bool = True) -> Walk:
        """See SegmentStore."""
        return Walk(lambda: self._disk.open(segment + _SUFFIX), segment, start, check_bodies=check_bodies)

    def claim_abandoned(
        self, but: Collection[SegmentId] = frozenset(), others: list[SegmentInfo] | None = None
    ) -> Iterator[SegmentInfo]:
        """See SegmentStore."""
        names, passed_over = self._names(), [] if others is None else others
        self._remove_unborn(names)
        for info in self._infos(names, [], but):
            if info.sealed or not self._can_claim(info.segment):
                passed_over.append(info)
                continue
            try:
                with translated():
                    size, sealed = self._claims[info.segment].size(), _sealed(self._claims[info.segment])
                if sealed:
                    passed_over.append(SegmentInfo(info.segment, size, sealed=True))
                else:
                    yield SegmentInfo(info.segment, size, sealed=False)
            finally:
                self._let_go(info.segment)

    def seal(self, segment: SegmentId, admitted_to: int = 0) -> None:
        """See SegmentStore."""
        if not self._claim(segment) and segment not in self._claims:
            raise SegmentInUse(segment)
        try:
            with translated():
                file = self._claims[segment]
                header = parse_file_header(read_exactly(file, 0, HEADER_SIZE))
                if header is None:
                    raise CorruptRecord(f"segment {segment}: file header")
                if _sealed(file):
                    return
                walk = self.records(segment, check_bodies=False)
                for _ in walk:
                    pass
                end = min(max(walk.tail, admitted_to), file.size())
                file.truncate(end)
                file.pwrite(pack_seal(header.nonce, end), end)
                file.sync()
        finally:
            self._let_go(segment)

    def verify(self, segment: SegmentId, record: Record) -> bool:
        """See SegmentStore."""
        with self._opened(segment) as file:
            trailer = parse_trailer(read_exactly(file, record.end - TRAILER_SIZE, TRAILER_SIZE))
            if trailer is None or trailer.dataset_digest.hex() != record.digest:
                return False
            return body_fault(file, record.body_offset, record.dataset_offset, record.body_length, trailer) is None

    def free_bytes(self) -> int:
        """See SegmentStore."""
        return self.room().left_bytes

    def room(self) -> Room:
        """See SegmentStore."""
        with translated():
            free, total = self._disk.space()
        reserve = self._reserve_bytes
        return Room(total, free, min(RESERVE_BYTES, int(total * RESERVE_SHARE)) if reserve is None else reserve)

    def close(self) -> None:
        """Let go of the segments of all idle writers, for the end of the process."""
        while self._idle:
            self._idle.pop().close()

    def require_room(self, length: int) -> None:
        """See SegmentSource."""
        free = self.free_bytes()
        if free < length:
            raise StorageFull(f"{free} bytes above the watermark, {length} needed")

    def open_segment(self) -> OpenSegment:
        """See SegmentSource. Locked under a temporary name, so that nobody can claim it while it is born."""
        self.require_room(HEADER_SIZE)
        for _ in range(_BIRTHS):
            born = self._bear()
            if born is not None:
                return born
        raise StorageUnavailable("files of new segments vanish")

    def _bear(self) -> OpenSegment | None:
        """Make a segment; None when a process that starts took the file for a dead one's before we had its lock."""
        header = FileHeader(self._identify(), self._nonce(NONCE_SIZE))
        segment = SegmentId(header.identity.hex())
        with translated():
            file = self._disk.create(segment + _UNBORN)
            try:
                if not file.try_lock():
                    file.close()
                    return None
                file.pwrite(header.pack(), 0)
                file.sync()
                self._disk.rename(segment + _UNBORN, segment + _SUFFIX)
            except FileNotFoundError:
                file.close()
                return None
            except OSError:
                file.close()
                raise
        return OpenSegment(segment, file, header.nonce)

    @contextmanager
    def _opened(self, segment: SegmentId) -> Iterator[DiskFile]:
        with translated():
            file = self._disk.open(segment + _SUFFIX)
            try:
                yield file
            finally:
                file.close()

    def _claim(self, segment: SegmentId) -> bool:
        """Take the segment's lock for us; False when anybody holds it."""
        with self._claiming, translated():
            if segment in self._claims:
                return False
            file = self._disk.open(segment + _SUFFIX, writable=True)
            if not file.try_lock():
                file.close()
                return False
            self._claims[segment] = file
            return True

    def _can_claim(self, segment: SegmentId) -> bool:
        try:
            return self._claim(segment)
        except BlobError:
            return False

    def _let_go(self, segment: SegmentId) -> None:
        with self._claiming:
            file = self._claims.pop(segment, None)
        if file is not None:
            file.close()

    def _remove_unborn(self, names: list[str]) -> None:
        """Files of processes that died while creating a segment hold nothing that was acknowledged."""
        with translated():
            for name in names:
                if name.endswith(_UNBORN):
                    _remove_if_dead(self._disk, name)


def open_folder(path: Path, *, segment_bytes: int = SEGMENT_BYTES, reserve_bytes: int | None = None) -> DiskSegments:
    """The segment store in a folder of this machine."""
    with translated():
        return DiskSegments(Folder(path), segment_bytes=segment_bytes, reserve_bytes=reserve_bytes)


def _sealed(file: DiskFile) -> bool:
    header = parse_file_header(read_exactly(file, 0, HEADER_SIZE))
    offset = file.size() - SEAL_SIZE
    return (
        header is not None
        and offset >= HEADER_SIZE
        and is_seal(read_exactly(file, offset, SEAL_SIZE), offset, header.nonce)
    )


def _remove_if_dead(disk: Disk, name: str) -> None:
    try:
        file = disk.open(name, writable=True)
    except FileNotFoundError:
        return  # born or removed meanwhile
    try:
        if file.try_lock():
            disk.remove(name)
    except FileNotFoundError:
        return
    finally:
        file.close()


def open_memory(*, segment_bytes: int = SEGMENT_BYTES) -> DiskSegments:
    """A segment store in memory, which ends with the process."""
    return DiskSegments(MemoryDisk(), segment_bytes=segment_bytes, allocation_step=64 << 10)
