"""A disk that fails at any call, fills up, turns read-only or loses power never costs an acknowledged object."""

from __future__ import annotations

import errno
from random import Random

import pytest

from kontor.platform.blobs import (
    BlobError,
    DiskSegments,
    FailingDisk,
    Faults,
    MemoryDisk,
    ReadOnlyStorage,
    StorageFull,
    StorageUnavailable,
)
from tests.platform.blobs.an_object import PREFIX, a_body, put

BODIES = [a_body(size, seed) for seed, size in enumerate([900, 2_500_000, 40_000, 10, 1_300_000, 70_000])]


def store_all(store: DiskSegments) -> tuple[set[str], list[type[BlobError]]]:
    """Store every body as a door would, aborting on error; what was acknowledged and what went wrong."""
    acknowledged: set[str] = set()
    errors: list[type[BlobError]] = []
    for body in BODIES:
        writer = store.writer()
        try:
            acknowledged.add(put(writer, body, prefix=PREFIX).digest)
        except BlobError as error:
            errors.append(type(error))
        finally:
            writer.release()
    return acknowledged, errors


def a_store(disk: MemoryDisk) -> DiskSegments:
    return DiskSegments(disk, segment_bytes=2 << 20, reserve_bytes=0, allocation_step=1 << 16)


def found_on(disk: MemoryDisk) -> set[str]:
    """What a new process finds after claiming and sealing everything; no damage may be left."""
    store = a_store(disk)
    found: set[str] = set()
    for info in store.claim_abandoned():
        walk = store.records(info.segment)
        found |= {record.digest for record in walk}
        store.seal(info.segment, walk.end)
    for info in store.segments():
        walk = store.records(info.segment)
        found |= {record.digest for record in walk}
    return found


def calls_of_a_run() -> int:
    faults = Faults()
    store_all(a_store(FailingDisk(faults)))
    return faults.calls


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EROFS])
def test_a_failing_call_costs_only_what_was_not_acknowledged(error: int, lasting: bool) -> None:
    expected = {errno.EIO: StorageUnavailable, errno.ENOSPC: StorageFull, errno.EROFS: ReadOnlyStorage}[error]
    for call in range(1, calls_of_a_run() + 1):
        faults = Faults(fail_at=call, error=error, lasting=lasting)
        disk = FailingDisk(faults)
        acknowledged, errors = store_all(a_store(disk))
        assert set(errors) <= {expected}, faults.trace[call - 1]
        assert lasting or len(errors) <= 1
        for seed in range(3):
            left = disk.after_power_loss(Random(seed))
            assert acknowledged <= found_on(left), f"call {call} ({faults.trace[call - 1]}), seed {seed}"


def test_power_loss_at_any_moment_keeps_what_was_acknowledged() -> None:
    for call in range(1, calls_of_a_run() + 1):
        disk = FailingDisk(Faults(fail_at=call, lasting=True))  # the machine stops here
        acknowledged, _ = store_all(a_store(disk))
        for seed in range(5):
            assert acknowledged <= found_on(disk.after_power_loss(Random(seed))), f"call {call}, seed {seed}"


def test_a_failed_sync_is_never_trusted_again() -> None:
    faults = Faults()
    disk = FailingDisk(faults)
    store = a_store(disk)
    writer = store.writer()
    first = put(writer, b"first")
    faults.fail_at = faults.calls + 2  # the write passes, the sync fails
    with pytest.raises(StorageUnavailable):
        put(writer, b"second")
    writer.abort()
    third = put(writer, b"third")
    assert third.segment != first.segment


def test_a_full_disk_says_so_and_takes_objects_again_when_there_is_room() -> None:
    disk = MemoryDisk(capacity=200_000)
    store = a_store(disk)
    writer = store.writer()
    put(writer, a_body(50_000))
    with pytest.raises(StorageFull):
        put(writer, a_body(500_000))
    writer.release()
    disk.capacity = 10_000_000
    writer = store.writer()
    placed = put(writer, a_body(500_000))
    assert store.read(placed.segment, placed.body_offset, 500_000) == a_body(500_000)


def test_the_watermark_is_kept_free() -> None:
    disk = MemoryDisk(capacity=1_000_000)
    store = DiskSegments(disk, reserve_bytes=400_000, allocation_step=1 << 14)
    writer = store.writer()
    while disk.space()[0] >= 400_000 + (1 << 14):
        put(writer, a_body(10_000))
    with pytest.raises(StorageFull):
        put(writer, a_body(1 << 14))
    writer.release()
    assert disk.space()[0] >= 400_000
    assert store.free_bytes() < 1 << 14


def test_the_default_watermark_is_two_per_cent_of_a_small_disk() -> None:
    store = DiskSegments(MemoryDisk(capacity=1_000_000))
    assert store.free_bytes() == 980_000
    assert DiskSegments(MemoryDisk(capacity=1 << 40)).free_bytes() == (1 << 40) - (1 << 30)
