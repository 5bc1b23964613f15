"""Nobody gets in by default: tokens, sessions, forged requests, hosts, and what the answers carry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.types import ASGIApp

from kontor.access import Access, AuditQuery, authenticate, create_account, create_token, end_session, list_audit
from tests.access.rooms import PASSWORD, clock_of, operator
from tests.doors.http.calling import Fields, ask

ORIGIN = ("origin", "http://kontor.example")


def bearer(access: Access, name: str = "berta") -> Fields:
    return [("authorization", f"Bearer {create_token(access, operator(access), name).token}")]


def signed_in(access: Access, name: str = "berta") -> tuple[Fields, str, str]:
    opened = authenticate(access, name, PASSWORD, "")
    return [("cookie", f"kontor_session={opened.cookie}")], opened.csrf, opened.cookie


def test_without_anything_the_door_is_closed(app: ASGIApp) -> None:
    reply = ask(app, "GET", "/test/whoami")
    assert (reply.status, reply.code) == (401, "not-signed-in")
    assert reply.fields["www-authenticate"] == 'Bearer realm="kontor"'


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer x",
        "Bearer ",
        "Bearer kontor_1_" + "A" * 43,
        "Basic YTpi",
        "Bearer " + "x" * 5_000,
        "kontor_1_x",
        "bearer é",
    ],
)
def test_a_foreign_token_opens_nothing(app: ASGIApp, authorization: str) -> None:
    reply = ask(app, "GET", "/test/whoami", fields=[("authorization", authorization)])
    assert (reply.status, reply.code) == (401, "unknown-token")


def test_a_bad_token_beside_a_good_session_is_refused(app: ASGIApp, access: Access) -> None:
    cookie, _, _ = signed_in(access)
    assert ask(app, "GET", "/test/whoami", fields=[*cookie, ("authorization", "Bearer x")]).status == 401


def test_a_token_opens_the_door(app: ASGIApp, access: Access) -> None:
    assert ask(app, "GET", "/test/whoami", fields=bearer(access)).body == b"berta@10.0.0.9"


def test_an_ended_and_an_expired_session_open_nothing(app: ASGIApp, access: Access) -> None:
    ended, _, secret = signed_in(access)
    assert ask(app, "GET", "/test/whoami", fields=ended).status == 200
    end_session(access, secret)
    assert ask(app, "GET", "/test/whoami", fields=ended).code == "session-expired"
    idle, _, _ = signed_in(access)
    clock_of(access).advance(8 * 3600)
    assert ask(app, "GET", "/test/whoami", fields=idle).code == "session-expired"


def test_a_missing_right_is_named_and_audited(app: ASGIApp, access: Access) -> None:
    reply = ask(app, "GET", "/test/secret/1.2.3", fields=bearer(access))
    assert (reply.status, reply.code, reply.json()["right"]) == (403, "right-missing", "audit")
    (row,) = list_audit(access, operator(access), AuditQuery(outcome="refused"), 9)
    assert (row.entry.actor_name, row.entry.act, row.entry.subject) == ("berta", "read", "1.2.3")


@pytest.mark.parametrize(
    "fields",
    [
        lambda _csrf: [],
        lambda _csrf: [("x-kontor-csrf", "")],
        lambda _csrf: [("x-kontor-csrf", "0" * 64)],
        lambda csrf: [("x-kontor-csrf", csrf), ("origin", "http://evil.example")],
        lambda csrf: [("x-kontor-csrf", csrf), ("origin", "null")],
        lambda csrf: [("x-kontor-csrf", csrf), ("origin", "http://kontor.example.evil.example")],
        lambda csrf: [("x-kontor-csrf", csrf), ("origin", "http://kontor.example:81")],
        lambda csrf: [("x-kontor-csrf", csrf), ORIGIN, ORIGIN],
        lambda csrf: [("x-kontor-csrf", csrf), ("sec-fetch-site", "cross-site")],
        lambda csrf: [("x-kontor-csrf", csrf), ("sec-fetch-site", "same-site")],
    ],
)
def test_a_forged_request_changes_nothing(app: ASGIApp, access: Access, fields: Callable[[str], Fields]) -> None:
    cookie, csrf, _ = signed_in(access)
    reply = ask(app, "POST", "/test/echo", fields=[*cookie, *fields(csrf)], data={"number": 1})
    assert (reply.status, reply.code) == (403, "csrf")


def test_the_token_of_another_session_is_no_proof(app: ASGIApp, access: Access) -> None:
    cookie, _, _ = signed_in(access)
    _, other, _ = signed_in(access)
    reply = ask(app, "POST", "/test/echo", fields=[*cookie, ("x-kontor-csrf", other)], data={"number": 1})
    assert reply.code == "csrf"


def test_our_own_page_may_change_things(app: ASGIApp, access: Access) -> None:
    cookie, csrf, _ = signed_in(access)
    proof = [("x-kontor-csrf", csrf), ORIGIN, ("sec-fetch-site", "same-origin")]
    assert ask(app, "POST", "/test/echo", fields=[*cookie, *proof], data={"number": 1}).status == 200


def test_programs_with_a_token_need_no_such_proof(app: ASGIApp, access: Access) -> None:
    assert ask(app, "POST", "/test/echo", fields=bearer(access), data={"number": 1}).status == 200


def test_a_form_of_another_site_is_no_json(app: ASGIApp, access: Access) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        fields = [*bearer(access), ("content-type", kind)]
        assert ask(app, "POST", "/test/echo", fields=fields, body=b'{"number": 1}').code == "media-type"


@pytest.mark.parametrize("host", ["", "a b", "kontor.example\r\nx: y", "a@b", "a/b", "[::1", "x" * 300, "host:port"])
def test_a_host_that_is_none_is_refused(app: ASGIApp, host: str) -> None:
    assert ask(app, "GET", "/livez", host=host).code == "bad-host"


def test_two_hosts_are_refused(app: ASGIApp) -> None:
    assert ask(app, "GET", "/livez", fields=[("host", "other.example")]).code == "bad-host"


@pytest.mark.parametrize("host", ["kontor.example", "kontor.example:8443", "127.0.0.1:8080", "[::1]:8080", "localhost"])
def test_ordinary_hosts_pass(app: ASGIApp, host: str) -> None:
    assert ask(app, "GET", "/livez", host=host).status == 200


@pytest.mark.parametrize("value", ["a\r\nset-cookie: x=y", "a\nb", "a\rb"])
def test_a_value_cannot_begin_another_field(app: ASGIApp, access: Access, value: str) -> None:
    reply = ask(app, "GET", f"/test/inject/{value}", fields=bearer(access))
    assert (reply.status, "set-cookie" in reply.fields) == (500, False)


PATHS = ["/", "/worklist/1.2", "/nothing.js", "/livez", "/test/whoami", "/test/none", "/assets/main-4f3a9b2c.js"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_fields(app: ASGIApp, path: str) -> None:
    fields = ask(app, "GET", path).fields
    assert "script-src 'self' 'wasm-unsafe-eval'" in fields["content-security-policy"]
    assert "unsafe-inline" not in fields["content-security-policy"]
    assert fields["x-content-type-options"] == "nosniff"
    assert fields["x-frame-options"] == "DENY"
    assert fields["referrer-policy"] == "no-referrer"
    assert "cache-control" in fields
    assert "strict-transport-security" not in fields


def test_over_tls_browsers_are_told_to_stay_there(app: ASGIApp) -> None:
    assert "strict-transport-security" in ask(app, "GET", "/", scheme="https").fields


def test_what_was_asked_for_stays_out_of_shared_caches(app: ASGIApp, access: Access) -> None:
    assert ask(app, "GET", "/test/whoami", fields=bearer(access)).fields["cache-control"] == "private, no-store"


def test_figures_are_for_this_machine_and_for_operators(app: ASGIApp, access: Access) -> None:
    assert ask(app, "GET", "/metrics", client="127.0.0.1").status == 200
    assert ask(app, "GET", "/metrics").status == 401
    forwarded = [("x-forwarded-for", "10.0.0.1")]
    assert ask(app, "GET", "/metrics", client="127.0.0.1", fields=forwarded).status == 401
    assert ask(app, "GET", "/metrics", fields=bearer(access)).status == 403
    create_account(access, operator(access), "boss", ["admin"], PASSWORD)
    assert ask(app, "GET", "/metrics", fields=bearer(access, "boss")).status == 200


def test_a_forwarded_address_is_believed_of_trusted_proxies_only(app: ASGIApp, access: Access) -> None:
    fields = [*bearer(access), ("x-forwarded-for", "192.0.2.7")]
    assert ask(app, "GET", "/test/whoami", fields=fields).body == b"berta@10.0.0.9"
