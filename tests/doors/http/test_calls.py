"""Calls through the route table: decoding, refusals, audit before the first byte, streams both ways."""

from __future__ import annotations

import pytest
from starlette.types import ASGIApp

from kontor.access import Access, AuditQuery, AuditUnwritable, create_token, list_audit
from kontor.archive import Archive, rebuild
from kontor.doors.http import auditing, dispatch
from kontor.platform.database import DatabaseUnavailable
from tests.access.rooms import clock_of, operator
from tests.archive.test_replay import Away
from tests.doors.http.calling import Fields, ask


@pytest.fixture
def berta(access: Access) -> Fields:
    return [("authorization", f"Bearer {create_token(access, operator(access), 'berta').token}")]


@pytest.fixture
def tina(access: Access) -> Fields:
    return [("authorization", f"Bearer {create_token(access, operator(access), 'tina').token}")]


def test_a_body_becomes_its_struct(app: ASGIApp, berta: Fields) -> None:
    reply = ask(app, "POST", "/test/echo", fields=berta, data={"number": 7, "names": ["a"]})
    assert reply.json() == {"number": 7, "names": ["a"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"number": "<script>"}', "number"),
        (b'{"names": []}', ""),
        (b'{"number": 1, "other": 2}', ""),
        (b"{", ""),
        (b"", ""),
        (b'{"number": 1, "names": ["\\u0000"]}', ""),
        (b"[" * 900, ""),
        (b"\xff\xfe", ""),
    ],
)
def test_what_does_not_fit_is_named_and_not_repeated(app: ASGIApp, berta: Fields, body: bytes, field: str) -> None:
    reply = ask(app, "POST", "/test/echo", fields=[*berta, ("content-type", "application/json")], body=body)
    assert (reply.status, reply.code) == (400, "invalid-request")
    assert reply.json()["fields"][0]["field"] == field
    assert b"script" not in reply.body


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("number=3", {"number": 3, "names": []}),
        ("number=3&names=a&names=b", {"number": 3, "names": ["a", "b"]}),
        ("number=x", None),
        ("number=1&number=2", None),
        ("number=1&other=2", None),
        ("names=a", None),
        ("number=1&names=%00", None),
    ],
)
def test_parameters_become_their_struct(app: ASGIApp, berta: Fields, query: str, answer: object) -> None:
    reply = ask(app, "GET", f"/test/query?{query}", fields=berta)
    if answer is None:
        assert reply.code == "invalid-request"
    else:
        assert reply.json() == answer


def test_a_body_beyond_its_limit_is_not_read(app: ASGIApp, berta: Fields) -> None:
    reply = ask(
        app, "POST", "/test/echo", fields=[*berta, ("content-type", "application/json")], body=[b" " * 600] * 9_000
    )
    assert reply.code == "body-too-large"


def test_an_upload_is_counted_chunk_by_chunk(app: ASGIApp, tina: Fields) -> None:
    reply = ask(app, "POST", "/test/upload", fields=tina, body=[b"x" * 65_536] * 100)
    assert (reply.status, reply.body) == (200, b"6553600")


def test_an_upload_beyond_its_limit_is_refused(app: ASGIApp, tina: Fields) -> None:
    assert ask(app, "POST", "/test/upload", fields=tina, body=[b"x" * 1_000_000] * 11).code == "body-too-large"


def test_an_upload_that_breaks_off_gets_no_answer_and_frees_its_thread(app: ASGIApp, tina: Fields) -> None:
    for _ in range(5):
        assert ask(app, "POST", "/test/upload", fields=tina, body=[b"x"], disconnects=True).status == 0
    assert ask(app, "POST", "/test/upload", fields=tina, body=b"xy").body == b"2"


def test_who_may_not_store_uploads_nothing(app: ASGIApp, berta: Fields) -> None:
    assert ask(app, "POST", "/test/upload", fields=berta, body=[b"x"] * 3).status == 403


def test_a_stream_leaves_piece_by_piece(app: ASGIApp, berta: Fields) -> None:
    assert ask(app, "GET", "/test/stream/4", fields=berta).body == b"0,1,2,3,"


def test_a_number_in_a_path_that_is_none_is_not_found(app: ASGIApp, berta: Fields) -> None:
    for text in ("x", "-1", "1e3", "9" * 30, "٣"):
        assert ask(app, "GET", f"/test/stream/{text}", fields=berta).code == "not-found"


def test_what_leaves_was_audited_before(app: ASGIApp, access: Access, berta: Fields) -> None:
    ask(app, "GET", "/test/stream/2", fields=berta)
    (row,) = list_audit(access, operator(access), AuditQuery(act="read"), 9)
    assert (row.entry.actor_name, row.entry.subject, row.entry.outcome) == ("berta", "2", "success")


