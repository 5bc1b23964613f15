"""The worklist and what a viewer loads: as the archive has it, audited before it leaves."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from kontor.access import AuditQuery, AuditUnwritable, list_audit
from kontor.archive import promote, variants
from kontor.dicom.values import Uid
from kontor.doors.http import auditing
from kontor.platform.journal.entry_rows import number_committed
from tests.access.rooms import operator
from tests.archive.objects import CT, SERIES, STUDY, dataset
from tests.doors.api.conftest import Api, elsewhere

OF_SERIES = f"/studies/{STUDY}/series/{SERIES}"


def audited(api: Api, act: str) -> list[tuple[str, str]]:
    found = list_audit(api.access, operator(api.access), AuditQuery(act=act), 99)
    return [(row.entry.actor_name, row.entry.subject) for row in reversed(found)]


def test_the_worklist_shows_a_study_as_it_came(api: Api) -> None:
    api.desk.bring(dataset("1", description="CT Thorax", accession="A-1"), dataset("2", description="CT Thorax"))
    page = api.get("reader", "/studies")
    (row,) = page["items"]
    assert row["study_instance_uid"] == STUDY
    assert row["patient"] == {
        "name": "Muster^Erika", "patient_id": "P-1", "issuer": "", "birth_date": "19640812", "sex": "F",
        "identity": "resolved",
    }  # fmt: skip
    assert (row["modalities"], row["series_count"], row["instance_count"]) == (["CT"], 1, 2)
    assert (row["state"], row["description"], row["study_date"]) == ("arriving", "CT Thorax", "20260101")
    assert row["first_received_at"].endswith("Z")
    assert (page["total"], page["filtered_out"], page["next"], page["previous"]) == (1, 0, None, None)


def test_pages_go_by_key_there_and_back(api: Api) -> None:
    for number in range(5):
        api.desk.bring(dataset(f"1.2.{number}.1.1", study=f"1.2.{number}", series=f"1.2.{number}.1"))
    first = api.get("reader", "/studies?limit=2&sort=received&order=asc")
    second = api.get("reader", f"/studies?limit=2&sort=received&order=asc&after={first['next']}")
    back = api.get("reader", f"/studies?limit=2&sort=received&order=asc&after={second['previous']}")
    assert [row["study_instance_uid"] for row in first["items"] + second["items"]] == [f"1.2.{n}" for n in range(4)]
    assert back["items"] == first["items"]
    assert first["total"] == second["total"] == 5


def test_a_filter_says_how_many_it_hides(api: Api) -> None:
    for number, modality in enumerate(("CT", "MR", "US")):
        api.desk.bring(dataset(f"1.2.{number}.1.1", study=f"1.2.{number}", series=f"1.2.{number}.1", modality=modality))
    page = api.get("reader", "/studies?modality=CT&modality=US")
    assert sorted(row["modalities"][0] for row in page["items"]) == ["CT", "US"]
    assert (page["total"], page["filtered_out"]) == (2, 1)


def test_a_count_is_that_of_the_list_and_one_act_an_hour(api: Api) -> None:
    for number, modality in enumerate(("CT", "MR", "US", "CT")):
        api.desk.bring(dataset(f"1.2.{number}.1.1", study=f"1.2.{number}", series=f"1.2.{number}.1", modality=modality))
    for query, total in (("", 4), ("modality=CT", 2), ("modality=XA", 0), ("state=ready", 0)):
        for _ in range(2):
            assert api.get("reader", f"/study-count?{query}") == {"total": total}
        assert api.get("reader", f"/studies?{query}")["total"] == total
    counts = [subject for _, subject in audited(api, "find") if subject.startswith("count")]
    assert counts == ["count ", "count modality=CT", "count modality=XA", "count state=ready"]
    assert api.ask("admin", "GET", "/study-count").status == 403
    assert api.ask("reader", "GET", "/study-count?received_from=yesterday").code == "inadmissible"


@pytest.mark.parametrize("sort", ["birth_date", "description", "accession", "referring", "received"])
def test_each_shown_order_can_be_asked_for_and_turned_round(api: Api, sort: str) -> None:
    for number, modality in enumerate(("CT", "MR", "US")):
        values = {"birth_date": f"196{number}0101", "description": f"D{number}", "accession": f"A{number}"}
        api.desk.bring(
            dataset(
                f"1.2.{number}.1.1", study=f"1.2.{number}", series=f"1.2.{number}.1", patient_id=f"P{number}",
                modality=modality, **values,
            )
        )  # fmt: skip
    uids = [
        [row["study_instance_uid"] for row in api.get("reader", f"/studies?sort={sort}&order={order}")["items"]]
        for order in ("asc", "desc")
    ]
    assert uids[0] == uids[1][::-1] == ["1.2.0", "1.2.1", "1.2.2"]


def test_studies_are_filtered_by_the_time_they_came(api: Api) -> None:
    api.desk.bring(dataset("1.2.1.1.1", study="1.2.1", series="1.2.1.1"))
    api.access.clock.advance(3600)  # type: ignore[attr-defined] # a test's clock
    api.desk.bring(dataset("1.2.2.1.1", study="1.2.2", series="1.2.2.1"))
    later = api.get("reader", "/studies")["items"][0]["first_received_at"]
    (row,) = api.get("reader", f"/studies?received_from={later}")["items"]
    assert row["study_instance_uid"] == "1.2.2"
    assert api.get("reader", f"/studies?received_until={later}")["total"] == 2


def test_other_systems_name_a_study_or_a_patient_exactly(api: Api) -> None:
    for number, name in enumerate(("A1", "A10", "A1*")):
        api.desk.bring(
            dataset(
                f"1.2.{number}.1.1", study=f"1.2.{number}", series=f"1.2.{number}.1", accession=name, patient_id=name
            )
        )
    for query, wanted in (
        ("accession_is=A1", {"1.2.0"}),
        ("patient_id_is=A1", {"1.2.0"}),
        ("accession_is=A1*", {"1.2.2"}),
        ("study=1.2.1&study=1.2.2&study=1.2.9", {"1.2.1", "1.2.2"}),
    ):
        page = api.get("reader", f"/studies?{query}")
        assert {row["study_instance_uid"] for row in page["items"]} == wanted, query
        assert page["total"] == len(wanted)
    assert api.ask("reader", "GET", "/studies?study=x").code == "invalid-request"


class TestTimeline:
    """Whose studies stand together is what the index holds for one person, never what a name says."""

    def bring(self, api: Api, number: int, **values: str) -> None:
        api.desk.bring(
            dataset(
                f"1.2.{number}.1.1", study=f"1.2.{number}", series=f"1.2.{number}.1",
                study_date=f"202{number}0101", **values,
            )
        )  # fmt: skip

    def uids(self, page: dict[str, Any]) -> list[str]:
        return [item["study"]["study_instance_uid"] for item in page["items"]]

    def test_it_holds_the_studies_of_the_same_identity_newest_first_page_by_page(self, api: Api) -> None:
        for number in (1, 3, 2):
            self.bring(api, number)
        self.bring(api, 4, patient_id="P-2")  # the same name, birth date and sex
        self.bring(api, 5, patient_id="")
        first = api.get("reader", "/studies/1.2.1/timeline?limit=2")
        assert (self.uids(first), first["total"]) == (["1.2.3", "1.2.2"], 3)
        rest = api.get("reader", f"/studies/1.2.1/timeline?limit=2&after={first['next']}")
        assert (self.uids(rest), rest["next"]) == (["1.2.1"], None)
        assert self.uids(api.get("reader", "/studies/1.2.5/timeline")) == ["1.2.5"]

    def test_a_clashing_person_under_the_same_number_stands_apart(self, api: Api) -> None:
        self.bring(api, 1)
        self.bring(api, 2, name="Ganz^Anders", birth_date="20010101", sex="M")
        assert self.uids(api.get("reader", "/studies/1.2.1/timeline")) == ["1.2.1"]
        (other,) = api.get("reader", "/studies/1.2.2/timeline")["items"]
        assert other["study"]["identity"] == "unresolved"

    def test_the_picture_is_that_of_the_series_with_most_images(self, api: Api) -> None:
        self.bring(api, 1)
        for sop in ("1.2.1.2.1", "1.2.1.2.2"):
            api.desk.bring(dataset(sop, study="1.2.1", series="1.2.1.2"))
        for sop in ("1.2.1.3.1", "1.2.1.3.2", "1.2.1.3.3"):
            api.desk.bring(dataset(sop, study="1.2.1", series="1.2.1.3", modality="SR"))
        (item,) = api.get("reader", "/studies/1.2.1/timeline")["items"]
        assert item["picture"] == "1.2.1.2"

    def test_it_is_one_act_a_minute_and_a_stranger_finds_no_study(self, api: Api) -> None:
        self.bring(api, 1)
        for _ in range(2):
            api.get("reader", "/studies/1.2.1/timeline")
        assert audited(api, "find") == [("reader", "timeline of 1.2.1")]
        assert api.ask("stranger", "GET", "/studies/1.2.1/timeline").status == 404
        assert api.ask("admin", "GET", "/studies/1.2.1/timeline").status == 403


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "sort=size",
        "order=up",
        "date_from=2026",
        "state=x",
        "identity=x",
        "patient=x",
        "after=zzz",
    ],
)
def test_what_cannot_be_asked_is_refused(api: Api, query: str) -> None:
    assert api.ask("reader", "GET", f"/studies?{query}").code == "invalid-request"


def test_a_study_shows_its_series_by_number(api: Api) -> None:
    for number in ("10", "2", ""):
        series = f"1.2.3.{number or 9}"
        api.desk.bring(dataset(f"{series}.1", series=series, series_number=number))
    detail = api.get("reader", f"/studies/{STUDY}")
    assert [row["number"] for row in detail["series"]] == [2, 10, None]
    assert detail["study"]["series_count"] == 3


def test_the_same_question_is_one_row_of_the_audit_for_a_minute(api: Api) -> None:
    for _ in range(3):
        api.get("reader", "/studies?patient_name=Muster")
    api.get("reader", "/studies")
    assert audited(api, "find") == [("reader", "patient_name=Muster"), ("reader", "")]


def test_without_an_audit_row_no_study_leaves(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.desk.bring(dataset("1"))

    def unwritable(*_arguments: object, **_options: object) -> None:
        raise AuditUnwritable("gone")

    monkeypatch.setattr(auditing, "record_once", unwritable)
    reply = api.ask("reader", "GET", "/studies")
    assert (reply.code, b"Muster" in reply.body) == ("audit-unwritable", False)


def test_a_bundle_holds_every_header_and_the_length_of_every_frame(api: Api) -> None:
    api.desk.bring(dataset("1"), dataset("2"))
    plain = api.ask("reader", "GET", f"{OF_SERIES}/bundle")
    packed = api.ask("reader", "GET", f"{OF_SERIES}/bundle", fields=[("accept-encoding", "gzip")])
    assert packed.fields["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    document = plain.json()
    assert [one["frames"] for one in document["instances"]] == [{"count": 1, "lossy": False, "bytes": [32]}] * 2
    assert document["instances"][0]["sop_class_uid"] == CT
    assert document["instances"][0]["dataset"]["00100010"]["Value"][0]["Alphabetic"] == "Muster^Erika"
    assert audited(api, "read") == [("reader", f"{STUDY}/{SERIES}")]
    same = [("if-none-match", plain.fields["etag"])]
    assert api.ask("reader", "GET", f"{OF_SERIES}/bundle", fields=same).status == 304


def test_a_frame_is_given_as_it_is_stored(api: Api) -> None:
    pixels = bytes(range(32))
    api.desk.bring(dataset("1", pixels=pixels))
    reply = api.ask("reader", "GET", f"{OF_SERIES}/instances/{SERIES}.1/frames/1")
    assert (reply.status, reply.body) == (200, pixels)
    assert reply.fields["x-kontor-transfer-syntax"] == "1.2.840.10008.1.2.1"
    assert reply.fields["content-length"] == "32"
    for number in ("0", "2", "x"):
        assert api.ask("reader", "GET", f"{OF_SERIES}/instances/{SERIES}.1/frames/{number}").code == "not-found"


def test_a_frame_is_refused_once_another_object_stands_in_the_place_of_the_one_whose_header_was_read(api: Api) -> None:
    api.desk.bring(dataset("1"), dataset("1", pixels=b"\x01" * 32))
    (instance,) = api.get("reader", f"{OF_SERIES}/bundle")["instances"]
    frame = f"{OF_SERIES}/instances/{SERIES}.1/frames/1?digest="
    assert api.ask("reader", "GET", frame + instance["digest"]).status == 200
    (variant,) = api.get("reader", f"/instances/{SERIES}.1/variants")["variants"]
    assert api.ask("chief", "POST", f"/variants/{variant['id']}/promote").status == 204
    refused = api.ask("reader", "GET", frame + instance["digest"])
    assert (refused.status, refused.code, refused.json()["repeatable"]) == (409, "images-changed", False)
    assert api.ask("reader", "GET", frame + variant["digest"]).body == b"\x01" * 32
    assert api.ask("reader", "GET", frame + "x").code == "invalid-request"


def test_a_frame_that_the_pixel_data_do_not_reach_is_told_from_one_that_never_was(api: Api) -> None:
    api.desk.bring(dataset("1", pixels=bytes(20)))
    frames = f"{OF_SERIES}/instances/{SERIES}.1/frames"
    codes = [api.ask("reader", "GET", f"{frames}/{number}").code for number in (1, 2)]
    assert codes == ["pixels-incomplete", "not-found"]


def test_a_series_has_a_small_picture(api: Api) -> None:
    api.desk.bring(dataset("1"))
    reply = api.ask("reader", "GET", f"{OF_SERIES}/thumbnail")
    assert (reply.status, reply.fields["content-type"], reply.body[:2]) == (200, "image/jpeg", b"\xff\xd8")


def test_a_study_can_be_declared_complete(api: Api) -> None:
    api.desk.bring(dataset("1"))
    assert api.ask("chief", "POST", f"/studies/{STUDY}/settle").status == 204
    assert api.get("reader", "/studies?state=ready")["items"][0]["state"] == "ready"
    assert audited(api, "settle") == [("chief", STUDY)]


def test_other_bytes_are_listed_and_can_be_promoted(api: Api) -> None:
    api.desk.bring(dataset("1"), dataset("1", pixels=b"\x01" * 32))
    sop = f"{SERIES}.1"
    kept = api.get("reader", f"/instances/{sop}/variants")
    (variant,) = kept["variants"]
    assert (variant["state"], variant["origin"]["calling_ae"]) == ("open", "CT1")
    assert api.get("reader", "/studies")["items"][0]["open_variants"] == 1
    assert api.ask("chief", "POST", f"/variants/{variant['id']}/promote").status == 204
    assert api.get("reader", f"/instances/{sop}/variants")["primary"]["digest"] == variant["digest"]
    assert audited(api, "promote") == [("chief", variant["id"])]


def test_numbers_of_rows_that_cannot_be_are_answered_like_those_that_are_not(api: Api) -> None:
    for number in (1, 2**63 - 1, 2**63, 10**19 - 1, 10**30):
        assert api.ask("chief", "POST", f"/variants/{number}/promote").status == 404
    assert api.ask("auditor", "GET", f"/audit?before={2**63}").status == 400
    assert api.ask("auditor", "GET", f"/audit?before={2**63 - 1}").status == 200


def test_studies_without_a_certain_patient_are_listed_and_readable(api: Api) -> None:
    api.desk.bring(dataset("1", patient_id=""))
    page = api.get("reader", "/quarantine")
    assert [(row["identity"], row["study"]["study_instance_uid"]) for row in page["items"]] == [("provisional", STUDY)]
    assert api.ask("reader", "GET", f"{OF_SERIES}/instances/{SERIES}.1/frames/1").status == 200


async def heard(api: Api, until: bytes, *acts: Callable[[], object]) -> list[tuple[str, str]]:
    """What a listener is told of while the acts are done, up to an event of this kind: (kind, study)."""
    heard: list[bytes] = []
    done = asyncio.Event()
    asked, started = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, object]:
        if not asked.is_set():
            asked.set()
            return {"type": "http.request", "body": b"", "more_body": False}
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            started.set()
            heard.append(message["body"])  # type: ignore[arg-type] # bytes of a body
            if until in b"".join(heard):
                done.set()

    token = api._token("reader")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/api/v1/events", "raw_path": b"/api/v1/events", "query_string": b"", "root_path": "",
        "headers": [(b"host", b"kontor.example"), (b"authorization", f"Bearer {token}".encode())],
        "client": ("10.0.0.9", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    serving = asyncio.ensure_future(api.app(scope, receive, send))  # type: ignore[arg-type] # plain dictionaries
    await started.wait()
    for act in (*acts, lambda: api.desk.archive.database.write(number_committed)):
        await asyncio.to_thread(act)
    await asyncio.wait_for(serving, 30)
    blocks = b"".join(heard).decode().split("\n\n")
    return [
        (kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))["study_instance_uid"])
        for kind, data in (block.split("\n") for block in blocks if block.startswith("event"))
    ]


def test_a_study_says_what_it_lacks_once_it_is_ready(api: Api) -> None:
    api.desk.bring(dataset("1"), dataset("2", pixels=bytes(8)))
    assert api.get("reader", "/studies")["items"][0]["missing"] == []
    assert api.ask("chief", "POST", f"/studies/{STUDY}/settle").status == 204
    lacks = [{"reason": "pixels-cut-short", "objects": 1}]
    assert api.get("reader", "/studies")["items"][0]["missing"] == lacks
    assert api.get("reader", f"/studies/{STUDY}")["study"]["missing"] == lacks
    api.desk.bring(dataset("3"))
    assert api.get("reader", "/studies")["items"][0]["missing"] == [], "arriving again: nobody knows yet"


def test_events_tell_of_ones_own_organisation_only(api: Api) -> None:
    there = dataset("6.6.6.1.1", study="6.6.6", series="6.6.6.1")
    here = dataset("9.9.9.1.1", study="9.9.9", series="9.9.9.1")
    acts = (lambda: elsewhere(api).bring(there), lambda: api.desk.bring(here))
    told = asyncio.run(heard(api, b"study_arrived", *acts))
    assert ("study_arrived", "9.9.9") in told
    assert {study for _, study in told} == {"9.9.9"}


def test_events_tell_a_viewer_that_another_object_may_stand_under_a_uid(api: Api) -> None:
    api.desk.bring(dataset("1"), dataset("1", pixels=b"\x01" * 32))
    api.desk.archive.database.write(number_committed)
    (variant,) = variants(api.desk.archive, api.desk.scope, Uid(f"{SERIES}.1")).variants
    told = asyncio.run(heard(api, b"variants_changed", lambda: promote(api.desk.archive, api.desk.scope, variant.id)))
    assert ("variants_changed", STUDY) in told
