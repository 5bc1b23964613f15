"""STOW-RS: what is kept, what is refused and how the sender learns it."""

from __future__ import annotations

import weakref
from typing import Any

import pytest

from kontor.archive import Receipt, study_rows
from kontor.doors.dicomweb import stow
from kontor.platform.blobs import ReadOnlyStorage, StorageFull, StorageUnavailable
from tests.archive.poison import POISON
from tests.doors.dicomweb.files import changed, new_object, path_of, sample, uids
from tests.doors.dicomweb.service import Service

FAILED, REFERENCED, OTHERS = "00081198", "00081199", "0008119A"
REASON, WARNING = "00081197", "00081196"


def reasons(answer: dict[str, dict[str, list[dict[str, dict[str, list[int]]]]]], key: str) -> list[int]:
    return [item[REASON]["Value"][0] for item in answer.get(key, {}).get("Value", [])]


def test_all_kept_is_200_with_addresses_that_work(service: Service) -> None:
    data = sample()
    answer = service.store(data, new_object())
    assert answer.status_code == 200
    items = answer.json()[REFERENCED]["Value"]
    assert len(items) == 2
    for item in items:
        address = item["00081190"]["Value"][0]
        assert service.session().get(address, headers={"Accept": "application/dicom"}, timeout=30).status_code == 200


def test_some_refused_is_202_and_names_them(small_service: Service) -> None:
    answer = small_service.store(
        sample(), b"no DICOM at all" * 20, changed(sample(), SeriesInstanceUID="", SOPInstanceUID="1.2.3")
    )
    assert answer.status_code == 202
    assert len(answer.json()[REFERENCED]["Value"]) == 1
    assert reasons(answer.json(), OTHERS) == [0xC000]
    assert reasons(answer.json(), FAILED) == [0xA900]
    assert answer.json()[FAILED]["Value"][0]["00081155"]["Value"] == ["1.2.3"]


@pytest.mark.usefixtures("poisonous")
def test_what_no_index_holds_fails_alone(small_service: Service) -> None:
    poison = new_object(StudyDescription=POISON, StudyInstanceUID="1.2.3.4")
    answer = small_service.store(sample(), poison)
    assert answer.status_code == 202
    assert reasons(answer.json(), FAILED) == [0xC000]
    assert answer.json()[FAILED]["Value"][0]["00081155"]["Value"] == [uids(poison)[2]]
    assert small_service.store(poison).status_code == 409


def test_a_long_request_keeps_no_more_of_what_is_admitted_than_its_answer_says(
    small_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts, alive = list[weakref.ref[Receipt]](), list[int]()

    def receive(*args: Any, **named: Any) -> Receipt:
        alive.append(sum(receipt() is not None for receipt in receipts))
        receipt = stow_receive(*args, **named)
        receipts.append(weakref.ref(receipt))
        return receipt

    stow_receive = stow.receive
    monkeypatch.setattr(stow, "receive", receive)
    monkeypatch.setattr(stow, "ADMITTED_TOGETHER", 1)
    objects = [new_object() for _ in range(5)]
    answer = small_service.store(*objects)
    assert answer.status_code == 200
    items = answer.json()[REFERENCED]["Value"]
    assert [item["00081155"]["Value"] for item in items] == [[uids(data)[2]] for data in objects]
    assert alive == [0] * 5


def test_a_defect_costs_its_own_object_only(small_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def receive(*args: Any, **named: Any) -> Receipt:
        receipt = stow_receive(*args, **named)
        if receipt.header.patient.name == "Defect^In^Receiving":
            raise ZeroDivisionError
        return receipt

    def described(receipt: Receipt) -> Any:
        return describe(receipt) if receipt.header.patient.name != "Defect^In^Admitting" else 1 // 0

    stow_receive, describe = stow.receive, study_rows._description
    monkeypatch.setattr(stow, "receive", receive)
    monkeypatch.setattr(study_rows, "_description", described)
    parts = [new_object(PatientName=name) for name in ("A", "Defect^In^Receiving", "B", "Defect^In^Admitting", "C")]
    answer = small_service.store(*parts)
    assert answer.status_code == 202
    kept = [item["00081155"]["Value"][0] for item in answer.json()[REFERENCED]["Value"]]
    assert kept == [uids(parts[number])[2] for number in (0, 2, 4)]
    failed = {item["00081155"]["Value"][0]: item[REASON]["Value"][0] for item in answer.json()[FAILED]["Value"]}
    assert failed == {uids(parts[1])[2]: 0x0110, uids(parts[3])[2]: 0x0110}


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ReadOnlyStorage("gone"), 0xA700), (StorageUnavailable("gone"), 0xA700), (StorageFull("full"), 0xA700)],
    ids=repr,
)
def test_storage_that_fails_after_some_were_kept_has_the_reason_of_c_store(
    small_service: Service, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: int
) -> None:
    received: list[int] = []
    stow_receive = stow.receive

    def receive(*args: Any, **named: Any) -> Receipt:
        received.append(1)
        if len(received) > 1:
            raise error
        return stow_receive(*args, **named)

    monkeypatch.setattr(stow, "receive", receive)
    answer = small_service.store(new_object(), new_object())
    assert reasons(answer.json(), OTHERS) == [reason]


