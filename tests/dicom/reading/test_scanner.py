"""The scanner: what it finds, what it tolerates with a note, what it refuses and by which code."""

from __future__ import annotations

import struct

import pytest

from kontor.dicom.reading import (
    BadUid,
    DicomDirectory,
    DicomRefusal,
    Malformed,
    MissingUid,
    NotDicom,
    ScanLimits,
    Scanner,
    TooDeep,
    TooLarge,
    Truncated,
)
from kontor.dicom.values import Uid
from tests.dicom.building import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    JPEG,
    UNDEFINED,
    WRITERS,
    Writer,
    deflated,
    nested,
)
from tests.dicom.reading.scanning import scan

WRITER = Writer()
ENCODINGS = pytest.mark.parametrize("syntax", [IMPLICIT, EXPLICIT, BIG])
PIXELS = bytes(range(64))


@ENCODINGS
def test_the_header_is_the_same_in_every_encoding(syntax: str) -> None:
    writer = WRITERS[syntax]
    tail = writer.image(8, 8) + writer.element(0x7FE00010, "OW", PIXELS)
    found = scan(writer.dataset(tail=tail), syntax)
    header = found.header
    assert (header.sop_instance_uid, header.study_instance_uid) == ("1.2.3.4", "1.2.3")
    assert (header.patient.name, header.series.modality) == ("Muster^Anna", "CT")
    assert (header.instance.rows, header.instance.columns, header.instance.bits_allocated) == (8, 8, 8)
    assert found.notes == ()
    assert found.pixel is not None
    assert found.pixel.length == 64
    assert found.length == found.pixel.end


def test_a_deflated_data_set_is_scanned_inside() -> None:
    tail = WRITER.image(8, 8) + WRITER.element(0x7FE00010, "OW", PIXELS)
    body = deflated(WRITER.dataset(tail=tail))
    found = scan(body, DEFLATED, step=7)
    assert found.length == len(body)
    assert found.header.instance.rows == 8
    assert found.pixel is not None
    assert found.notes == ()


