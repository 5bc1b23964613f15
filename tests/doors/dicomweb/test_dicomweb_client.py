"""Storing, searching and retrieving with `dicomweb-client`, as research groups do it."""

from __future__ import annotations

import io

import numpy as np
import pydicom
import pytest
from dicomweb_client.api import DICOMwebClient

from tests.doors.dicomweb.files import NAMES, body_of, sample, uids
from tests.doors.dicomweb.service import Service


@pytest.fixture
def client(service: Service) -> DICOMwebClient:
    return DICOMwebClient(service.root, session=service.session())


def as_dataset(data: bytes) -> pydicom.FileDataset:
    return pydicom.dcmread(io.BytesIO(data))


def test_a_study_goes_in_is_found_at_every_level_and_comes_back_identical(
    client: DICOMwebClient, service: Service
) -> None:
    first = as_dataset(sample())
    second = as_dataset(sample())
    second.SOPInstanceUID = second.file_meta.MediaStorageSOPInstanceUID = f"{first.SOPInstanceUID}.2"
    answer = client.store_instances([first, second])
    assert len(answer.ReferencedSOPSequence) == 2
    study, series, instance = first.StudyInstanceUID, first.SeriesInstanceUID, first.SOPInstanceUID
    found = client.search_for_studies(search_filters={"PatientID": first.PatientID}, fields=["StudyDescription"])
    assert [one["0020000D"]["Value"] for one in found] == [[study]]
    assert found[0]["00081030"]["Value"] == ["e+1"]
    assert [one["0020000E"]["Value"] for one in client.search_for_series(study)] == [[series]]
    assert len(client.search_for_instances(study, series)) == 2
    assert len(client.retrieve_study(study)) == len(client.retrieve_series(study, series)) == 2
    back = client.retrieve_instance(study, series, instance)
    assert back == first
    assert np.array_equal(back.pixel_array, first.pixel_array)
    assert len(client.retrieve_study_metadata(study)) == len(client.retrieve_series_metadata(study, series)) == 2
    header = pydicom.Dataset.from_json(client.retrieve_instance_metadata(study, series, instance))
    assert header.PixelSpacing == first.PixelSpacing
    assert header.PatientName == first.PatientName
    frames = client.retrieve_instance_frames(study, series, instance, [1])
    assert frames == [first.PixelData]
    for picture in (
        client.retrieve_instance_rendered(study, series, instance),
        client.retrieve_instance_frames_rendered(study, series, instance, [1]),
        client.retrieve_series_rendered(study, series),
    ):
        assert picture[:2] in {b"\xff\xd8", b"\x89P"}
    bulk = f"{service.root}/studies/{study}/series/{series}/instances/{instance}/bulkdata/7FE00010"
    assert client.retrieve_bulkdata(bulk) == [first.PixelData]
    assert client.retrieve_bulkdata(bulk, byte_range=(10, 19)) == [first.PixelData[10:20]]


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_object_comes_back_as_it_was_stored(small_service: Service, name: str) -> None:
    data = sample(name)
    assert small_service.store(data).status_code == 200
    study, series, instance = uids(data)
    path = f"/studies/{study}/series/{series}/instances/{instance}"
    answer = small_service.get(path, headers={"Accept": "application/dicom"})
    assert answer.status_code == 200
    assert answer.content[:132] == bytes(128) + b"DICM"
    assert answer.content.endswith(body_of(data))
    stored, back = as_dataset(data), as_dataset(answer.content)
    assert back.file_meta.TransferSyntaxUID == stored.file_meta.TransferSyntaxUID
    assert back.file_meta.MediaStorageSOPInstanceUID == stored.SOPInstanceUID
    accept = "application/dicom; transfer-syntax=1.2.840.10008.1.2.1"
    plain = as_dataset(small_service.get(path, headers={"Accept": accept}).content)
    assert plain.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
    assert [element.tag for element in plain] == [element.tag for element in stored if element.tag.element]
    if "PixelData" in stored:
        assert np.array_equal(plain.pixel_array, stored.pixel_array)
    header = small_service.get(f"{path}/metadata").json()[0]
    assert {int(key, 16) for key in header} >= {
        int(element.tag) for element in stored if element.tag.element and element.tag <= 0x7FE00010
    }
