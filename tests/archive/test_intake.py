"""Intake: every byte once, durable before it is told of; what is refused leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kontor.access import Forbidden, Right
from kontor.archive import ExpectedUids, Origin, UidMismatch, receive
from kontor.dicom.reading import DicomRefusal, TooLarge
from kontor.dicom.values import EXPLICIT_LITTLE, Uid
from kontor.platform.blobs import BlobError, DiskSegments, FailingDisk, Faults, MemoryDisk, StorageFull
from kontor.platform.database import Database
from tests.archive.objects import CT, ROOT, SERIES, STUDY, Desk, archive_on, dataset, part10, slices

FILES = Origin("files", actor="os:somebody")


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return archive_on(sqlite_database)


def records(desk: Desk) -> int:
    segments = desk.archive.segments
    return sum(len(list(segments.records(info.segment))) for info in segments.segments())


@pytest.mark.parametrize("size", [1, 7, 61, 4096])
def test_the_bytes_are_kept_as_they_came_however_they_are_sliced(desk: Desk, size: int) -> None:
    data = dataset("1")
    file = part10(data, preamble=b"any preamble".ljust(128, b"."))
    receipt = receive(desk.archive, desk.scope, FILES, slices(file, size))
    place = receipt.place
    assert desk.archive.segments.read(place.segment, place.offset, place.length) == data  # type: ignore[arg-type] # a segment's name
    before = place.offset - (len(file) - len(data))
    assert desk.archive.segments.read(place.segment, before, len(file)) == file  # type: ignore[arg-type] # the same
    assert receipt.digest == hashlib.sha256(data).hexdigest()


def test_the_digest_is_of_the_data_set_whatever_stood_before_it(desk: Desk) -> None:
    bare = desk.receive(dataset("1"))
    file = receive(desk.archive, desk.scope, FILES, slices(part10(dataset("1"))))
    assert bare.digest == file.digest


def test_a_record_tells_what_a_rebuild_needs(desk: Desk) -> None:
    receipt = desk.receive(dataset("1"))
    (info,) = desk.archive.segments.segments()
    (record,) = desk.archive.segments.records(info.segment)
    assert record.facts["organisation"] == "main"
    assert record.facts["received_at_us"] == receipt.received_at_us
    assert record.facts["transfer_syntax"] == EXPLICIT_LITTLE
    assert record.facts["sop_instance"] == f"{SERIES}.1"
    assert json.loads(str(record.facts["origin"])) == {
        "door": "dimse", "actor": "CT1", "address": "192.0.2.7", "calling_ae": "CT1", "called_ae": "KONTOR"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (dataset("1", sop_class=""), "missing-sop-class"),
        (dataset("1", study=""), "missing-study"),
        (dataset("1", series=""), "missing-series"),
        (dataset("1", study="1.2/../3"), "bad-uid"),
        (dataset("1", sop_class="1.2.840.10008.1.1"), "not-storage"),
        (dataset("1")[:40], "truncated"),
        (b"no data set at all, but long enough to look at" * 10, None),
        (b"", None),
    ],
)
def test_what_is_refused_leaves_nothing_behind(desk: Desk, data: bytes, code: str | None) -> None:
    with pytest.raises(DicomRefusal) as refused:
        desk.receive(data)
    assert code in (None, refused.value.code)
    assert 0 < len(refused.value.reason) <= 64
    assert records(desk) == 0
    desk.receive(dataset("2"))
    assert records(desk) == 1


@pytest.mark.parametrize(
    "expected",
    [
        ExpectedUids(sop_instance_uid=Uid(f"{SERIES}.2")),
        ExpectedUids(sop_class_uid=Uid("1.2.840.10008.5.1.4.1.1.4")),
        ExpectedUids(study_instance_uid=Uid(f"{ROOT}.9")),
    ],
)
def test_another_object_than_was_announced_is_refused(desk: Desk, expected: ExpectedUids) -> None:
    with pytest.raises(UidMismatch):
        receive(desk.archive, desk.scope, FILES, slices(part10(dataset("1"))), expected=expected)
    assert records(desk) == 0
    agreed = ExpectedUids(Uid(CT), Uid(f"{SERIES}.1"), Uid(STUDY))
    receive(desk.archive, desk.scope, FILES, slices(part10(dataset("1"))), expected=agreed)


def test_an_object_longer_than_the_limit_is_cut_off_while_it_comes(desk: Desk) -> None:
    desk.archive.settings = replace(desk.archive.settings, max_object_bytes=1000)
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        yield dataset("1", pixels=bytes(1 << 20))[:600]
        while True:
            taken += 1
            yield bytes(100)

    with pytest.raises(TooLarge):
        receive(desk.archive, desk.scope, desk.origin, endless(), transfer_syntax=EXPLICIT_LITTLE)
    assert taken <= 5
    assert records(desk) == 0


def test_a_sender_that_breaks_off_leaves_nothing_behind(desk: Desk) -> None:
    class Lost(Exception):
        """The connection ended."""

    def broken() -> Iterator[bytes]:
        yield dataset("1")[:200]
        raise Lost

    with pytest.raises(Lost):
        receive(desk.archive, desk.scope, desk.origin, broken(), transfer_syntax=EXPLICIT_LITTLE)
    assert records(desk) == 0


def test_nobody_stores_or_imports_without_the_right(desk: Desk) -> None:
    for right, origin in ((Right.STORE, desk.origin), (Right.IMPORT, FILES)):
        lesser = replace(desk.scope, rights=desk.scope.rights - {right})
        with pytest.raises(Forbidden):
            receive(desk.archive, lesser, origin, slices(part10(dataset("1"))))
    assert records(desk) == 0


def test_every_failing_call_of_the_disk_is_told_and_the_next_object_is_whole(sqlite_database: Database) -> None:
    """Each writing call in turn: nothing is acknowledged that is not there, nothing stays half."""
    failed = 0
    for call in range(1, 40):
        faults = Faults()
        desk = archive_on(sqlite_database, DiskSegments(FailingDisk(faults), allocation_step=1 << 10))
        desk.receive(dataset("1"))
        already = faults.calls
        faults.fail_at = already + call
        try:
            desk.receive(dataset("2", pixels=bytes(3 << 20)))
        except BlobError:
            failed += 1
            assert records(desk) == 1, call
        else:
            assert faults.calls < already + call
            break
        desk.receive(dataset("3"))
        assert records(desk) == 2, call
    assert failed >= 4


def test_a_full_disk_is_told_before_it_is_full_and_taken_again_after(sqlite_database: Database) -> None:
    disk = MemoryDisk(capacity=4 << 20)
    desk = archive_on(sqlite_database, DiskSegments(disk, reserve_bytes=1 << 20, allocation_step=64 << 10))
    kept = _fill(desk)
    assert 10 <= kept < 100
    assert records(desk) == kept
    disk.capacity = 8 << 20
    desk.receive(dataset("999"))
    assert records(desk) == kept + 1


def _fill(desk: Desk) -> int:
    """Bring large objects until the storage says that it is full; return how many it took."""
    for number in range(100):
        try:
            desk.receive(dataset(str(number), pixels=bytes(200 << 10)))
        except StorageFull:
            return number
    return 100