def test_every_field_of_the_header_is_read() -> None:
    element = WRITER.element
    issuer = element(0x00400031, "UT", "HOSPITAL")
    other = element(0x00100020, "LO", "OLD-1") + element(0x00100021, "LO", "OLD")
    parts = [
        element(0x00080005, "CS", "ISO_IR 100"),
        element(0x00080008, "CS", "ORIGINAL\\PRIMARY"),
        element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4"),
        element(0x00080018, "UI", "1.2.3.4"),
        element(0x00080020, "DA", "20240102"),
        element(0x0008002A, "DT", "20240102030405.5+0100"),
        element(0x00080030, "TM", "030405"),
        element(0x00080050, "SH", "A1"),
        WRITER.sequence(0x00080051, [issuer]),
        element(0x00080060, "CS", "MR"),
        element(0x00080070, "LO", "Maker"),
        element(0x00080080, "LO", "Haus"),
        element(0x00080090, "PN", "Arzt^Eva"),
        element(0x00081010, "SH", "MR1"),
        element(0x00081030, "LO", "Kopf"),
        element(0x0008103E, "LO", "t1"),
        element(0x00100010, "PN", "M\xfcller^J\xf6rg"),
        element(0x00100020, "LO", " P1 "),
        element(0x00100021, "LO", "ISSUER"),
        element(0x00100030, "DA", "19700101"),
        element(0x00100040, "CS", "M"),
        element(0x00101000, "LO", "X1\\X2"),
        WRITER.sequence(0x00101002, [other], undefined=True),
        element(0x00180015, "CS", "HEAD"),
        element(0x00181030, "LO", "Protokoll"),
        element(0x0020000D, "UI", "1.2.3"),
        element(0x0020000E, "UI", "1.2.3.1"),
        element(0x00200010, "SH", "S1"),
        element(0x00200011, "IS", "3"),
        element(0x00200013, "IS", " 7 "),
        element(0x00200032, "DS", "1.5\\-2\\3e1"),
        element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
        element(0x00200052, "UI", "1.2.9"),
        element(0x00200060, "CS", "L"),
        element(0x00280030, "DS", "0.5\\0.25"),
        element(0x00282110, "CS", "01"),
        element(0x00400244, "DA", "20240103"),
        element(0x00400245, "TM", "0102"),
    ]
    header = scan(b"".join(parts), EXPLICIT).header
    patient, study, series, instance = header.patient, header.study, header.series, header.instance
    assert patient.name == "Müller^Jörg"
    assert (patient.patient_id, patient.issuer, patient.birth_date, patient.sex) == ("P1", "ISSUER", "19700101", "M")
    assert patient.other_ids == (("OLD-1", "OLD"), ("X1", ""), ("X2", ""))
    assert (study.date, study.time, study.accession_number, study.accession_issuer) == (
        "20240102",
        "030405",
        "A1",
        "HOSPITAL",
    )
    assert (study.study_id, study.description, study.referring_name, study.institution) == (
        "S1",
        "Kopf",
        "Arzt^Eva",
        "Haus",
    )
    assert (series.number, series.description, series.body_part, series.laterality) == (3, "t1", "HEAD", "L")
    assert (series.station, series.protocol, series.manufacturer) == ("MR1", "Protokoll", "Maker")
    assert (series.performed_date, series.performed_time, series.frame_of_reference_uid) == (
        "20240103",
        "0102",
        "1.2.9",
    )
    assert (instance.number, instance.image_type, instance.lossy) == (7, "ORIGINAL\\PRIMARY", True)
    assert (instance.acquisition_date, instance.acquisition_time) == ("20240102", "030405.5")
    assert (instance.position, instance.orientation) == ((1.5, -2.0, 30.0), (1, 0, 0, 0, 1, 0))
    assert (instance.pixel_spacing, instance.frames) == ((0.5, 0.25), 1)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        (0x00080016, "missing-sop-class"),
        (0x00080018, "missing-sop-instance"),
        (0x0020000D, "missing-study"),
        (0x0020000E, "missing-series"),
    ],
)
def test_a_missing_uid_is_refused_by_name(tag: int, code: str) -> None:
    with pytest.raises(MissingUid) as refusal:
        scan(WRITER.dataset(leave_out=tag), EXPLICIT)
    assert refusal.value.code == code


@pytest.mark.parametrize("uid", ["1.2/../4", "1.2 .3", "1.2.abc", "1." + "2" * 64])
def test_a_bad_uid_is_refused_and_not_repeated(uid: str) -> None:
    with pytest.raises(BadUid) as refusal:
        scan(WRITER.dataset(sop_instance=uid), EXPLICIT)
    assert refusal.value.code == "bad-uid"
    assert uid not in refusal.value.reason


def test_absence_is_told_before_form() -> None:
    with pytest.raises(MissingUid):
        scan(WRITER.dataset(leave_out=0x0020000E, sop_instance="x"), EXPLICIT)


def test_a_dicomdir_is_refused_by_its_class_and_by_its_records() -> None:
    with pytest.raises(DicomDirectory):
        scan(WRITER.dataset(sop_class="1.2.840.10008.1.3.10"), EXPLICIT)
    with pytest.raises(DicomDirectory):
        scan(WRITER.sequence(0x00041220, [WRITER.element(0x00041430, "CS", "PATIENT")], undefined=True), EXPLICIT)


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff\xd8\xff\xe0" * 9, b"PK\x03\x04aaaaaaaa"])
def test_other_bytes_are_not_dicom(data: bytes) -> None:
    with pytest.raises(NotDicom):
        scan(data, EXPLICIT)


