"""What every segment store must do. A new store is added to the fixture in conftest.py, never to this file."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest

from kontor.platform.blobs import (
    CorruptRecord,
    RecordKind,
    SegmentId,
    SegmentInUse,
    SegmentStore,
    SegmentUnknown,
    WriterMisused,
)
from tests.platform.blobs.an_object import PREFIX, a_body, hexdigest, put, store_bodies, walked

SIZES = [0, 1, 9_000, 131_072, 262_144, 524_288, (1 << 20) - 64, 1 << 20, (1 << 20) + 1, 3_000_001]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("slice_bytes", [8_191, 131_072, 1 << 22])
def test_what_was_written_is_read_back(store: SegmentStore, size: int, slice_bytes: int) -> None:
    body = a_body(size)
    writer = store.writer()
    placed = put(writer, body, prefix=PREFIX, slice_bytes=slice_bytes)
    assert store.read(placed.segment, placed.body_offset, placed.body_length) == PREFIX + body
    assert placed.digest == hexdigest(body)


@pytest.mark.parametrize("chunk", [1000, 1 << 20])
def test_a_stream_has_the_same_bytes(store: SegmentStore, chunk: int) -> None:
    body = a_body(1_234_567)
    (placed,) = store_bodies(store, body)
    parts = [bytes(part) for part in store.stream(placed.segment, placed.body_offset, len(body), chunk)]
    assert b"".join(parts) == body
    assert max(map(len, parts)) <= chunk


def test_a_descriptor_reads_the_same_bytes(store: SegmentStore) -> None:
    (placed,) = store_bodies(store, b"seven b")
    descriptor = store.open_file(placed.segment)
    if descriptor is None:
        assert store.read(placed.segment, placed.body_offset, 7) == b"seven b"
        return
    assert os.pread(descriptor, 7, placed.body_offset) == b"seven b"
    os.close(descriptor)


def test_records_follow_each_other_without_a_gap(store: SegmentStore) -> None:
    placed = store_bodies(store, b"one", a_body(70_000), b"three")
    records, walk = walked(store, placed[0].segment)
    assert [record.end for record in records] == [place.end for place in placed]
    assert [place.previous_end for place in placed] == [0, placed[0].end, placed[1].end]
    assert all(before.end == after.start == after.previous_end for before, after in pairwise(records))
    assert [record.sequence for record in records] == [0, 1, 2]
    assert (walk.damages, walk.end) == ([], placed[-1].end)


def test_a_record_carries_what_a_rebuild_needs(store: SegmentStore) -> None:
    writer = store.writer()
    writer.begin(RecordKind.ACT)
    writer.write(PREFIX)
    writer.dataset_begins_here()
    writer.write(b"data set")
    placed = writer.finish({"organisation": "Müller", "received_at_us": 5, "called": None}, len(PREFIX))
    (record,), _ = walked(store, placed.segment)
    assert (record.kind, record.facts) == (
        RecordKind.ACT,
        {"organisation": "Müller", "received_at_us": 5, "called": None},
    )
    assert (record.dataset_offset, record.body_length) == (len(PREFIX), len(PREFIX) + 8)
    assert record.digest == placed.digest == hexdigest(b"data set")


def test_a_walk_can_start_after_any_record(store: SegmentStore) -> None:
    placed = store_bodies(store, b"one", b"two", b"three")
    records, _ = walked(store, placed[0].segment, placed[0].end)
    assert [(record.start, record.previous_end) for record in records] == [
        (placed[1].start, placed[0].end),
        (placed[2].start, placed[1].end),
    ]
    nothing, walk = walked(store, placed[0].segment, placed[2].end)
    assert (nothing, walk.end) == ([], placed[2].end)


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_an_aborted_record_leaves_nothing(store: SegmentStore, size: int) -> None:
    writer = store.writer()
    first = put(writer, b"first")
    writer.begin()
    writer.write(a_body(size))
    writer.abort()
    second = put(writer, b"second")
    assert second.start == first.end
    records, walk = walked(store, first.segment)
    assert [record.digest for record in records] == [hexdigest(b"first"), hexdigest(b"second")]
    assert walk.damages == []


def test_release_aborts_and_lends_the_last_writer_first(store: SegmentStore) -> None:
    one, two = store.writer(), store.writer()
    first = put(one, b"1")
    assert put(two, b"2").segment != first.segment
    two.release()
    one.begin()
    one.write(a_body(2_000_000))
    one.release()
    assert store.writer() is one
    assert put(one, b"3").start == first.end


def test_a_segment_stops_growing_at_its_limit(store: SegmentStore) -> None:
    placed = store_bodies(store, *[a_body(1_500_000, seed) for seed in range(5)])
    assert len({place.segment for place in placed}) == 2
    assert [info.segment for info in store.segments()] == sorted({place.segment for place in placed})
    assert placed[3].previous_end == 0


def test_a_segment_is_not_claimed_while_it_is_written(store: SegmentStore) -> None:
    writer = store.writer()
    placed = put(writer, b"alive")
    assert list(store.claim_abandoned()) == []
    with pytest.raises(SegmentInUse):
        store.seal(placed.segment)
    writer.close()
    claimed = [info.segment for info in store.claim_abandoned()]
    assert claimed == [placed.segment]


def test_a_claim_excludes_other_claims_until_it_ends(store: SegmentStore) -> None:
    writer = store.writer()
    put(writer, b"orphan")
    writer.close()
    claims = store.claim_abandoned()
    assert next(claims).sealed is False
    assert list(store.claim_abandoned()) == []
    claims.close()  # type: ignore[attr-defined]  # the store's iterator is a generator
    assert len(list(store.claim_abandoned())) == 1


def test_a_sealed_segment_is_closed_for_ever_and_still_read(store: SegmentStore) -> None:
    writer = store.writer()
    placed = put(writer, b"kept")
    writer.close()
    for info in store.claim_abandoned():
        store.seal(info.segment)
    store.seal(placed.segment)  # a second time changes nothing
    (info,) = store.segments()
    assert (info.sealed, info.size) == (True, placed.end + 64)
    assert list(store.claim_abandoned()) == []
    records, walk = walked(store, placed.segment)
    assert ([record.end for record in records], walk.damages) == ([placed.end], [])
    assert put(store.writer(), b"later").segment != placed.segment


def test_what_is_not_there_is_said_to_be_missing(store: SegmentStore) -> None:
    (placed,) = store_bodies(store, b"short")
    with pytest.raises(CorruptRecord):
        store.read(placed.segment, placed.body_offset, 1 << 30)
    with pytest.raises(CorruptRecord):
        list(store.stream(placed.segment, placed.body_offset, 1 << 30))
    with pytest.raises(SegmentUnknown):
        store.read(SegmentId("0" * 32), 0, 1)


def test_verify_accepts_what_is_whole(store: SegmentStore) -> None:
    (placed,) = store_bodies(store, a_body(100_000))
    (record,), _ = walked(store, placed.segment)
    assert store.verify(placed.segment, record) is True


def test_calls_in_an_impossible_order_are_refused(store: SegmentStore) -> None:
    writer = store.writer()
    for act in (
        lambda: writer.write(b""),
        writer.dataset_begins_here,
        lambda: writer.finish({}),
        lambda: writer.segment,
    ):
        with pytest.raises(WriterMisused):
            act()
    writer.begin()
    with pytest.raises(WriterMisused):
        writer.begin()
    writer.write(b"prefix")
    with pytest.raises(WriterMisused):
        writer.finish({}, dataset_offset=6)
    writer.dataset_begins_here()
    assert writer.finish({}, dataset_offset=6).body_length == 6


def test_a_body_that_looks_like_a_record_is_only_a_body(store: SegmentStore) -> None:
    writer = store.writer()
    first = put(writer, b"genuine")
    crafted = store.read(first.segment, first.start, first.end - first.start)
    second = put(writer, crafted)
    records, walk = walked(store, first.segment)
    assert [record.end for record in records] == [first.end, second.end]
    assert walk.damages == []
