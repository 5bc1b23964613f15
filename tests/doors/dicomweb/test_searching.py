"""QIDO-RS: keys of three levels, paging, fields, and answers to nonsense."""

from __future__ import annotations

import pytest

from tests.doors.dicomweb.files import new_object, sample, uids
from tests.doors.dicomweb.service import Service


@pytest.fixture
def filled(small_service: Service) -> Service:
    """Three studies: two of one patient, one of another with an umlaut."""
    anna = {"PatientName": "Müller-Lüdenscheidt^Anna", "PatientID": "A1", "SpecificCharacterSet": "ISO_IR 100"}
    bernd = {"PatientName": "Schmidt^Bernd", "PatientID": "B1", "Modality": "MR"}
    objects = [
        new_object(
            StudyInstanceUID=f"1.2.{number}",
            SeriesInstanceUID=f"1.2.{number}.1",
            StudyDate=day,
            AccessionNumber=f"X{number}",
            **who,
        )
        for number, day, who in ((1, "20240101", anna), (2, "20240202", anna), (3, "20240303", bernd))
    ]
    assert small_service.store(*objects).status_code == 200
    return small_service


def studies(service: Service, query: str) -> set[str]:
    answer = service.get(f"/studies?{query}")
    assert answer.status_code == 200, answer.text
    return {one["0020000D"]["Value"][0][-1] for one in answer.json()}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", "123"),
        ("PatientName=mueller*", "12"),
        ("PatientName=M%C3%9CLLER*", "12"),
        ("PatientName=*bernd", "3"),
        ("00100020=A1", "12"),
        ("PatientID=A?", "12"),
        ("PatientID=a1", ""),
        ("AccessionNumber=X*", "123"),
        ("StudyDate=20240101-20240202", "12"),
        ("StudyDate=20240202-", "23"),
        ("StudyDate=-20240131", "1"),
        ("StudyInstanceUID=1.2.1,1.2.3", "13"),
        ("StudyInstanceUID=1.2.1%5C1.2.2", "12"),
        ("StudyInstanceUID=1.2.1&StudyInstanceUID=1.2.2", "12"),
        ("0020000D=1.2.1&0020000D=1.2.2", "12"),
        ("0020000D=1.2.1&0020000d=1.2.2&StudyInstanceUID=1.2.3", "123"),
        ("ModalitiesInStudy=MR", "3"),
        ("ModalitiesInStudy=CT,MR", "123"),
        ("Modality=CT", "12"),
        ("StudyTime=07-08", "123"),
        ("StudyTime=0728-", ""),
        ("PatientName=&PatientID=*", "123"),
        ("PatientName=%25", ""),
        ("limit=2", "32"),
        ("limit=2&offset=2", "1"),
        ("PatientID=B1&StudyDate=20240101", ""),
    ],
)
def test_keys_match_as_the_standard_says(filled: Service, query: str, wanted: str) -> None:
    assert studies(filled, query) == set(wanted)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("NoSuchKeyword=1", "NoSuchKeyword"),
        ("00FF00FF=1", "00FF00FF"),
        ("PatientComments=x", "PatientComments"),
        ("SOPInstanceUID=1.2.3", "SOPInstanceUID"),
        ("RequestAttributesSequence.ScheduledProcedureStepID=1", "RequestAttributesSequence.ScheduledProcedureStepID"),
        ("StudyDate=yesterday", "StudyDate"),
        ("StudyTime=25", "StudyTime"),
        ("StudyInstanceUID=abc", "StudyInstanceUID"),
        ("limit=-1", "limit"),
        ("limit=many", "limit"),
        ("offset=x", "offset"),
        ("fuzzymatching=maybe", "fuzzymatching"),
        ("includefield=NoSuchKeyword", "NoSuchKeyword"),
    ],
)
def test_what_cannot_be_matched_is_refused_by_name(filled: Service, query: str, named: str) -> None:
    answer = filled.get(f"/studies?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"][0]["field"] == named


@pytest.mark.parametrize("number", ["many", "2147483648", "-2147483649", "9999999999", "9" * 30])
def test_a_number_that_no_object_can_have_is_refused_by_name(filled: Service, number: str) -> None:
    answer = filled.get(f"/instances?InstanceNumber={number}")
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (400, "InstanceNumber")


def test_a_hostile_key_is_not_repeated(filled: Service) -> None:
    answer = filled.get("/studies?%3Cscript%3Ealert(1)%3C/script%3E=1")
    assert answer.status_code == 400
    assert "<" not in answer.text


def test_nothing_found_is_an_empty_array(filled: Service) -> None:
    answer = filled.get("/studies?PatientID=nobody")
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["content-type"] == "application/dicom+json"


def test_levels_below_carry_what_the_address_does_not_name(filled: Service) -> None:
    free = filled.get("/series?Modality=MR").json()[0]
    assert free["00100010"]["Value"] == [{"Alphabetic": "Schmidt^Bernd"}]
    below = filled.get("/studies/1.2.3/series").json()[0]
    assert "00100010" not in below
    assert below["0020000D"]["Value"] == ["1.2.3"]
    assert below["00201209"]["Value"] == [1]
    instance = filled.get("/studies/1.2.3/series/1.2.3.1/instances").json()[0]
    assert instance["00280010"]["Value"] == [128]
    assert "00080060" not in instance
    everything = filled.get("/instances?includefield=all&PatientID=B1").json()[0]
    assert {"00100010", "00080060", "00083002", "0020000E"} <= set(everything)
    assert everything["00081190"]["Value"][0].startswith(filled.root + "/studies/1.2.3/series/1.2.3.1/instances/")


def test_unsupported_switches_and_cuts_are_told_in_a_warning(filled: Service) -> None:
    warning = filled.get("/studies?fuzzymatching=true").headers["warning"]
    assert warning.startswith("299 ")
    assert "Only literal matching" in warning
    assert "warning" not in filled.get("/studies?limit=1").headers


def test_empty_attributes_have_no_value(filled: Service) -> None:
    study = filled.get("/studies?PatientID=B1").json()[0]
    assert study["00100030"] == {"vr": "DA"}
    assert study["00080090"] == {"vr": "PN"}


def test_a_search_is_audited_and_needs_its_right(filled: Service) -> None:
    assert filled.get("/studies", who="nobody").status_code == 401
    assert filled.get("/studies", who="admin").status_code == 403
    filled.get("/studies")
    assert ("study", "success") in filled.audit("find")
    filled.get("/studies?PatientName=Muster*&limit=3")
    assert '"parameters":"PatientName=Muster*&limit=3"' in filled.audit_details("find")[-1]


def test_another_organisation_sees_nothing(filled: Service) -> None:
    for path in ("/studies", "/series", "/instances", "/studies/1.2.3/series", "/studies?StudyInstanceUID=1.2.3"):
        assert filled.get(path, who="stranger").json() == []
    data = sample()
    assert filled.store(data, who="stranger").status_code == 200
    assert uids(data)[0] not in {one["0020000D"]["Value"][0] for one in filled.get("/studies").json()}
