"""Objects to store, and the acts on a store that every test repeats."""

from __future__ import annotations

from hashlib import sha256
from random import Random

from kontor.platform.blobs import Placed, Record, RecordKind, SegmentId, SegmentStore, SegmentWriter, Walk

PREFIX = b"\0" * 128 + b"DICM" + b"meta"


def a_body(size: int, seed: int = 0) -> bytes:
    """Repeatable bytes that look like nothing."""
    return Random(seed).randbytes(size)


def put(
    writer: SegmentWriter, body: bytes, *, prefix: bytes = b"", slice_bytes: int = 128 << 10, **facts: str
) -> Placed:
    """Write one object in slices and finish it."""
    writer.begin(RecordKind.OBJECT)
    if prefix:
        writer.write(prefix)
        writer.dataset_begins_here()
    view = memoryview(body)
    for offset in range(0, len(body), slice_bytes):
        writer.write(view[offset : offset + slice_bytes])
    return writer.finish({"organisation": "main", **facts}, len(prefix))


def store_bodies(store: SegmentStore, *bodies: bytes) -> list[Placed]:
    """Write these bodies one after the other with one writer, and give it back."""
    writer = store.writer()
    placed = [put(writer, body) for body in bodies]
    writer.release()
    return placed


def walked(store: SegmentStore, segment: SegmentId, start: int = 0) -> tuple[list[Record], Walk]:
    """All records from `start`, and the walk with what it found wrong."""
    walk = store.records(segment, start)
    return list(walk), walk


def hexdigest(data: bytes) -> str:
    """SHA-256 as the store names it."""
    return sha256(data).hexdigest()
