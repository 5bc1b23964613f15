"""Several contents under one SOP Instance UID: all kept, promoted by people, closed by themselves when equal."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

import pydicom
import pytest
from pydicom.dataset import FileDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ImplicitVRLittleEndian, RLELossless

from tests.corridor.house import SHARED, House
from tests.corridor.images import bare, new_image, written
from tests.corridor.web import Web

pytestmark = pytest.mark.xdist_group(SHARED)
KEPT_BESIDE: Final = (202, 0xB000)
CLOSED_WITHIN_S: Final = 60


def _given_back(web: Web, image: FileDataset) -> bytes:
    return bare(web.instance(image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID))


def _kept(web: Web, image: FileDataset) -> dict[str, Any]:
    return dict(web.api(f"/instances/{image.SOPInstanceUID}/variants"))


def _until(wanted: Callable[[], bool], within_s: float = CLOSED_WITHIN_S) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if wanted():
            return True
        time.sleep(0.1)
    return False


def test_each_content_is_kept_listed_and_given_back_once_a_person_chose_it(house: House) -> None:
    image = new_image()
    first = written(image)
    image.PixelData = bytes(len(image.PixelData))
    other_pixels = written(image)
    image.PatientComments = "arrived twice"
    other_words = written(image)
    with house.web as web:
        assert web.store(first).status == 200
        for later in (other_pixels, other_words):
            stored = web.store(later)
            assert (stored.status, *stored.kept.values()) == KEPT_BESIDE
            assert _given_back(web, image) == bare(first)
        assert web.store(other_pixels).status == 202
        assert len(_kept(web, image)["variants"]) == 2, "the same bytes again are no third variant"
        for chosen in (other_pixels, other_words, first):
            kept = _kept(web, image)
            (row,) = [row for row in kept["variants"] if row["length"] and _is(row, chosen)]
            web.api(f"/variants/{row['id']}/promote", method="POST", expect=204)
            assert _given_back(web, image) == bare(chosen)
            assert _is(_kept(web, image)["primary"], chosen)
        assert len(web.audit(act="promote", outcome="success")) >= 3


def _is(row: dict[str, Any], file: bytes) -> bool:
    return bool(row["digest"] == sha256(bare(file)).hexdigest())


def test_variants_that_say_and_show_the_same_close_themselves_and_no_other(house: House) -> None:
    image = new_image()
    first = written(image)
    other = pydicom.dcmread(io.BytesIO(first))
    pixels = bytearray(other.PixelData)
    pixels[1000] ^= 1
    other.PixelData = bytes(pixels)
    one_bit = written(other)
    renamed = pydicom.dcmread(io.BytesIO(first))
    renamed.PatientComments = "another word"
    encoded = pydicom.dcmread(io.BytesIO(first))
    encoded.compress(RLELossless, generate_instance_uid=False)
    equal = [written(image, ImplicitVRLittleEndian), written(image, DeflatedExplicitVRLittleEndian), written(encoded)]
    different = [one_bit, written(renamed)]
    with house.web as web:
        assert web.store(first).status == 200
        for file in (*different, *equal):  # compared in the order in which they came
            assert web.store(file).status == 202

        def states() -> dict[str, str]:
            return {row["digest"]: row["state"] for row in _kept(web, image)["variants"]}

        def of(files: list[bytes]) -> list[str]:
            known = _kept(web, image)["variants"]
            return [row["state"] for file in files for row in known if _is(row, file)]

        assert _until(lambda: of(equal) == ["closed"] * 3), (states(), house.log())
        assert of(different) == ["open"] * 2
        study = web.api(f"/studies/{image.StudyInstanceUID}")["study"]
        assert study["open_variants"] == 2


def test_a_sender_over_dicom_is_warned_too(house: House, tmp_path: Any) -> None:
    image = new_image()
    (tmp_path / "first.dcm").write_bytes(written(image))
    image.PatientComments = "arrived twice"
    (tmp_path / "second.dcm").write_bytes(written(image))
    answers = house.modality.send([tmp_path / "first.dcm", tmp_path / "second.dcm"])
    assert [answer.status for answer in answers.values()] == [0, 0xB000]
    assert "SOP Instance UID" in list(answers.values())[1].comment
