"""Files over /api/v1/imports: one true answer a file, and nothing told as kept that is not."""

from __future__ import annotations

import pytest

from tests.archive.objects import dataset, part10
from tests.archive.poison import POISON
from tests.doors.api.conftest import Api
from tests.doors.http.calling import Reply

MULTIPART = ("content-type", "multipart/related; boundary=b0")


def body_of(*files: bytes, whole: bool = True) -> bytes:
    parts = b"".join(b"--b0\r\ncontent-type: application/dicom\r\n\r\n" + file + b"\r\n" for file in files)
    return parts + b"--b0--\r\n" if whole else parts[:-8]


def send(api: Api, body: bytes, who: str = "technologist", **more: object) -> Reply:
    return api.ask(who, "POST", "/imports", body=body, fields=[MULTIPART], **more)


def said(reply: Reply) -> list[tuple[str, str]]:
    assert reply.status == 200, reply.body
    return [(file["outcome"], file["code"]) for file in reply.json()["files"]]


def test_each_file_has_its_own_answer_in_the_order_of_the_parts(api: Api) -> None:
    files = [part10(dataset("1")), b"Bilder vom 1.1.2026\n" * 20, b"", part10(dataset("1")), dataset("2")]
    other = part10(dataset("2", pixels=b"\1" * 32))
    assert said(send(api, body_of(*files))) == [
        ("new", ""),
        ("refused", "not-dicom"),
        ("refused", "not-dicom"),
        ("repeated", ""),
        ("new", ""),
    ]
    assert said(send(api, body_of(other))) == [("variant", "")]
    assert len(api.desk.rows("instance", "sop_instance_uid")) == 2


def test_only_who_may_import_may_and_each_study_has_its_audit_row(api: Api) -> None:
    for who in ("reader", "admin", "auditor", "chief", "nobody"):
        assert send(api, body_of(part10(dataset("1"))), who).status in {401, 403}
    assert api.desk.rows("instance", "sop_instance_uid") == []
    send(api, body_of(part10(dataset("1")), part10(dataset("2"))))
    rows = api.get("auditor", "/audit?act=import")["items"]
    study = send(api, body_of(part10(dataset("3")))).json()["files"][0]["study_instance_uid"]
    assert [(row["subject"], row["actor"], row["detail"]) for row in rows] == [
        (study, "technologist", {"address": "10.0.0.9"})
    ]


def test_what_came_whole_before_the_line_broke_is_kept_and_told_the_next_time(api: Api) -> None:
    first, second = part10(dataset("1")), part10(dataset("2"))
    assert send(api, body_of(first, second, whole=False)).code == "malformed-multipart"
    assert said(send(api, body_of(first, second))) == [("repeated", ""), ("new", "")]


def test_more_files_than_share_a_transaction_are_told_in_order(api: Api) -> None:
    files = [part10(dataset(str(number))) if number % 5 else b"no image" * 40 for number in range(1, 80)]
    assert [outcome for outcome, _ in said(send(api, body_of(*files)))] == [
        "new" if number % 5 else "refused" for number in range(1, 80)
    ]


@pytest.mark.usefixtures("poisonous")
def test_what_no_index_holds_is_not_told_as_kept(api: Api) -> None:
    poison = part10(dataset("1.2.9.1", study="1.2.9", series="1.2.9.2", description=POISON))
    assert said(send(api, body_of(poison, part10(dataset("1"))))) == [("refused", "unindexable"), ("new", "")]


def test_a_body_without_a_file_is_no_success(api: Api) -> None:
    assert send(api, b"--b0--\r\n").code == "malformed-multipart"
    assert api.ask("technologist", "POST", "/imports", body=b"x").code == "media-type"