@pytest.mark.parametrize("undefined", [False, True])
@ENCODINGS
@pytest.mark.parametrize(("depth", "refused"), [(10, False), (64, False), (65, True), (199, True), (5000, True)])
def test_nesting_beyond_64_is_refused(depth: int, syntax: str, undefined: bool, refused: bool) -> None:
    writer = WRITERS[syntax]
    data = writer.dataset(before=nested(depth, writer, undefined=undefined))
    if refused:
        with pytest.raises(TooDeep) as refusal:
            scan(data, syntax, step=4096)
        assert refusal.value.code == "too-deep"
    else:
        assert scan(data, syntax, step=4096).notes == ()


def test_more_elements_than_the_limit_are_refused() -> None:
    many = b"".join(WRITER.element(0x00091000 + n, "CS", "") for n in range(100))
    with pytest.raises(TooLarge):
        scan(WRITER.dataset(before=many), EXPLICIT, ScanLimits(elements=50))
    empty = WRITER.sequence(0x00089215, [b""] * 100)
    with pytest.raises(TooLarge):
        scan(WRITER.dataset(before=empty), EXPLICIT, ScanLimits(elements=50))


def test_a_bomb_is_refused_before_it_is_inflated_whole() -> None:
    bomb = WRITER.dataset(tail=WRITER.element(0x7FE00010, "OW", bytes(2 << 20)))
    body = deflated(bomb)
    with pytest.raises(TooLarge):
        scan(body, DEFLATED, ScanLimits(inflated_bytes=1 << 20))
    with pytest.raises(TooLarge):
        scan(body, DEFLATED, ScanLimits(inflated_grace=1 << 20, inflated_ratio=20))


def test_a_long_value_is_skipped_and_never_held() -> None:
    tail = WRITER.image(8, 8) + WRITER.head(0x7FE00010, "OW", 0xFFFFFFF0)
    scanner = Scanner(Uid(EXPLICIT))
    scanner.feed(memoryview(WRITER.dataset(tail=tail)))
    piece = memoryview(bytes(1 << 20))
    for _ in range(64):
        scanner.feed(piece)
    found = scanner.finish()
    assert found.length > 64 << 20
    assert "truncated-pixel-data" in found.notes


def test_an_overlong_wanted_value_is_left_out_with_a_note() -> None:
    name = WRITER.element(0x00104000, "LT", "x") + WRITER.element(0x00180015, "CS", "H" * 9000)
    found = scan(WRITER.dataset(tail=name), EXPLICIT)
    assert found.header.series.body_part == ""
    assert "overlong-value" in found.notes


class TestPixelData:
    """Where pixel data lies, and what stands behind and around it."""

    def test_elements_behind_it_are_read(self) -> None:
        tail = WRITER.element(0x7FE00010, "OW", PIXELS) + WRITER.element(0xFFFCFFFC, "OB", bytes(10))
        found = scan(WRITER.dataset(tail=tail), EXPLICIT)
        assert found.pixel is not None
        assert found.pixel.end < found.length
        assert found.notes == ()

    def test_fragments_are_walked_to_their_end(self) -> None:
        tail = WRITER.encapsulated([b"\xff\xd8aa", b"\xff\xd8bbbb"]) + WRITER.element(0xFFFCFFFC, "OB", bytes(10))
        data = WRITER.dataset(tail=tail)
        for step in (0, 1, 9):
            pixel = scan(data, JPEG, step=step).pixel
            assert pixel is not None
            assert (pixel.length, pixel.fragments, pixel.vr) == (None, 2, "OB")
            assert data[pixel.value_offset : pixel.value_offset + 4] == b"\xfe\xff\x00\xe0"
            assert data[pixel.end : pixel.end + 4] == b"\xfc\xff\xfc\xff"

    def test_an_icon_does_not_end_the_scan(self) -> None:
        icon = WRITER.image(2, 2) + WRITER.element(0x7FE00010, "OW", b"icon")
        inner = WRITER.image(2, 2) + WRITER.encapsulated([b"\xff\xd8icon"])
        tail = WRITER.sequence(0x00880200, [icon, inner], undefined=True) + WRITER.element(0x7FE00010, "OW", PIXELS)
        found = scan(WRITER.dataset(tail=tail), EXPLICIT)
        assert found.pixel is not None
        assert found.pixel.length == 64
        assert found.header.instance.rows is None

    @pytest.mark.parametrize(("tag", "vr"), [(0x7FE00008, "OF"), (0x7FE00009, "OD")])
    def test_float_pixel_data_is_pixel_data(self, tag: int, vr: str) -> None:
        pixel = scan(WRITER.dataset(tail=WRITER.element(tag, vr, PIXELS)), EXPLICIT).pixel
        assert pixel is not None
        assert (pixel.tag, pixel.vr) == (tag, vr)

    def test_missing_bytes_are_a_note(self) -> None:
        data = WRITER.dataset(tail=WRITER.image(8, 8) + WRITER.element(0x7FE00010, "OW", PIXELS))
        assert scan(data[:-10], EXPLICIT).notes == ("truncated-pixel-data",)
        cut = WRITER.dataset(tail=WRITER.encapsulated([b"\xff\xd8aa"], end=False))
        assert scan(cut, JPEG).notes == ("truncated-pixel-data",)

    def test_a_value_too_short_for_the_image_is_a_note(self) -> None:
        tail = WRITER.image(9, 9) + WRITER.element(0x7FE00010, "OW", PIXELS)
        assert scan(WRITER.dataset(tail=tail), EXPLICIT).notes == ("short-pixel-data",)


