"""Two patients under one Study Instance UID: each row of the worklist opens its own patient's study."""

from __future__ import annotations

from kontor.access import AuditQuery, list_audit
from tests.access.rooms import operator
from tests.archive.objects import SERIES, STUDY, dataset
from tests.doors.api.conftest import Api

HANS = {"patient_id": "P-2", "name": "Schulz^Hans", "birth_date": "19300101", "sex": "M"}
OF_SERIES = f"/studies/{STUDY}/series/{SERIES}"


def bring(api: Api) -> str:
    """Erika's images and, between them, Hans's; return what names Hans's row."""
    bright = b"\xff\0" * 8 + b"\0\0" * 8
    api.desk.bring(dataset("1"), dataset("2", pixels=bright, series_description="Hand", **HANS), dataset("3"))
    rows = {row["patient"]["name"]: row["study_key"] for row in api.get("reader", "/studies")["items"]}
    assert rows["Muster^Erika"] == ""
    return str(rows["Schulz^Hans"])


def test_a_study_shows_one_patient_with_their_series_only(api: Api) -> None:
    key = bring(api)
    for query, name, images, series in (("", "Muster^Erika", 2, ""), (f"?study_key={key}", "Schulz^Hans", 1, "Hand")):
        detail = api.get("reader", f"/studies/{STUDY}{query}")
        assert (detail["study"]["patient"]["name"], detail["study"]["instance_count"]) == (name, images)
        assert [(row["description"], row["instance_count"]) for row in detail["series"]] == [(series, images)]


def test_bundles_pictures_and_frames_are_the_row_s_own(api: Api) -> None:
    key = bring(api)
    for query, name, images in (("", "Muster^Erika", 2), (f"?study_key={key}", "Schulz^Hans", 1)):
        instances = api.get("reader", f"{OF_SERIES}/bundle{query}")["instances"]
        names = [one["dataset"]["00100010"]["Value"][0]["Alphabetic"] for one in instances]
        assert names == [name] * images
        for one in instances:
            frame = f"{OF_SERIES}/instances/{one['sop_instance_uid']}/frames/1"
            assert api.ask("reader", "GET", frame).status == 200
    pictures = {api.ask("reader", "GET", f"{OF_SERIES}/thumbnail{query}").body for query in ("", f"?study_key={key}")}
    assert len(pictures) == 2


def test_a_key_of_nothing_is_not_found_and_nonsense_is_refused(api: Api) -> None:
    bring(api)
    for path in (f"/studies/{STUDY}", f"{OF_SERIES}/bundle", f"{OF_SERIES}/thumbnail"):
        for key in ("7", "9" * 19):
            assert api.ask("reader", "GET", f"{path}?study_key={key}").code == "not-found"
        assert api.ask("reader", "GET", f"{path}?study_key=x").code == "invalid-request"


def test_the_audit_says_whose_study_was_shown(api: Api) -> None:
    key = bring(api)
    api.get("reader", f"/studies/{STUDY}")
    api.get("reader", f"/studies/{STUDY}?study_key={key}")
    found = list_audit(api.access, operator(api.access), AuditQuery(act="find"), 99)
    subjects = [row.entry.subject for row in found]
    assert {STUDY, f"{STUDY}?study_key={key}"} <= set(subjects)


def test_each_row_is_declared_complete_by_itself_and_the_audit_says_which(api: Api) -> None:
    key = bring(api)
    for query, ready in ((f"?study_key={key}", ["Schulz^Hans"]), ("", ["Muster^Erika", "Schulz^Hans"])):
        assert api.ask("chief", "POST", f"/studies/{STUDY}/settle{query}").status == 204
        rows = api.get("reader", "/studies?state=ready")["items"]
        assert sorted(row["patient"]["name"] for row in rows) == ready
    assert api.ask("chief", "POST", f"/studies/{STUDY}/settle?study_key=7").code == "not-found"
    found = list_audit(api.access, operator(api.access), AuditQuery(act="settle"), 99)
    done = [row.entry.subject for row in reversed(found) if row.entry.outcome == "success"]
    assert done == [f"{STUDY}?study_key={key}", STUDY]