def test_nothing_kept_is_409(small_service: Service) -> None:
    answer = small_service.store(b"no DICOM at all" * 20)
    assert answer.status_code == 409
    assert reasons(answer.json(), OTHERS) == [0xC000]


def test_an_instance_of_another_study_fails_alone(small_service: Service) -> None:
    mine, foreign = sample(), new_object(StudyInstanceUID="1.2.3.4")
    answer = small_service.store(mine, foreign, study=uids(mine)[0])
    assert answer.status_code == 202
    assert reasons(answer.json(), FAILED) == [0xA900]
    assert answer.json()[FAILED]["Value"][0]["00081155"]["Value"] == [uids(foreign)[2]]
    assert small_service.get(path_of(foreign)).status_code == 404
    assert small_service.store(foreign, study=uids(mine)[0]).status_code == 409


def test_the_same_bytes_twice_are_one_object_and_other_bytes_a_variant_with_a_warning(service: Service) -> None:
    data = sample()
    other = changed(data, PatientComments="written later")
    assert service.store(data).status_code == 200
    assert service.store(data).status_code == 200
    answer = service.store(other)
    assert answer.status_code == 202
    assert answer.json()[REFERENCED]["Value"][0][WARNING]["Value"] == [0xB000]
    assert len(service.get("/instances").json()) == 1
    back = service.get(path_of(data), headers={"Accept": "application/dicom"}).content
    assert b"written later" not in back


def test_a_variant_is_served_under_the_study_that_it_names(service: Service) -> None:
    data = sample()
    other = changed(data, StudyInstanceUID="1.2.3.4", SeriesInstanceUID="1.2.3.4.5")
    service.store(data)
    assert service.store(other).status_code == 202
    for one in (data, other):
        back = service.get(path_of(one), headers={"Accept": "application/dicom"})
        assert back.status_code == 200
        assert uids(back.content) == uids(one)


def test_a_single_object_as_the_body_is_taken(small_service: Service) -> None:
    session = small_service.session()
    answer = session.post(
        f"{small_service.root}/studies", data=sample(), headers={"Content-Type": "application/dicom"}, timeout=30
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ('multipart/related; type="application/dicom+json"; boundary=b', b"--b--", 415),
        ('multipart/related; type="application/dicom"', b"--b--", 400),
        ('multipart/related; type="application/dicom"; boundary=b', b"no boundary", 400),
        ('multipart/related; type="application/dicom"; boundary=b', b"--b--\r\n", 400),
        ('multipart/related; type="application/dicom"; boundary=b', b"--b\r\n\r\nhalf a par", 400),
        ("", b"x", 415),
    ],
)
def test_a_body_that_cannot_be_used_is_a_problem_with_a_code(
    small_service: Service, content_type: str, body: bytes, status: int
) -> None:
    answer = small_service.session().post(
        f"{small_service.root}/studies", data=body, headers={"Content-Type": content_type}, timeout=30
    )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] in {"media-type", "malformed-multipart"}


def test_what_came_whole_before_the_line_broke_is_kept_and_told(small_service: Service) -> None:
    data = sample()
    body = (
        b"--b\r\nContent-Type: application/dicom\r\n\r\n"
        + data
        + b"\r\n--b\r\nContent-Type: application/dicom\r\n\r\n"
        + data[:900]
    )
    headers = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=b'}
    answer = small_service.session().post(f"{small_service.root}/studies", data=body, headers=headers, timeout=30)
    assert answer.status_code == 202
    assert len(answer.json()[REFERENCED]["Value"]) == 1
    assert small_service.get(path_of(data)).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("reader", 403), ("admin", 403)])
def test_only_who_may_store_stores(small_service: Service, who: str, status: int) -> None:
    assert small_service.store(sample(), who=who).status_code == status
    assert small_service.get("/instances").json() == []
