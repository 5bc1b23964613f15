"""Two patients under one Study and Series Instance UID: DICOMweb never gives out a mix of both."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doors.dicomweb.files import new_object, path_of, sample
from tests.doors.dicomweb.service import Service

STUDY, SERIES = "/studies/1.2.50", "/studies/1.2.50/series/1.2.50.1"
ERIKA = {"PatientID": "P-1", "PatientName": "Muster^Erika", "PatientBirthDate": "19640812", "PatientSex": "F"}
HANS = {"PatientID": "P-2", "PatientName": "Schulz^Hans", "PatientBirthDate": "19300101", "PatientSex": "M"}


def image(who: dict[str, str]) -> bytes:
    return new_object(sample(), StudyInstanceUID="1.2.50", SeriesInstanceUID="1.2.50.1", **who)


@pytest.fixture
def images(service: Service) -> list[bytes]:
    """Erika's, Hans's and Erika's again."""
    made = [image(ERIKA), image(HANS), image(ERIKA)]
    for one in made:
        assert service.store(one).status_code in {200, 202}
    return made


def found(service: Service, path: str) -> list[dict[str, Any]]:
    answer = service.get(path)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize("path", [STUDY, SERIES])
def test_study_and_series_are_those_of_the_patient_kept_first(service: Service, path: str) -> None:
    names = [one["00100010"]["Value"][0]["Alphabetic"] for one in found(service, f"{path}/metadata")]
    assert names == ["Muster^Erika"] * 2
    body = service.get(path).content
    assert (body.count(b"Muster^Erika"), body.count(b"Schulz^Hans")) == (2, 0)
    for picture in ("rendered", "thumbnail"):
        assert service.get(f"{path}/{picture}", headers={"Accept": "image/jpeg"}).status_code == 200


def test_an_image_of_the_second_patient_is_given_by_its_own_path(service: Service, images: list[bytes]) -> None:
    path = path_of(images[1])
    (header,) = found(service, f"{path}/metadata")
    assert header["00100010"]["Value"][0]["Alphabetic"] == "Schulz^Hans"
    for form in ("", "/frames/1", "/bulkdata/7FE00010", "/rendered", "/thumbnail"):
        assert service.get(path + form).status_code == 200, form


@pytest.mark.usefixtures("images")
def test_both_studies_are_found_and_told_apart_by_their_patients(service: Service) -> None:
    rows = {one["00100020"]["Value"][0]: one for one in found(service, "/studies?StudyInstanceUID=1.2.50")}
    assert rows.keys() == {"P-1", "P-2"}
    assert rows["P-1"]["00081190"]["Value"] == [f"{service.root}{STUDY}"]
    assert "00081190" not in rows["P-2"], "the study's address would lead to the other patient"


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize("below", [f"{STUDY}/series", f"{STUDY}/instances", f"{SERIES}/instances"])
def test_below_a_study_uid_the_first_patient_is_meant_unless_another_is_named(service: Service, below: str) -> None:
    def patients(query: str) -> set[str]:
        return {one["00100020"]["Value"][0] for one in found(service, f"{below}?includefield=PatientID{query}")}

    assert patients("") == {"P-1"}
    assert patients("&PatientID=P-2") == {"P-2"}


def test_an_instance_is_found_by_its_uid_whosever_it_is(service: Service, images: list[bytes]) -> None:
    sop = path_of(images[1]).rpartition("/")[2]
    (row,) = found(service, f"{STUDY}/instances?SOPInstanceUID={sop}&includefield=PatientID")
    assert row["00100020"]["Value"] == ["P-2"]
    assert row["00081190"]["Value"] == [f"{service.root}{path_of(images[1])}"]
