"""Frame index: offset tables honoured and distrusted, fragments matched to frames, packed bits."""

from __future__ import annotations

import io
import warnings
from itertools import accumulate

import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.encaps import generate_frames

from kontor.dicom.reading import DicomRefusal, FrameIndex, FramesUnreadable, Part10Prefix, Scan, frame_index
from kontor.dicom.values import transfer_syntax
from tests.dicom.building import EXPLICIT, JPEG, RLE, Writer
from tests.dicom.reading.scanning import dataset_of, scan, scan_file, wheel_files
from tests.shared_data import ROOT, expectations

WRITER = Writer()
SOI = b"\xff\xd8"


def index_of(dataset: bytes, syntax: str) -> FrameIndex:
    found = scan(dataset, syntax)
    assert found.pixel is not None
    return frame_index(lambda at, length: dataset[at : at + length], found.pixel, found.header)


def frames_of(dataset: bytes, syntax: str) -> list[bytes]:
    index = index_of(dataset, syntax)
    return [b"".join(dataset[at : at + length] for at, length in frame.parts) for frame in index.frames]


def capsule(fragments: list[bytes], frames: int, table: tuple[int, ...] = (), *, end: bool = True) -> bytes:
    image = WRITER.image(8, 8, frames=frames)
    return WRITER.dataset(tail=image + WRITER.encapsulated(fragments, table, end=end))


class TestEncapsulated:
    """PS3.5 section A.4."""

    def test_one_fragment_a_frame_needs_no_table(self) -> None:
        assert frames_of(capsule([SOI + b"a1", SOI + b"b2", SOI + b"c3"], 3), JPEG) == [
            SOI + b"a1",
            SOI + b"b2",
            SOI + b"c3",
        ]

    def test_all_fragments_are_the_only_frame(self) -> None:
        assert frames_of(capsule([SOI + b"a1", b"a2a2", b"a3"], 1), JPEG) == [SOI + b"a1a2a2a3"]

    def test_the_offset_table_groups_fragments(self) -> None:
        fragments = [SOI + b"a1", b"a2a2", SOI + b"b1", SOI + b"c1", b"c2"]
        starts = list(accumulate((8 + len(fragment) for fragment in fragments), initial=0))
        data = capsule(fragments, 3, (starts[0], starts[2], starts[3]))
        assert frames_of(data, JPEG) == [SOI + b"a1a2a2", SOI + b"b1", SOI + b"c1c2"]

    @pytest.mark.parametrize("table", [(0, 0, 0), (0, 13, 30), (8, 20, 30), (0, 12), (0, 12, 1 << 31)])
    def test_a_wrong_table_is_distrusted(self, table: tuple[int, ...]) -> None:
        data = capsule([SOI + b"a1", SOI + b"b1", SOI + b"c1"], 3, table)
        assert frames_of(data, JPEG) == [SOI + b"a1", SOI + b"b1", SOI + b"c1"]
        assert index_of(data, JPEG).notes == ("offset-table-wrong",)

    def test_starts_of_code_streams_decide_without_a_table(self) -> None:
        data = capsule([SOI + b"a1", b"a2a2", SOI + b"b1", b"b2"], 2)
        assert frames_of(data, JPEG) == [SOI + b"a1a2a2", SOI + b"b1b2"]

    def test_nothing_is_guessed(self) -> None:
        with pytest.raises(FramesUnreadable):
            index_of(capsule([b"aaaa", b"bbbb", b"cccc"], 2), RLE)
        with pytest.raises(FramesUnreadable):
            index_of(capsule([SOI + b"aa", SOI + b"bb", SOI + b"cc"], 2), JPEG)

    def test_frames_that_did_not_arrive_are_missing_and_said(self) -> None:
        fragments = [SOI + b"a1", SOI + b"b1", SOI + b"c1"]
        data = capsule(fragments, 3, (0, 12, 24), end=False)[:-3]
        index = index_of(data, JPEG)
        assert index.notes == ("truncated-pixel-data",)
        assert index.frame(2).length == 4
        with pytest.raises(FramesUnreadable):
            index.frame(3)

    @pytest.mark.parametrize("number", [0, -1, 4])
    def test_frames_count_from_one(self, number: int) -> None:
        with pytest.raises(FramesUnreadable):
            index_of(capsule([SOI + b"a1", SOI + b"b1", SOI + b"c1"], 3), JPEG).frame(number)

    def test_a_video_is_one_stream(self) -> None:
        data = capsule([b"video1", b"video2"], 90)
        index = index_of(data, "1.2.840.10008.1.2.4.102")
        assert index.frames == ()
        assert [data[at : at + length] for at, length in index.whole] == [b"video1", b"video2"]

    @given(st.lists(st.lists(st.binary(max_size=9), min_size=1, max_size=4), min_size=1, max_size=6))
    @settings(deadline=None)
    def test_frames_written_with_a_table_are_read_back(self, frames: list[list[bytes]]) -> None:
        padded = [[part + b"\0" * (len(part) % 2) for part in frame] for frame in frames]
        lengths = [sum(8 + len(part) for part in frame) for frame in padded]
        table = tuple(accumulate(lengths[:-1], initial=0))
        data = capsule([part for frame in padded for part in frame], len(frames), table)
        assert frames_of(data, JPEG) == [b"".join(frame) for frame in padded]


