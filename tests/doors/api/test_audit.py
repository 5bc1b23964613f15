"""The audit for people: found by time, person, act, patient and accession number; paged both ways; exported."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest

from kontor.access import Act, Outcome, record
from kontor.archive import Finding
from kontor.doors.api import audit, examinations
from kontor.platform.clock import as_iso
from tests.access.rooms import clock_of
from tests.archive.objects import STUDY, dataset, part10
from tests.doors.api.conftest import Api
from tests.doors.api.test_imports import body_of, send


def seqs(page: Any) -> list[int]:
    return [row["seq"] for row in page["items"]]


def tell(api: Api, subject: str, count: int = 1, act: Act = Act.READ) -> None:
    for _ in range(count):
        record(api.access, api.desk.scope, act, subject, Outcome.SUCCESS)


def test_pages_go_both_ways_and_miss_nothing(api: Api) -> None:
    api._token("auditor")
    tell(api, "x", 25)
    first = api.get("auditor", "/audit?act=read&limit=10")
    second = api.get("auditor", f"/audit?act=read&limit=10&before={first['next']}")
    third = api.get("auditor", f"/audit?act=read&limit=10&before={second['next']}")
    everything = seqs(first) + seqs(second) + seqs(third)
    assert (len(everything), everything) == (25, sorted(everything, reverse=True))
    assert (first["previous"], third["next"]) == (None, None)
    back = api.get("auditor", f"/audit?act=read&limit=10&after={third['previous']}")
    assert seqs(back) == seqs(second)
    assert seqs(api.get("auditor", f"/audit?act=read&limit=10&after={back['previous']}")) == seqs(first)
    assert api.ask("auditor", "GET", "/audit?before=3&after=1").code == "inadmissible"


def test_a_time_range_holds_what_happened_in_it_and_nothing_else(api: Api) -> None:
    api._token("auditor")
    clock, starts = clock_of(api.access), []
    for day in range(5):
        starts.append(as_iso(clock.now_us()))
        tell(api, f"day {day}", 7)
        clock.advance(24 * 3600)
    page = api.get("auditor", f"/audit?act=read&since={quote(starts[1])}&until={quote(starts[3])}")
    assert [row["subject"] for row in page["items"]] == ["day 2"] * 7 + ["day 1"] * 7
    narrow = f"/audit?act=read&since={quote(starts[1])}&until={quote(starts[3])}&limit=5"
    older = api.get("auditor", narrow + f"&before={api.get('auditor', narrow)['next']}")
    assert [row["subject"] for row in older["items"]] == ["day 2"] * 2 + ["day 1"] * 3


def test_what_was_done_to_a_patient_is_found_by_number_and_by_accession(api: Api) -> None:
    send(api, body_of(part10(dataset("1", patient_id="P-77", accession="A-9"))))
    tell(api, f"{STUDY}/1.2.3")
    tell(api, f"1.9 {STUDY} 1.8")
    tell(api, f"{STUDY}9")  # another study, whose UID begins alike
    tell(api, "patient_id=P-77&limit=100", act=Act.FIND)
    for criterion in ("patient_id=P-77", "accession=A-9"):
        found = api.get("auditor", f"/audit?{criterion}")["items"]
        subjects = {row["subject"] for row in found if row["act"] != "read-audit"}
        assert {STUDY, f"{STUDY}/1.2.3", f"1.9 {STUDY} 1.8"} <= subjects
        assert f"{STUDY}9" not in subjects
    assert "patient_id=P-77&limit=100" in {r["subject"] for r in api.get("auditor", "/audit?patient_id=P-77")["items"]}
    assert api.get("auditor", "/audit?patient_id=nobody")["items"] == []
    assert api.ask("reader", "GET", "/audit?patient_id=P-77").code == "right-missing"
    assert api.get("auditor", f"/audit?subject={STUDY}&act=read")["items"][-1]["subject"] == f"{STUDY}/1.2.3"


def test_the_export_is_what_was_filtered_is_audited_and_holds_no_formula(api: Api) -> None:
    api._token("auditor")
    for subject in ("=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", 'a"b,c', "plain"):
        tell(api, subject)
    tell(api, "many", 1_100, act=Act.FIND)
    reply = api.ask("auditor", "GET", "/audit/rows.csv?act=read")
    assert reply.fields["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))
    subjects = [row[5] for row in rows[1:]]
    assert subjects == ["plain", 'a"b,c', "'\t=1", "'@x", "'-1", "'+1", "'=cmd|' /C calc'!A0"]
    many = api.ask("auditor", "GET", "/audit/rows.csv?act=find").body.decode().count("\r\n")
    assert many == 1_101
    told = api.get("auditor", "/audit?act=export-audit")["items"]
    assert [row["subject"] for row in told] == ["act=find", "act=read"]
    assert api.ask("admin", "GET", "/audit/rows.csv").code == "right-missing"


def test_a_person_with_more_studies_than_are_looked_at_is_refused_and_not_told_in_part(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(api, body_of(part10(dataset("1", patient_id="P-77", accession="A-9"))))
    monkeypatch.setattr(audit, "_STUDIES_MAX", 0)
    for path in ("/audit?patient_id=P-77", "/audit/rows.csv?accession=A-9"):
        assert api.ask("auditor", "GET", path).code == "inadmissible"


def test_another_organisation_sees_none_of_it(api: Api) -> None:
    tell(api, "ours")
    rows = api.get("stranger", "/audit")["items"]
    assert rows
    assert "ours" not in {row["subject"] for row in rows}
    assert b"ours" not in api.ask("stranger", "GET", "/audit/rows.csv").body


def test_the_state_of_the_chain_is_told_to_auditors(api: Api) -> None:
    tell(api, "x")
    view = api.get("auditor", "/audit/chain")
    assert view["length"] > 0
    assert view["findings"] == []
    assert view["whole"] is not False


def test_a_broken_chain_is_told_whatever_else_was_found(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [Finding("missing-bytes", f"segment {at}", "") for at in range(150)]
    monkeypatch.setattr(examinations, "examine", lambda _: [*others, Finding("audit-chain", "row 7", "")])
    examination = examinations.LastExamination()
    examination._examine(api.desk.archive)
    told = [one.code for one in examination._findings]
    assert told.count("audit-chain") == 1
    assert len(told) < len(others)
