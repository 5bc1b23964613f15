"""A reader's work over /api/v1: marks, claims and views, told and audited as patients' data are."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kontor.access import AuditQuery, AuditUnwritable, list_audit
from kontor.doors.http import auditing
from kontor.platform.journal.entry_rows import number_committed
from tests.access.rooms import operator
from tests.archive.objects import SERIES, STUDY, dataset
from tests.doors.api.conftest import Api
from tests.doors.api.test_studies import heard

ID = "0123456789abcdef" * 2
MARK: dict[str, Any] = {
    "study": STUDY, "sop_instance_uid": f"{SERIES}.1", "frame": 1, "kind": "length", "points": [[1, 2.5], [3.25, 4]],
    "text": "Grüße", "detail": {"label": [1, 2]}, "version": 0,
}  # fmt: skip


@pytest.fixture
def study(api: Api) -> Api:
    api.desk.bring(dataset("1"))
    return api


def acts(api: Api, *wanted: str) -> list[tuple[str, str, str]]:
    rows = [row.entry for row in list_audit(api.access, operator(api.access), AuditQuery(), 99)]
    return [(row.actor_name, row.act, row.subject) for row in reversed(rows) if row.act in wanted]


def test_a_mark_comes_back_as_it_was_sent(study: Api) -> None:
    sent = study.ask("reader", "PUT", f"/marks/{ID}", MARK)
    assert sent.status == 200
    kept = sent.json()
    assert (kept["id"], kept["version"], kept["removed"]) == (ID, 1, False)
    assert {**MARK, "version": 1}.items() <= kept.items()
    assert study.get("reader", f"/studies/{STUDY}/marks") == {"marks": [kept]}
    assert study.get("chief", f"/studies/{STUDY}/marks") == {"marks": []}
    assert study.ask("reader", "DELETE", f"/marks/{ID}?version=1").status == 204
    assert study.get("reader", f"/studies/{STUDY}/marks") == {"marks": []}


def test_the_version_that_came_between_stands_in_the_refusal(study: Api) -> None:
    study.ask("reader", "PUT", f"/marks/{ID}", MARK)
    newest = study.ask("reader", "PUT", f"/marks/{ID}", {**MARK, "version": 1, "text": "elsewhere"}).json()
    reply = study.ask("reader", "PUT", f"/marks/{ID}", {**MARK, "version": 1, "text": "here"})
    assert (reply.status, reply.code, reply.json()["present"]) == (409, "mark-changed", newest)


def test_marks_are_audited_before_they_leave_and_work_once_a_minute(
    study: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in range(3):
        study.ask("reader", "PUT", f"/marks/{ID}", {**MARK, "version": version, "text": str(version)})
    study.get("reader", f"/studies/{STUDY}/marks")
    study.ask("reader", "DELETE", f"/marks/{ID}?version=3")
    mark, read = ("reader", "mark", STUDY), ("reader", "read", STUDY)
    assert acts(study, "mark", "read") == [mark, read, mark]

    def fail(*_given: object, **_more: object) -> None:
        raise AuditUnwritable("full")

    for name in ("record", "record_once"):
        monkeypatch.setattr(auditing, name, fail)
    reply = study.ask("reader", "GET", f"/studies/{STUDY}/marks")
    assert (reply.status, reply.code) == (503, "audit-unwritable")


@pytest.mark.parametrize(
    "change",
    [
        {"points": []},
        {"points": [[1, 2, 3]]},
        {"points": [[1, "2"]]},
        {"points": [[0, 0]] * 65},
        {"kind": "circle"},
        {"text": "x" * 1_001},
        {"text": "\x00"},
        {"frame": 0},
        {"version": -1},
        {"author": "chief"},
    ],
)
def test_what_is_no_mark_is_not_read(study: Api, change: dict[str, object]) -> None:
    reply = study.ask("reader", "PUT", f"/marks/{ID}", {**MARK, **change})
    assert (reply.status, reply.code) == (400, "invalid-request")


@pytest.mark.parametrize("text", [b'"\xff"', b'"\\ud800"', b'"\xed\xa0\x80"', b"1e999", b"NaN", b"[" * 20_000])
def test_bytes_that_no_text_or_number_can_be_are_refused(study: Api, text: bytes) -> None:
    fields = [("content-type", "application/json")]
    body = b'{"name": %s, "filter": ""}' % text
    reply = study.ask("reader", "PUT", f"/views/{ID}", fields=fields, body=body)
    assert (reply.status, reply.code) == (400, "invalid-request")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("frame", {"frame": 2}),
        ("detail", {"detail": {"note": "x" * 5_000}}),
        ("detail", {"kind": "calibration"}),
    ],
)
def test_a_mark_that_cannot_be_is_refused_by_its_field(study: Api, field: str, change: dict[str, object]) -> None:
    reply = study.ask("reader", "PUT", f"/marks/{ID}", {**MARK, **change})
    assert (reply.status, reply.code, reply.json()["fields"][0]["field"]) == (422, "inadmissible", field)


def test_a_claim_stands_in_the_list_in_the_study_and_in_the_refusal(study: Api) -> None:
    claim = study.ask("reader", "PUT", f"/studies/{STUDY}/claim", {}).json()
    assert claim.pop("renewed") is False
    assert study.ask("reader", "PUT", f"/studies/{STUDY}/claim", {}).json() == {**claim, "renewed": True}
    assert (claim["account"], claim["name"], claim["own"], claim["taken_from"]) == ("reader", "reader", True, None)
    for who, own in (("reader", True), ("chief", False)):
        row = {"name": "reader", "own": own, "since": claim["since"]}
        assert study.get(who, "/studies")["items"][0]["claim"] == row
        assert study.get(who, f"/studies/{STUDY}")["study"]["claim"] == row
        assert study.get(who, f"/studies/{STUDY}/claim") == {"claim": {**claim, "own": own}}
    reply = study.ask("chief", "PUT", f"/studies/{STUDY}/claim", {"take_over": False})
    assert (reply.status, reply.code, reply.json()["present"]) == (409, "claimed", {**claim, "own": False})
    taken = study.ask("chief", "PUT", f"/studies/{STUDY}/claim", {"take_over": True}).json()
    assert (taken["name"], taken["own"], taken["taken_from"]) == ("chief", True, "reader")
    assert acts(study, "claim", "take-over") == [("reader", "claim", STUDY), ("chief", "take-over", STUDY)]
    study.desk.clock.advance(15 * 60)  # type: ignore[attr-defined] # a clock of the tests
    assert study.get("reader", "/studies")["items"][0]["claim"] is None
    assert study.get("reader", f"/studies/{STUDY}")["study"]["claim"] is None


def test_a_claim_given_up_is_free(study: Api) -> None:
    study.ask("reader", "PUT", f"/studies/{STUDY}/claim", {})
    assert study.ask("chief", "DELETE", f"/studies/{STUDY}/claim").status == 204
    assert study.get("chief", f"/studies/{STUDY}/claim")["claim"]["account"] == "reader"
    assert study.ask("reader", "DELETE", f"/studies/{STUDY}/claim").status == 204
    assert study.get("chief", f"/studies/{STUDY}/claim") == {"claim": None}


def test_what_is_being_read_can_be_filtered_for(study: Api) -> None:
    study.desk.bring(dataset("1.2.9.1.1", study="1.2.9", series="1.2.9.1"))
    assert study.get("chief", "/studies?state=reading")["items"] == []
    study.ask("reader", "PUT", f"/studies/{STUDY}/claim", {})
    page = study.get("chief", "/studies?state=reading")
    assert [row["study_instance_uid"] for row in page["items"]] == [STUDY]
    assert (page["total"], page["filtered_out"]) == (1, 1)
    assert study.get("chief", "/study-count?state=reading") == {"total": 1}
    assert study.get("chief", f"/studies?state=reading&study={STUDY}&study=1.2.9")["total"] == 1
    assert study.get("chief", "/studies?state=reading&study=1.2.9")["total"] == 0
    study.desk.clock.advance(15 * 60)  # type: ignore[attr-defined] # a clock of the tests
    assert study.get("chief", "/studies?state=reading")["total"] == 0


def test_events_tell_who_sees_the_list_that_a_study_was_claimed(study: Api) -> None:
    study.get("chief", "/session")
    study.desk.archive.database.write(number_committed)
    claiming = lambda: study.ask("chief", "PUT", f"/studies/{STUDY}/claim", {})  # noqa: E731 # in a thread of its own
    told = asyncio.run(heard(study, b"claim_changed", claiming))
    assert ("claim_changed", STUDY) in told


def test_views_are_kept_for_their_account(study: Api) -> None:
    view = {"name": "CT heute", "filter": "modality=CT&patient_name=M%C3%BC*", "position": 3}
    assert study.ask("reader", "PUT", f"/views/{ID}", view).json() == {"id": ID, **view}
    assert study.get("reader", "/views") == {"views": [{"id": ID, **view}]}
    assert study.get("chief", "/views") == {"views": []}
    assert study.ask("chief", "DELETE", f"/views/{ID}").status == 404
    assert study.ask("reader", "DELETE", f"/views/{ID}").status == 204
    assert study.get("reader", "/views") == {"views": []}
