"""Stored bytes: append-only segments of self-describing records, durable before they are acknowledged."""

from kontor.platform.blobs.errors import (
    BlobError,
    CorruptRecord,
    ReadOnlyStorage,
    SegmentInUse,
    SegmentUnknown,
    StorageFull,
    StorageUnavailable,
    WriterMisused,
    translated,
)
from kontor.platform.blobs.failing import FailingDisk, Faults
from kontor.platform.blobs.layout import RecordKind
from kontor.platform.blobs.memory import MemoryDisk
from kontor.platform.blobs.records import Damage, DamageKind, Facts, Placed, Record, SegmentId, SegmentInfo
from kontor.platform.blobs.segments import DiskSegments, open_folder, open_memory
from kontor.platform.blobs.store import SegmentStore
from kontor.platform.blobs.walking import Walk
from kontor.platform.blobs.writing import SegmentWriter

__all__ = [
    "BlobError",
    "CorruptRecord",
    "Damage",
    "DamageKind",
    "DiskSegments",
    "Facts",
    "FailingDisk",
    "Faults",
    "MemoryDisk",
    "Placed",
    "ReadOnlyStorage",
    "Record",
    "RecordKind",
    "SegmentId",
    "SegmentInUse",
    "SegmentInfo",
    "SegmentStore",
    "SegmentUnknown",
    "SegmentWriter",
    "StorageFull",
    "StorageUnavailable",
    "Walk",
    "WriterMisused",
    "open_folder",
    "open_memory",
    "translated",
]