def test_without_an_audit_row_nothing_leaves(app: ASGIApp, berta: Fields, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwritable(*_arguments: object, **_options: object) -> None:
        raise AuditUnwritable("gone")

    monkeypatch.setattr(auditing, "record", unwritable)
    reply = ask(app, "GET", "/test/stream/2", fields=berta)
    assert (reply.status, reply.code, reply.fields["retry-after"]) == (503, "audit-unwritable", "5")
    assert b"0," not in reply.body


def test_a_fault_names_an_incident_and_nothing_else(
    app: ASGIApp, berta: Fields, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = ask(app, "GET", "/test/fail/now", fields=berta)
    incident = reply.json()["instance"].rpartition(":")[2]
    assert (reply.status, reply.code) == (500, "internal")
    logged = "".join(capsys.readouterr())
    assert incident in logged
    assert "RuntimeError" in logged
    assert "Muster" not in logged + reply.body.decode()


def test_a_refusal_speaks_the_callers_language(app: ASGIApp, berta: Fields) -> None:
    german = ask(app, "GET", "/test/refuse", fields=[*berta, ("accept-language", "fr, de-AT;q=0.8, en;q=0.5")]).json()
    english = ask(app, "GET", "/test/refuse", fields=berta).json()
    assert german["title"].startswith("Der Speicher ist fast voll")
    assert english["title"].startswith("Storage is almost full")
    assert (english["status"], english["repeatable"], english["retry_after_s"]) == (507, True, 60)


def test_a_wrong_method_is_told_the_right_ones(app: ASGIApp) -> None:
    reply = ask(app, "DELETE", "/test/echo")
    assert (reply.status, reply.fields["allow"]) == (405, "POST")


def test_head_is_get_without_a_body(app: ASGIApp, berta: Fields) -> None:
    reply = ask(app, "HEAD", "/test/whoami", fields=berta)
    assert (reply.status, reply.body, reply.fields["content-length"]) == (200, b"", "14")


def test_below_a_door_what_is_not_there_is_a_problem_and_not_the_client(app: ASGIApp) -> None:
    for path in ("/test", "/test/", "/test/none/at/all"):
        assert ask(app, "GET", path).code == "not-found"


def test_readiness_is_proved_by_writing(app: ASGIApp, access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(app, "GET", "/readyz").status == 200
    assert ask(app, "GET", "/livez").status == 200

    def gone(*_arguments: object, **_options: object) -> None:
        raise DatabaseUnavailable("gone")

    clock_of(access).advance(5)
    monkeypatch.setattr(access.database, "write", gone)
    assert ask(app, "GET", "/readyz").code == "unavailable"
    assert ask(app, "GET", "/livez").status == 200


def test_a_house_whose_index_is_half_made_is_not_ready_and_says_why(app: ASGIApp, archive: Archive) -> None:
    with Away(archive.database, lambda: True), pytest.raises(DatabaseUnavailable):
        rebuild(archive)
    reply = ask(app, "GET", "/readyz")
    assert (reply.status, reply.code) == (503, "unavailable")
    assert b"kontor doctor --rebuild" in reply.body
    rebuild(archive)
    assert ask(app, "GET", "/readyz").status == 200


def test_the_client_is_served_for_its_own_routes(app: ASGIApp) -> None:
    for path in ("/", "/worklist", "/studies/1.2.3"):
        reply = ask(app, "GET", path)
        assert (reply.status, reply.fields["content-type"]) == (200, "text/html; charset=utf-8")
        assert reply.fields["cache-control"] == "no-cache"


def test_hashed_files_may_be_kept_for_ever_and_are_sent_packed(app: ASGIApp) -> None:
    plain = ask(app, "GET", "/assets/main-4f3a9b2c.js")
    packed = ask(app, "GET", "/assets/main-4f3a9b2c.js", fields=[("accept-encoding", "br, gzip")])
    assert plain.fields["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.body == b"console.log(1)"
    assert (packed.fields["content-encoding"], packed.body) == ("gzip", b"\x1f\x8bpacked")
    tag = [("if-none-match", plain.fields["etag"])]
    assert ask(app, "GET", "/assets/main-4f3a9b2c.js", fields=tag).status == 304


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/assets/../../secret.txt", "//etc/passwd.txt", "/%2e%2e/secret.txt"]
)
def test_nothing_outside_the_clients_folder_is_served(app: ASGIApp, path: str) -> None:
    reply = ask(app, "GET", path)
    assert reply.status == 404
    assert b"outside" not in reply.body


def test_a_stream_that_fails_later_is_cut_off_and_not_ended(
    app: ASGIApp, berta: Fields, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(dispatch.AnswerCutOff) as caught:
        ask(app, "GET", "/test/breaks", fields=berta)
    assert "Muster" not in str(caught.value) + "".join(capsys.readouterr())
    assert caught.value.__cause__ is None


def test_a_silent_sender_is_given_up(app: ASGIApp, tina: Fields) -> None:
    assert ask(app, "POST", "/test/upload", fields=tina, body=[b"x"], stalls=True).code == "body-too-slow"