class TestNative:
    """PS3.3 section C.7.6.3 and PS3.5 section 8.2."""

    def test_frames_follow_each_other(self) -> None:
        tail = WRITER.image(2, 3, frames=3) + WRITER.element(0x7FE00010, "OB", bytes(range(18)))
        assert frames_of(WRITER.dataset(tail=tail), EXPLICIT) == [bytes(range(n, n + 6)) for n in (0, 6, 12)]

    def test_frames_of_one_bit_are_not_byte_aligned(self) -> None:
        pixels = np.random.default_rng(7).integers(0, 2, (5, 3, 7), np.uint8)
        packed = np.packbits(pixels.ravel(), bitorder="little").tobytes()
        tail = WRITER.image(3, 7, bits=1, frames=5) + WRITER.element(0x7FE00010, "OB", packed)
        data = WRITER.dataset(tail=tail)
        for expected, frame in zip(pixels, index_of(data, EXPLICIT).frames, strict=True):
            ((at, length),) = frame.parts
            bits = np.unpackbits(np.frombuffer(data, np.uint8, length, at), bitorder="little")
            assert frame.bits is not None
            found = bits[frame.bit_offset : frame.bit_offset + frame.bits]
            assert np.array_equal(found, expected.ravel())

    def test_frames_behind_the_last_byte_are_missing(self) -> None:
        tail = WRITER.image(2, 3, frames=2_000_000_000) + WRITER.element(0x7FE00010, "OB", bytes(18))
        index = index_of(WRITER.dataset(tail=tail), EXPLICIT)
        assert [frame.length for frame in index.frames] == [6, 6, 6, 0]

    def test_an_image_without_size_has_no_frames(self) -> None:
        with pytest.raises(FramesUnreadable):
            index_of(WRITER.dataset(tail=WRITER.element(0x7FE00010, "OB", bytes(18))), EXPLICIT)

    def test_float_pixels_have_their_own_width(self) -> None:
        tail = WRITER.image(1, 2, bits=16, frames=2) + WRITER.element(0x7FE00009, "OD", bytes(32))
        assert [frame.length for frame in index_of(WRITER.dataset(tail=tail), EXPLICIT).frames] == [16, 16]


def _agrees_with_pydicom(prefix: Part10Prefix, found: Scan, data: bytes) -> bool:
    body = dataset_of(prefix)
    assert found.pixel is not None
    index = frame_index(lambda at, length: body[at : at + length], found.pixel, found.header)
    ours = [b"".join(body[at : at + length] for at, length in frame.parts) for frame in index.frames]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = pydicom.dcmread(io.BytesIO(data), force=True)
        theirs = list(generate_frames(dataset.PixelData, number_of_frames=found.header.instance.frames))
    return ours == theirs


def test_encapsulated_sample_files_have_the_frames_that_pydicom_finds() -> None:
    paths = [ROOT / path for path, row in expectations().items() if row["expect"] == "store"] or wheel_files()
    compared, wrong = 0, []
    for path in paths:
        data = path.read_bytes()
        try:
            prefix, found = scan_file(data)
        except DicomRefusal:
            continue
        syntax = transfer_syntax(prefix.meta.transfer_syntax)
        if found.pixel is None or found.pixel.length is not None or syntax.video or found.notes:
            continue
        compared += 1
        if not _agrees_with_pydicom(prefix, found, data):
            wrong.append(path.name)
    assert wrong == []
    assert compared > 20