class TestDeviations:
    """Each tolerated deviation has a name; the object is kept."""

    def test_un_of_undefined_length_is_implicit_inside_everything(self) -> None:
        inner = Writer(implicit=True).element(0x00100020, "LO", "HIDDEN")
        for syntax in (EXPLICIT, BIG):
            writer = WRITERS[syntax]
            items = Writer(implicit=True).sequence(0, [inner], undefined=True)[8:]
            data = writer.dataset(before=writer.head(0x00091002, "UN", UNDEFINED) + items)
            assert scan(data, syntax).notes == ()

    def test_explicit_elements_inside_un_are_found_out(self) -> None:
        inner = WRITER.element(0x00100020, "LO", "HIDDEN")
        found = scan(WRITER.dataset(before=WRITER.sequence(0x00091002, [inner], undefined=True, vr="UN")), EXPLICIT)
        assert found.notes == ("explicit-in-un",)

    @pytest.mark.parametrize(
        ("written", "declared", "note"),
        [
            (IMPLICIT, EXPLICIT, "implicit-mislabelled"),
            (EXPLICIT, IMPLICIT, "explicit-mislabelled"),
            (BIG, EXPLICIT, "byte-order-mislabelled"),
            (EXPLICIT, BIG, "byte-order-mislabelled"),
        ],
    )
    def test_a_mislabelled_encoding_is_found_out(self, written: str, declared: str, note: str) -> None:
        found = scan(WRITERS[written].dataset(), declared)
        assert found.notes == (note,)
        assert found.header.transfer_syntax == declared

    def test_an_implicit_element_between_explicit_ones(self) -> None:
        odd = Writer(implicit=True).element(0x00091002, "LO", "odd one")
        assert scan(WRITER.dataset(before=odd), EXPLICIT).notes == ("implicit-element",)

    @pytest.mark.parametrize("vr", [b"  ", b"??", b"--"])
    def test_placeholders_instead_of_a_vr(self, vr: bytes) -> None:
        odd = struct.pack("<HH2sH", 0x0009, 0x1002, vr, 4) + b"abcd"
        assert scan(WRITER.dataset(before=odd), EXPLICIT).notes == ("placeholder-vr",)

    def test_an_unknown_vr_has_the_long_form(self) -> None:
        odd = struct.pack("<HH2sHI", 0x0009, 0x1002, b"ZZ", 0, 4) + b"abcd"
        assert scan(WRITER.dataset(before=odd), EXPLICIT).notes == ("unknown-vr",)

    def test_odd_lengths_do_not_shift_by_one(self) -> None:
        odd = WRITER.head(0x00091002, "LO", 3) + b"abc"
        assert scan(WRITER.dataset(before=odd), EXPLICIT).header.patient.name == "Muster^Anna"

    def test_of_repeated_elements_the_first_counts(self) -> None:
        twice = WRITER.element(0x00080060, "CS", "MR")
        found = scan(WRITER.dataset(before=twice), EXPLICIT)
        assert found.header.series.modality == "CT"
        assert found.notes == ("repeated-element",)

    def test_elements_out_of_order_are_read(self) -> None:
        late = WRITER.element(0x00080070, "LO", "Late")
        found = scan(WRITER.dataset(tail=late), EXPLICIT)
        assert found.header.series.manufacturer == "Late"
        assert found.notes == ("unordered-elements",)

    def test_a_missing_item_delimiter_is_supplied(self) -> None:
        item = WRITER.item_tag(0xE000, UNDEFINED) + WRITER.element(0x00081150, "UI", "1.2")
        broken = WRITER.head(0x00081115, "SQ", UNDEFINED) + item + WRITER.item_tag(0xE0DD)
        assert scan(WRITER.dataset(before=broken), EXPLICIT).notes == ("missing-delimiter",)

    def test_a_sequence_of_known_length_without_items_is_skipped(self) -> None:
        broken = WRITER.element(0x00081115, "SQ", b"no items here!!!")
        found = scan(WRITER.dataset(before=broken), EXPLICIT)
        assert found.notes == ("unreadable-sequence",)
        assert found.header.patient.name == "Muster^Anna"

    def test_zeros_behind_the_data_set_are_padding(self) -> None:
        found = scan(WRITER.dataset(tail=WRITER.element(0x7FE00010, "OW", PIXELS)) + bytes(5000), EXPLICIT)
        assert found.notes == ("trailing-bytes",)

    def test_damage_behind_the_uids_keeps_the_object(self) -> None:
        damage = WRITER.item_tag(0xE000, 4) + b"abcd" + b"\xff" * 40
        found = scan(WRITER.dataset(tail=damage), EXPLICIT)
        assert found.notes == ("unreadable-rest",)

    def test_bytes_above_127_without_character_set_are_said(self) -> None:
        found = scan(WRITER.dataset(name="M\xfcller"), EXPLICIT)
        assert found.header.patient.name == "Müller"
        assert found.notes == ("charset-assumed",)


