"""Frames made to break decoders (peers.md 4.4): asked for as pictures, they cost an answer, never the service."""

from __future__ import annotations

import io
import random
from typing import Final

import psutil
import pydicom
import pytest
from pydicom.dataset import FileDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.uid import generate_uid

from tests.corridor.house import SHARED, House
from tests.corridor.samples import sample

pytestmark = pytest.mark.xdist_group(SHARED)
SEED: Final = 20_261_125
ROUNDS: Final = 12
MEMORY_MAX: Final = 128 << 20
CODED: Final = [
    "MR_small_RLE.dcm",
    "SC_rgb_jpeg_dcmtk.dcm",
    "JPEG2000.dcm",
    "MR_small_jpeg_ls_lossless.dcm",
    "JPGExtended.dcm",
]


def _renamed(name: str) -> FileDataset:
    image = pydicom.dcmread(sample(name).path)
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        setattr(image, keyword, generate_uid())
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    return image


def _written(image: FileDataset) -> bytes:
    file = io.BytesIO()
    image.save_as(file)
    return file.getvalue()


def _address(image: FileDataset, form: str) -> str:
    uids = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
    return "/dicom-web/studies/{}/series/{}/instances/{}/{}".format(*uids, form)


def _memory(house: House) -> int:
    assert house.process is not None
    family = psutil.Process(house.process.pid).children(recursive=True)
    return max(one.memory_info().rss for one in family)


@pytest.mark.parametrize("name", CODED)
def test_mutated_frames_are_answered_and_neighbours_are_drawn(house: House, name: str) -> None:
    chance = random.Random(f"{SEED} {name}")
    good = _renamed(name)
    frame = next(generate_frames(good.PixelData, number_of_frames=1))
    before = _memory(house)
    with house.web as web:
        assert web.store(_written(good)).status == 200
        for _ in range(ROUNDS):
            image = _renamed(name)
            image.PixelData = encapsulate([_mutated(frame, chance)])
            assert web.store(_written(image)).status == 200, f"seed {SEED}"
            for form in ("rendered", "thumbnail", "frames/1"):
                answer = web.get(_address(image, form))
                assert answer.status_code in {200, 404, 422}, (form, answer.status_code, answer.text[:200])
        drawn = web.get(_address(good, "rendered"), Accept="image/png")
        assert (drawn.status_code, drawn.content[:4]) == (200, b"\x89PNG")
    assert _memory(house) - before < MEMORY_MAX


def _mutated(frame: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut or repeated, anywhere and in the header above all."""
    data = bytearray(frame)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(min(len(data), 400)) if chance.random() < 0.7 else chance.randrange(len(data))
        data[at] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data) // 2, len(data)) :]
    return bytes(data)


LIES: Final = {
    "rows as 32 bits": ("Rows", "UL", 70_000),
    "columns as 32 bits": ("Columns", "UL", 70_000),
    "rows without end": ("Rows", "US", 65_535),
    "no rows": ("Rows", "US", 0),
    "bits that no cell has": ("BitsAllocated", "US", 65_535),
    "more bits stored than there are": ("BitsStored", "US", 64),
    "frames without end": ("NumberOfFrames", "IS", "2147483647"),
    "fewer than no frames": ("NumberOfFrames", "IS", "-1"),
    "samples": ("SamplesPerPixel", "US", 65_535),
    "a palette that is not there": ("PhotometricInterpretation", "CS", "PALETTE COLOR"),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("name", ["CT_small.dcm", "MR_small_RLE.dcm"])
def test_a_header_that_lies_about_its_pixels_is_not_believed(house: House, name: str, lie: str) -> None:
    keyword, vr, value = LIES[lie]
    image = _renamed(name)
    image[keyword] = pydicom.DataElement(pydicom.datadict.tag_for_keyword(keyword), vr, value)
    before = _memory(house)
    with house.web as web:
        stored = web.stow(_written(image))
        assert stored.status_code in {200, 409}
        if stored.status_code == 200:
            for form in ("rendered", "thumbnail", "frames/1", "frames/99999"):
                answer = web.get(_address(image, form))
                assert answer.status_code in {200, 404, 422}, (form, answer.status_code, answer.text[:200])
        assert web.get("/readyz").status_code == 200
    assert _memory(house) - before < MEMORY_MAX
