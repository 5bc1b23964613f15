"""A walk survives anything that can happen to a segment, and names it."""

from __future__ import annotations

from random import Random

import pytest

from kontor.platform.blobs import Damage, DamageKind, DiskSegments, MemoryDisk, Placed, SegmentId, SegmentStore
from tests.platform.blobs.an_object import PREFIX, a_body, hexdigest, put, walked


def a_segment(*sizes: int) -> tuple[MemoryDisk, DiskSegments, list[Placed]]:
    """A closed, unsealed segment with objects of these sizes, on a disk whose bytes can be damaged."""
    disk = MemoryDisk()
    store = DiskSegments(disk, allocation_step=4096)
    writer = store.writer()
    placed = [put(writer, a_body(size, seed), prefix=PREFIX) for seed, size in enumerate(sizes)]
    writer.close()
    return disk, store, placed


def content(disk: MemoryDisk, segment: SegmentId) -> bytearray:
    return disk.content(f"{segment}.segment")


def seal_all(store: SegmentStore) -> None:
    for info in store.claim_abandoned():
        store.seal(info.segment)


def test_a_cut_at_every_offset_of_the_last_record_loses_only_that_record() -> None:
    disk, store, (first, last) = a_segment(300, 200)
    whole = bytes(content(disk, first.segment))
    for cut in range(last.start, last.end):
        content(disk, first.segment)[:] = whole[:cut]
        records, walk = walked(store, first.segment)
        assert ([record.end for record in records], walk.end) == ([first.end], first.end), f"cut at {cut}"
        expected = [Damage(last.start, cut - last.start, DamageKind.UNFINISHED)] if cut > last.start else []
        assert [(damage.offset, damage.kind) for damage in walk.damages] == [
            (damage.offset, damage.kind) for damage in expected
        ], f"cut at {cut}"


def test_a_cut_followed_by_reserved_zeros_is_the_same() -> None:
    disk, store, (first, last) = a_segment(300, 200)
    whole = bytes(content(disk, first.segment))
    for cut in range(last.start, last.end - 1):
        content(disk, first.segment)[:] = whole[:cut] + bytes(8192)
        records, walk = walked(store, first.segment)
        assert [record.end for record in records] == [first.end], f"cut at {cut}"
        assert walk.tail == (first.end if cut <= last.end - 4 else last.end), f"cut at {cut}"


def test_reserved_zeros_are_no_damage() -> None:
    disk, store, (first, last) = a_segment(300, 200)
    content(disk, first.segment).extend(bytes(3 << 20))
    records, walk = walked(store, first.segment)
    assert (len(records), walk.damages, walk.end) == (2, [], last.end)


def test_a_flipped_bit_anywhere_is_found_and_costs_one_record_at_most() -> None:
    disk, store, placed = a_segment(300, 200, 100)
    seal_all(store)
    data = content(disk, placed[0].segment)
    random = Random(20260101)
    for offset in range(len(data) - 64):
        bit = 1 << random.randrange(8)
        data[offset] ^= bit
        records, walk = walked(store, placed[0].segment)
        hurt = [place.end for place in placed if place.start <= offset < place.end]
        assert [record.end for record in records] == [place.end for place in placed if place.end not in hurt], offset
        assert walk.damages, f"bit flip at {offset} not found"
        assert any(damage.offset <= offset < damage.offset + damage.length for damage in walk.damages), offset
        assert all(damage.kind is not DamageKind.UNFINISHED for damage in walk.damages), offset
        data[offset] ^= bit


def test_verify_finds_a_flipped_bit_in_every_byte_of_the_body() -> None:
    disk, store, (placed,) = a_segment(400)
    (record,), _ = walked(store, placed.segment)
    data = content(disk, placed.segment)
    for offset in range(record.body_offset, record.body_offset + record.body_length):
        data[offset] ^= 1
        assert store.verify(placed.segment, record) is False, offset
        data[offset] ^= 1
    assert store.verify(placed.segment, record) is True


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("start", DamageKind.HEAD),
        ("prefix", DamageKind.PREFIX),
        ("body", DamageKind.BODY),
        ("facts", DamageKind.FACTS),
        ("trailer", DamageKind.TRAILER),
    ],
)
def test_damage_is_named_by_what_it_hit(place: str, kind: DamageKind) -> None:
    disk, store, placed = a_segment(300, 2_000_000, 100)
    victim = placed[1]
    offset = {
        "start": victim.start + 5,
        "prefix": victim.body_offset,
        "body": victim.body_offset + len(PREFIX) + 1_500_000,
        "facts": victim.body_offset + victim.body_length + 3,
        "trailer": victim.end - 20,
    }[place]
    content(disk, victim.segment)[offset] ^= 0x10
    records, walk = walked(store, victim.segment)
    assert [record.end for record in records] == [placed[0].end, placed[2].end]
    assert walk.damages == [Damage(victim.start, victim.end - victim.start, kind)]


