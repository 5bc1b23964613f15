"""How a segment looks on disk: pure packing and parsing of its file header, records and seal.

    file   = header (64 bytes) record* [seal (64 bytes)]
    record = head (64 bytes) body facts trailer (64 bytes)

All numbers are little endian. The head holds the segment's nonce, 16 random bytes that no sender knows, and its
own offset: a body can therefore never pass for a record, and a lost place in the file is found again by searching
for magic and nonce. Facts (JSON) follow the body, since they are known only once the body was scanned.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from zlib import crc32

HEADER_SIZE: Final = 64
HEAD_SIZE: Final = 64
TRAILER_SIZE: Final = 64
SEAL_SIZE: Final = 64
NONCE_SIZE: Final = 16
FORMAT_VERSION: Final = 1

_HEADER: Final = struct.Struct("<8sHH16s16s16xI")
_HEAD: Final = struct.Struct("<4s16sHHQQQQII")
_TRAILER: Final = struct.Struct("<4s32s16sI4xI")
_SEAL: Final = struct.Struct("<4s16sHHQ28xI")

_FILE_MAGIC: Final = b"KONTORSG"
_HEAD_MAGIC: Final = b"\xb5KRC"
_TRAILER_MAGIC: Final = b"\xb5KRT"
_SEAL_MAGIC: Final = b"\xb5KSL"


class RecordKind(IntEnum):
    """What a record is: an object as received, or an act (such as a promotion) that a rebuild repeats."""

    OBJECT = 1
    ACT = 2


@dataclass(frozen=True, slots=True)
class FileHeader:
    """The first bytes of a segment: its identity and its nonce, 16 bytes each."""

    identity: bytes
    nonce: bytes

    def pack(self) -> bytes:
        """The header's 64 bytes."""
        return _with_crc(_HEADER.pack(_FILE_MAGIC, FORMAT_VERSION, 0, self.identity, self.nonce, 0))


@dataclass(frozen=True, slots=True)
class Head:
    """Fixed beginning of a record; `offset` is its own place, lengths are bytes."""

    nonce: bytes
    kind: RecordKind
    sequence: int
    offset: int
    body_length: int
    dataset_offset: int
    facts_length: int

    @property
    def body_offset(self) -> int:
        """Where the body begins in the segment."""
        return self.offset + HEAD_SIZE

    @property
    def facts_offset(self) -> int:
        """Where the facts begin in the segment."""
        return self.body_offset + self.body_length

    @property
    def trailer_offset(self) -> int:
        """Where the trailer begins in the segment."""
        return self.facts_offset + self.facts_length

    @property
    def end(self) -> int:
        """The first byte after the record."""
        return self.trailer_offset + TRAILER_SIZE

    def pack(self) -> bytes:
        """The head's 64 bytes."""
        fields = (self.sequence, self.offset, self.body_length, self.dataset_offset, self.facts_length)
        return _with_crc(_HEAD.pack(_HEAD_MAGIC, self.nonce, FORMAT_VERSION, self.kind, *fields, 0))


@dataclass(frozen=True, slots=True)
class Trailer:
    """End of a record: SHA-256 of the data-set part, half a SHA-256 of what precedes it, CRC-32 of the facts."""

    dataset_digest: bytes
    prefix_digest: bytes
    facts_crc: int

    def pack(self) -> bytes:
        """The trailer's 64 bytes."""
        return _with_crc(_TRAILER.pack(_TRAILER_MAGIC, self.dataset_digest, self.prefix_digest, self.facts_crc, 0))


def marker(nonce: bytes) -> bytes:
    """The 20 bytes that begin every record of the segment with this nonce, and nothing else."""
    return _HEAD_MAGIC + nonce


def parse_file_header(data: bytes) -> FileHeader | None:
    """The file header, or None when it is damaged or of another format."""
    if len(data) < HEADER_SIZE or not _crc_holds(data[:HEADER_SIZE]):
        return None
    magic, version, _, identity, nonce, _ = _HEADER.unpack_from(data)
    return FileHeader(identity, nonce) if magic == _FILE_MAGIC and version == FORMAT_VERSION else None


def parse_head(data: bytes, offset: int, nonce: bytes | None) -> Head | None:
    """The head that stands at `offset`; None when it is damaged or belongs elsewhere. Without nonce, any is taken."""
    if len(data) < HEAD_SIZE or not _crc_holds(data[:HEAD_SIZE]):
        return None
    magic, own, version, kind, sequence, place, body, dataset, facts, _ = _HEAD.unpack_from(data)
    fits = magic == _HEAD_MAGIC and version == FORMAT_VERSION and place == offset and dataset <= body
    if not fits or (nonce is not None and own != nonce) or kind not in RecordKind._value2member_map_:
        return None
    return Head(own, RecordKind(kind), sequence, place, body, dataset, facts)


def parse_trailer(data: bytes) -> Trailer | None:
    """The trailer, or None when it is damaged."""
    if len(data) < TRAILER_SIZE or not _crc_holds(data[:TRAILER_SIZE]):
        return None
    magic, dataset, prefix, facts_crc, _ = _TRAILER.unpack_from(data)
    return Trailer(dataset, prefix, facts_crc) if magic == _TRAILER_MAGIC else None


def pack_seal(nonce: bytes, offset: int) -> bytes:
    """The 64 bytes that close a segment at `offset` for ever."""
    return _with_crc(_SEAL.pack(_SEAL_MAGIC, nonce, FORMAT_VERSION, 0, offset, 0))


def is_seal(data: bytes, offset: int, nonce: bytes) -> bool:
    """Whether the bytes at `offset` are the seal of the segment with this nonce."""
    if len(data) < SEAL_SIZE or not _crc_holds(data[:SEAL_SIZE]):
        return False
    magic, own, _, _, place, _ = _SEAL.unpack_from(data)
    return bool(magic == _SEAL_MAGIC and own == nonce and place == offset)


def _with_crc(packed: bytes) -> bytes:
    """Replace the last four bytes by the CRC-32 of the others."""
    return packed[:-4] + struct.pack("<I", crc32(packed[:-4]))


def _crc_holds(packed: bytes) -> bool:
    """Whether the last four bytes are the CRC-32 of the others."""
    return int.from_bytes(packed[-4:], "little") == crc32(packed[:-4])
