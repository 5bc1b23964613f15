"""Names from the wire never become paths (peers.md 4.2): whatever they are, nothing appears outside the archive."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.corridor.house import SHARED, House
from tests.corridor.images import new_image, written
from tests.corridor.senders import Sender

pytestmark = pytest.mark.xdist_group(SHARED)
BAD_UIDS: Final = [
    *["../../escaped", "/tmp/kontor-escaped", "1.2/../3", "1..2", ".", "..", "CON", "1.2․․", "1.2;rm"],
    "9" * 65,
]
ODD_TEXTS: Final = ["../../escaped", "/tmp/kontor-escaped", "..%5cescaped", "CON", "a&b", ".", "$(id>escaped)", "`id`"]
EVERY_NAME_IS_OURS: Final = re.compile(r"[a-z0-9_.\-/]+")


def _tree(house: House) -> set[str]:
    """Every name below the folder in which the house stands, and what an escape would leave elsewhere."""
    outside = [Path("/tmp/kontor-escaped"), Path("/escaped"), house.folder.parent / "escaped"]
    inside = {path.relative_to(house.folder).as_posix() for path in house.folder.rglob("*")}
    return inside | {str(path) for path in outside if path.exists()}


@pytest.mark.parametrize("keyword", ["SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"])
def test_uids_that_are_names_of_files_are_refused_and_write_nothing(house: House, keyword: str, tmp_path: Path) -> None:
    before = _tree(house)
    for value in BAD_UIDS:
        image = new_image()
        genuine = str(image[keyword].value)
        file = _with_value(written(image), genuine, value)
        with house.web as web:
            answer = web.stow(file)
            assert answer.status_code == 409, (value, answer.text[:300])
            assert "escaped" not in answer.text
        (tmp_path / "image.dcm").write_bytes(file)
        assert {answer.status for answer in house.modality.send([tmp_path / "image.dcm"]).values()} == {0xA900}, value
    assert _names_that_are_not_ours(before, _tree(house)) == set()


def test_texts_that_are_names_of_files_are_kept_as_texts(house: House) -> None:
    before = _tree(house)
    with house.web as web:
        for value in ODD_TEXTS:
            image = new_image()
            image.PatientName, image.AccessionNumber, image.StudyDescription = value[:60], value[:16], value
            image.StationName, image.StudyID = value[:16], value[:16]
            image.PatientID = f"{value}{image.SOPInstanceUID[-6:]}"
            assert web.store(written(image)).status == 200, value
            kept = web.instance(image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
            assert kept.endswith(written(image)[-len(image.PixelData) :])
    assert _names_that_are_not_ours(before, _tree(house)) == set()


@pytest.mark.parametrize("title", ["../../escaped", "/tmp/escaped", "KONTOR/..", "%2e%2e%2f", "CON"])
def test_a_title_chooses_no_folder(house: House, title: str) -> None:
    before = _tree(house)
    for stranger in (Sender(title, house.dimse), Sender("MODALITY", house.dimse, called=title)):
        with stranger.associated([("1.2.840.10008.1.1", "1.2.840.10008.1.2")]) as association:
            assert association is None
    assert _names_that_are_not_ours(before, _tree(house)) == set()


def test_the_file_name_of_a_part_is_nothing_to_us(house: House) -> None:
    before, image = _tree(house), new_image()
    head = (
        b"--x\r\nContent-Type: application/dicom\r\n"
        b'Content-Disposition: attachment; filename="../../escaped"\r\nContent-Location: file:///tmp/kontor-escaped\r\n\r\n'
    )
    with house.web as web:
        kind = 'multipart/related; type="application/dicom"; boundary=x'
        body = head + written(image) + b"\r\n--x--\r\n"
        answer = web.client.post("/dicom-web/studies", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 200, answer.text
    assert _names_that_are_not_ours(before, _tree(house)) == set()


def _with_value(file: bytes, genuine: str, value: str) -> bytes:
    """The file with another value in the data set, of any length: pydicom would not write such UIDs."""
    raw = value.encode()
    raw += b"\0" * (len(raw) % 2)
    old = genuine.encode() + b"\0" * (len(genuine) % 2)
    at = file.rindex(old) if genuine in file.decode("latin-1") else -1
    assert at > 0
    return file[: at - 2] + len(raw).to_bytes(2, "little") + raw + file[at + len(old) :]


def _names_that_are_not_ours(before: set[str], after: set[str]) -> set[str]:
    """New names that hold anything of what was sent. Our own are numbers and words of the program."""
    return {name for name in after - before if "escaped" in name or not EVERY_NAME_IS_OURS.fullmatch(name)}
