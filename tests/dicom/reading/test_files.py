"""Beginnings of files, and every sample file against what an honest archive must do with it."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from pathlib import Path

import pydicom
import pytest

from kontor.dicom.reading import DicomDirectory, DicomRefusal, Malformed, NotDicom, Part10Prefix
from kontor.dicom.values import EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE, Uid
from tests.dicom.building import BIG, EXPLICIT, IMPLICIT, WRITERS, Writer, part10
from tests.dicom.reading.scanning import scan_file, wheel_files
from tests.shared_data import ROOT, expectations

WRITER = Writer()


def test_a_file_fed_byte_by_byte_gives_meta_offset_and_rest() -> None:
    dataset = WRITER.dataset()
    data = part10(dataset, EXPLICIT)
    prefix = Part10Prefix()
    fed = 0
    while not prefix.complete:
        prefix.feed(data[fed : fed + 1])
        fed += 1
    assert prefix.meta.transfer_syntax == EXPLICIT
    assert (prefix.meta.sop_class_uid, prefix.meta.sop_instance_uid) == ("1.2.840.10008.5.1.4.1.1.2", "1.2.3.4")
    assert prefix.dataset_offset == len(data) - len(dataset)
    assert prefix.prefix + dataset == data
    assert bytes(prefix.rest) == data[prefix.dataset_offset : fed]


def test_a_preamble_may_hold_anything() -> None:
    prefix, scan = scan_file(part10(WRITER.dataset(), EXPLICIT, preamble=b"MZ" * 64), lenient=False)
    assert scan.header.sop_instance_uid == "1.2.3.4"
    assert prefix.prefix.startswith(b"MZ")


def test_a_wrong_group_length_does_not_matter() -> None:
    data = bytearray(part10(WRITER.dataset(), EXPLICIT))
    data[140:144] = b"\xff\xff\0\0"
    assert scan_file(bytes(data))[1].notes == ()


@pytest.mark.parametrize(
    ("syntax", "found"), [(IMPLICIT, IMPLICIT_LITTLE), (EXPLICIT, EXPLICIT_LITTLE), (BIG, EXPLICIT_BIG)]
)
def test_a_bare_data_set_is_only_taken_leniently(syntax: str, found: Uid) -> None:
    data = WRITERS[syntax].dataset()
    prefix, _ = scan_file(data)
    assert prefix.meta.transfer_syntax == found
    assert set(prefix.meta.notes) == {"no-preamble", "no-file-meta", "transfer-syntax-assumed"}
    with pytest.raises(NotDicom):
        scan_file(data, lenient=False)


def test_meta_information_without_preamble_is_only_taken_leniently() -> None:
    data = part10(WRITER.dataset(), EXPLICIT)[132:]
    prefix, _ = scan_file(data)
    assert prefix.meta.notes == ("no-preamble",)
    with pytest.raises(NotDicom):
        scan_file(data, lenient=False)


def test_a_dicomdir_is_refused_from_its_meta_information() -> None:
    with pytest.raises(DicomDirectory):
        scan_file(part10(b"\x04\x00\x30\x11CS\0\0" + bytes(20), EXPLICIT, sop_class="1.2.840.10008.1.3.10"))


@pytest.mark.parametrize("data", [b"", bytes(128) + b"DICM", b"%PDF-1.7" * 30, bytes(300), b"PK\x03\x04" * 60])
def test_other_files_are_not_dicom(data: bytes) -> None:
    with pytest.raises(NotDicom):
        scan_file(data)


def test_meta_information_that_never_ends_is_refused() -> None:
    endless = bytes(128) + b"DICM" + WRITER.head(0x00020102, "OB", 0xFFFFFFF0)
    prefix = Part10Prefix()
    with pytest.raises(Malformed):
        prefix.feed(endless + bytes(20))
    with pytest.raises(Malformed):
        Part10Prefix().feed(bytes(128) + b"DICM" + WRITER.element(0x00020102, "OB", b"x" * 60000) * 6)


def _compare_with_pydicom(data: bytes) -> bool:
    """Scan and pydicom name the same UIDs and patient; False when it is refused."""
    try:
        _, found = scan_file(data)
    except DicomRefusal:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = pydicom.dcmread(io.BytesIO(data), force=True, stop_before_pixels=True)
    header = found.header
    assert header.sop_class_uid == dataset.SOPClassUID
    assert header.sop_instance_uid == dataset.SOPInstanceUID
    assert header.study_instance_uid == dataset.StudyInstanceUID
    assert header.series_instance_uid == dataset.SeriesInstanceUID
    assert header.patient.patient_id == str(dataset.get("PatientID") or "").strip()
    assert header.series.modality == str(dataset.get("Modality") or "").strip()
    assert (header.instance.rows or None) == (dataset.get("Rows") or None)
    return True


@pytest.mark.parametrize("path", wheel_files(), ids=lambda path: path.name)
def test_files_of_the_wheel_read_as_pydicom_reads_them(path: Path) -> None:
    _compare_with_pydicom(path.read_bytes())


def test_most_files_of_the_wheel_are_objects() -> None:
    kept = sum(_compare_with_pydicom(path.read_bytes()) for path in wheel_files())
    assert kept > 75


def test_every_sample_file_gets_the_answer_that_is_expected(capsys: pytest.CaptureFixture[str]) -> None:
    rows = expectations()
    if not rows:
        with capsys.disabled():
            print("\nwider sample files are absent: their answers were not compared")
    wrong = []
    for path, row in rows.items():
        data = (ROOT / path).read_bytes()
        try:
            header = scan_file(data)[1].header
            answer: tuple[str, ...] = (
                "store",
                "",
                header.sop_instance_uid,
                header.study_instance_uid,
                header.series_instance_uid,
            )
        except DicomRefusal as refusal:
            answer = ("refuse", refusal.code, *(row[f"{kind}_instance_uid"] for kind in ("sop", "study", "series")))
        expected = tuple(row[key] for key in list(row)[1:6])
        if answer != expected:
            wrong.append((path, answer, expected))
    assert wrong == []


def test_every_sample_file_cut_anywhere_is_kept_or_refused() -> None:
    paths = [ROOT / path for path in expectations()][::25] or wheel_files()[::10]
    for path in paths:
        data = path.read_bytes()
        for cut in range(1, min(len(data), 6000), 97):
            with suppress(DicomRefusal):
                scan_file(data[:cut])