def test_a_destroyed_file_header_does_not_hide_the_records() -> None:
    disk, store, placed = a_segment(300, 200)
    content(disk, placed[0].segment)[:64] = bytes(64)
    records, walk = walked(store, placed[0].segment)
    assert len(records) == 2
    assert walk.damages == [Damage(0, 64, DamageKind.FILE_HEADER)]


@pytest.mark.parametrize("seed", range(40))
def test_random_destruction_never_raises_and_never_invents(seed: int) -> None:
    random = Random(seed)
    disk, store, placed = a_segment(*[random.randrange(3000) for _ in range(6)])
    data = content(disk, placed[0].segment)
    for _ in range(random.randrange(1, 6)):
        begin = random.randrange(len(data))
        match random.choice(("zero", "noise", "cut", "repeat")):
            case "zero":
                data[begin : begin + 100] = bytes(len(data[begin : begin + 100]))
            case "noise":
                data[begin : begin + 100] = random.randbytes(len(data[begin : begin + 100]))
            case "cut":
                del data[begin:]
            case _:
                data.extend(data[begin : begin + 5000])
        if not data:
            break
    records, _ = walked(store, placed[0].segment)
    assert {record.digest for record in records} <= {place.digest for place in placed}
    assert sorted({record.start for record in records}) == [record.start for record in records]


def test_sealing_cuts_what_was_never_finished() -> None:
    disk, store, (first, last) = a_segment(300, 200)
    data = content(disk, first.segment)
    data[last.start : last.start + 64] = bytes(64)  # the head is written last
    data.extend(bytes(10_000))
    seal_all(store)
    (info,) = store.segments()
    assert (info.sealed, info.size) == (True, first.end + 64)
    assert walked(store, first.segment)[1].damages == []


def test_sealing_keeps_what_was_finished_and_damaged_later() -> None:
    disk, store, (first, last) = a_segment(300, 200)
    content(disk, first.segment)[last.body_offset + 180] ^= 1
    seal_all(store)
    (info,) = store.segments()
    assert info.size == last.end + 64
    assert walked(store, first.segment)[1].damages == [Damage(last.start, last.end - last.start, DamageKind.BODY)]


def test_sealing_never_cuts_below_what_was_admitted() -> None:
    disk, store, (first, last) = a_segment(300, 200)
    content(disk, first.segment)[last.start + 5] ^= 1
    for info in store.claim_abandoned():
        store.seal(info.segment, admitted_to=last.end)
    assert store.read(first.segment, last.body_offset + len(PREFIX), 200) == a_body(200, 1)
    assert walked(store, first.segment)[1].damages == [Damage(last.start, last.end - last.start, DamageKind.HEAD)]


def test_a_damaged_seal_is_renewed() -> None:
    disk, store, (placed,) = a_segment(300)
    seal_all(store)
    content(disk, placed.segment)[-10] ^= 1
    seal_all(store)
    (info,) = store.segments()
    assert (info.sealed, info.size) == (True, placed.end + 64)


def test_a_segment_without_records_is_empty_and_whole() -> None:
    disk, store, (placed,) = a_segment(10)
    content(disk, placed.segment)[64:] = b""
    records, walk = walked(store, placed.segment)
    assert (records, walk.damages) == ([], [])
    content(disk, placed.segment)[:] = b""
    assert walked(store, placed.segment)[0] == []


def test_digests_are_those_of_the_data_set() -> None:
    _, store, (placed,) = a_segment(300)
    (record,), _ = walked(store, placed.segment)
    assert record.digest == hexdigest(a_body(300, 0))
