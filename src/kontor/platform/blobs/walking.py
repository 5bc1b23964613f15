"""Read a segment record by record, whatever happened to it: torn ends, cuts, flipped bits, reserved zeros."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from typing import Final
from zlib import crc32

from kontor.platform.blobs.disk import DiskFile, chunks, read_exactly
from kontor.platform.blobs.errors import translated
from kontor.platform.blobs.layout import (
    HEAD_SIZE,
    HEADER_SIZE,
    SEAL_SIZE,
    TRAILER_SIZE,
    FileHeader,
    Head,
    Trailer,
    is_seal,
    marker,
    parse_file_header,
    parse_head,
    parse_trailer,
)
from kontor.platform.blobs.records import Damage, DamageKind, Facts, Record

_CHUNK: Final = 1 << 20


class Walk(Iterator[Record]):
    """The records of one segment. `damages` and `end` grow while it is iterated and are complete after it.

    `end` is where the last valid record ended (the start asked for, when there was none); `tail` is the first byte
    that a repair may cut off: after the last record and after everything that was once finished. The file is open
    only while a record is looked for: thousands of segments may be walked side by side.
    """

    def __init__(self, opening: Callable[[], DiskFile], identity: str, start: int, *, check_bodies: bool) -> None:
        self.damages: list[Damage] = []
        self.end = start
        self.tail = max(start, HEADER_SIZE)
        self._opening = opening
        self._file: DiskFile
        self._check_bodies = check_bodies
        self._identity = identity
        self._sealed = False
        self._previous_end = start if start > HEADER_SIZE else 0
        self._records = self._walk(max(start, HEADER_SIZE))

    def __next__(self) -> Record:
        """The next valid record."""
        return next(self._records)

    def _walk(self, offset: int) -> Iterator[Record]:
        with self._opened():
            nonce, limit = self._frame()
        while nonce is not None and offset < limit:
            with self._opened():
                found, offset = self._next(offset, nonce, limit)
            if found is not None:
                yield found

    @contextmanager
    def _opened(self) -> Iterator[None]:
        with translated(), closing(self._opening()) as self._file:
            yield

    def _next(self, offset: int, nonce: bytes, limit: int) -> tuple[Record | None, int]:
        """The record at `offset`, or None where there is damage, and where to go on."""
        head = parse_head(read_exactly(self._file, offset, HEAD_SIZE), offset, nonce)
        found = DamageKind.HEAD if head is None else self._examine(head, limit)
        if isinstance(found, DamageKind):
            return None, self._pass_over(offset, head, found, nonce, limit)
        self.end = self.tail = self._previous_end = found.end
        return found, found.end

    def _frame(self) -> tuple[bytes | None, int]:
        """The nonce and the end of the records; a damaged file header is replaced by what the first record tells."""
        header = self._header()
        size = self._file.size()
        if header is None:
            return None, size
        seal_offset = size - SEAL_SIZE
        sealed = seal_offset >= HEADER_SIZE and is_seal(
            read_exactly(self._file, seal_offset, SEAL_SIZE), seal_offset, header.nonce
        )
        self._sealed = sealed
        return header.nonce, seal_offset if sealed else size

    def _header(self) -> FileHeader | None:
        header = parse_file_header(read_exactly(self._file, 0, HEADER_SIZE))
        if header is not None and header.identity.hex() == self._identity:
            return header
        self.damages.append(Damage(0, HEADER_SIZE, DamageKind.FILE_HEADER))
        first = parse_head(read_exactly(self._file, HEADER_SIZE, HEAD_SIZE), HEADER_SIZE, None)
        return FileHeader(bytes.fromhex(self._identity), first.nonce) if first is not None else None

    def _examine(self, head: Head, limit: int) -> Record | DamageKind:
        """The record of a right head, or what is wrong with the rest of it."""
        if head.end > limit:
            return DamageKind.UNFINISHED
        raw = read_exactly(self._file, head.trailer_offset, TRAILER_SIZE)
        trailer = parse_trailer(raw)
        if trailer is None:
            return DamageKind.TRAILER if any(raw[-4:]) else DamageKind.UNFINISHED
        encoded = read_exactly(self._file, head.facts_offset, head.facts_length)
        if crc32(encoded) != trailer.facts_crc:
            return DamageKind.FACTS
        if self._check_bodies:
            fault = body_fault(self._file, head.body_offset, head.dataset_offset, head.body_length, trailer)
            if fault is not None:
                return fault
        return self._record(head, json.loads(encoded), trailer)

    def _record(self, head: Head, facts: Facts, trailer: Trailer) -> Record:
        return Record(
            kind=head.kind,
            facts=facts,
            sequence=head.sequence,
            start=head.offset,
            previous_end=self._previous_end,
            body_offset=head.body_offset,
            body_length=head.body_length,
            dataset_offset=head.dataset_offset,
            digest=trailer.dataset_digest.hex(),
            end=head.end,
        )

    def _pass_over(self, offset: int, head: Head | None, fault: DamageKind, nonce: bytes, limit: int) -> int:
        """Name the damage at `offset` and return where the next record begins, or the limit.

        A record with a right head ends where the head says, when a record, or nothing, stands there: so what it
        holds is not searched. Otherwise the next marker counts: its nonce keeps bodies from forging it.
        """
        if head is not None and head.end <= limit and self._begins_record(head.end, nonce, limit):
            next_offset = head.end
        else:
            next_offset = self._search(offset + 1, nonce, limit)
        open_end = not self._sealed and self._written_length(next_offset, limit) == 0
        if fault in (DamageKind.HEAD, DamageKind.UNFINISHED) and open_end:
            self._name(offset, self._written_length(offset, limit), DamageKind.UNFINISHED)
            return limit
        self._name(offset, next_offset - offset, DamageKind.TRAILER if fault is DamageKind.UNFINISHED else fault)
        self.tail = next_offset
        return next_offset

    def _name(self, offset: int, length: int, kind: DamageKind) -> None:
        if length:
            self.damages.append(Damage(offset, length, kind))

    def _begins_record(self, offset: int, nonce: bytes, limit: int) -> bool:
        raw = read_exactly(self._file, offset, min(HEAD_SIZE, limit - offset))
        return not any(raw) or parse_head(raw, offset, nonce) is not None

    def _search(self, offset: int, nonce: bytes, limit: int) -> int:
        """Where the next whole head stands from `offset` on, or the limit."""
        sign = marker(nonce)
        while offset < limit:
            block = read_exactly(self._file, offset, min(_CHUNK, limit - offset))
            place = block.find(sign)
            while place >= 0:
                found = offset + place
                if parse_head(read_exactly(self._file, found, HEAD_SIZE), found, nonce) is not None:
                    return found
                place = block.find(sign, place + 1)
            offset += max(1, len(block) - len(sign) + 1) if len(block) == _CHUNK else len(block) or limit
        return limit

    def _written_length(self, offset: int, limit: int) -> int:
        """Bytes up to the last one that is not zero: 0 for room that was only reserved."""
        written, place = 0, offset
        for block in chunks(self._file, offset, limit - offset, _CHUNK):
            kept = len(bytes(block).rstrip(b"\0"))
            if kept:
                written = place + kept - offset
            place += len(block)
        return written


def body_fault(
    file: DiskFile, body_offset: int, dataset_offset: int, body_length: int, trailer: Trailer
) -> DamageKind | None:
    """Which part of a body differs from its trailer's digests, if any."""
    if dataset_offset and _digest(file, body_offset, dataset_offset)[:16] != trailer.prefix_digest:
        return DamageKind.PREFIX
    digest = _digest(file, body_offset + dataset_offset, body_length - dataset_offset)
    return None if digest == trailer.dataset_digest else DamageKind.BODY


def _digest(file: DiskFile, offset: int, length: int) -> bytes:
    total = sha256()
    for block in chunks(file, offset, length, _CHUNK):
        total.update(block)
    return total.digest()