def test_damage_before_the_uids_is_a_refusal() -> None:
    data = WRITER.element(0x00080016, "UI", "1.2") + WRITER.item_tag(0xE000, 4) + b"abcd"
    with pytest.raises(Malformed):
        scan(data, EXPLICIT)


def test_what_only_pydicom_can_follow_is_read_by_it_and_said() -> None:
    wrong_item = WRITER.item_tag(0xE001, 18) + WRITER.element(0x00081150, "UI", "1.2.3.4.5")
    broken = WRITER.head(0x00081115, "SQ", UNDEFINED) + wrong_item + WRITER.item_tag(0xE0DD)
    tail = WRITER.image(8, 8) + WRITER.element(0x7FE00010, "OW", PIXELS)
    found = scan(WRITER.dataset(before=broken, tail=tail), EXPLICIT, step=50)
    assert found.header.study_instance_uid == "1.2.3"
    assert found.header.instance.rows == 8
    assert set(found.notes) == {"read-by-fallback", "unreadable-rest"}


def test_an_end_before_the_uids_is_a_refusal() -> None:
    with pytest.raises(Truncated) as refusal:
        scan(WRITER.dataset()[:40], EXPLICIT)
    assert refusal.value.code == "truncated"


def test_a_broken_deflate_stream_is_a_refusal() -> None:
    with pytest.raises(DicomRefusal):
        scan(b"\x07" + bytes(100), DEFLATED)


def test_reasons_fit_the_error_comment_of_dimse() -> None:
    for refusal in (MissingUid("sop-instance"), BadUid("study"), NotDicom("x" * 200), TooDeep("deep")):
        assert len(refusal.reason) <= 64
