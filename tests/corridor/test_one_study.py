"""The corridor end to end: a CT sent by DCMTK, found and read back by dicomweb-client."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from demo.phantom import write_phantom
from dicomweb_client.api import DICOMwebClient

from tests.corridor.house import SHARED, House
from tests.corridor.samples import data_set_of
from tests.corridor.web import AS_STORED, parts_of
from tests.shared_data import shared_root

pytestmark = pytest.mark.xdist_group(SHARED)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A CT volume: 100 slices of a real scanner where the shared files are, else the demo's phantom."""
    root = shared_root()
    if root is not None:
        files = sorted((root / "dcm_qa_ct" / "Philips" / "S21570" / "S2020").iterdir())
        assert len(files) == 100
        return files
    return write_phantom(tmp_path_factory.mktemp("phantom"))


def test_a_ct_sent_by_storescu_is_found_and_read_back_by_dicomweb_client(house: House, volume: list[Path]) -> None:
    sent = house.modality.storescu(volume, "-xe")
    assert sent.returncode == 0, sent.stderr
    client = DICOMwebClient(f"{house.root}/dicom-web", headers={"Authorization": f"Bearer {house.token}"})
    originals = {str(image.SOPInstanceUID): image for image in map(pydicom.dcmread, volume)}
    of = next(iter(originals.values()))
    (study,) = client.search_for_studies(
        search_filters={"PatientID": str(of.PatientID), "StudyDate": str(of.StudyDate)}
    )
    assert study["0020000D"]["Value"] == [of.StudyInstanceUID]
    assert study["00201208"]["Value"] == [len(volume)]
    (series,) = client.search_for_series(of.StudyInstanceUID, search_filters={"Modality": "CT"})
    uid = series["0020000E"]["Value"][0]
    found = client.search_for_instances(of.StudyInstanceUID, uid, fields=["InstanceNumber"], get_remaining=True)
    assert {row["00080018"]["Value"][0] for row in found} == set(originals)
    received = client.retrieve_series(of.StudyInstanceUID, uid)
    assert len(received) == len(volume)
    for image in received:
        original = originals[image.SOPInstanceUID]
        assert image == original
        assert np.array_equal(image.pixel_array, original.pixel_array)
    frame = client.retrieve_instance_frames(of.StudyInstanceUID, uid, of.SOPInstanceUID, [1])[0]
    assert frame == of.PixelData
    header = client.retrieve_instance_metadata(of.StudyInstanceUID, uid, of.SOPInstanceUID)
    assert pydicom.Dataset.from_json(header).PatientName == of.PatientName


def test_the_same_study_comes_back_byte_by_byte(house: House, volume: list[Path]) -> None:
    image = pydicom.dcmread(volume[0], stop_before_pixels=True)
    assert house.modality.storescu(volume, "-xe").returncode == 0, "sending again is no error"
    with house.web as web:
        answer = web.get(f"/dicom-web/studies/{image.StudyInstanceUID}", Accept=AS_STORED)
        parts = parts_of(answer)
        assert len(parts) == len(volume)
        sent = sorted(data_set_of(path) for path in volume)
        assert sorted(part[-len(data) :] for part, data in _paired(parts, sent)) == sent


def _paired(parts: list[bytes], sent: list[bytes]) -> list[tuple[bytes, bytes]]:
    """Each received file with the data set that was sent under its SOP Instance UID."""
    by_uid = {_sop(data): data for data in sent}
    return [(part, by_uid[_sop(part)]) for part in parts]


def _sop(data: bytes) -> bytes:
    at = data.index(b"\x08\x00\x18\x00UI")
    length = int.from_bytes(data[at + 6 : at + 8], "little")
    return data[at + 8 : at + 8 + length].rstrip(b"\0")
