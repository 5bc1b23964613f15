"""Sessions, accounts, tokens, peers, audit and the system over the API."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from kontor.access import PeerRefused, identify_peer
from kontor.doors.api import document
from tests.access.rooms import PASSWORD, clock_of
from tests.doors.api.conftest import Api
from tests.doors.http.calling import Reply, ask


def sign_in(api: Api, name: str = "reader", password: str = PASSWORD, **more: Any) -> Reply:
    api._token("reader")
    return ask(api.app, "POST", "/api/v1/session", data={"name": name, "password": password}, **more)


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(api: Api) -> None:
    reply = sign_in(api)
    cookie = reply.fields["set-cookie"]
    assert reply.status == 201
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert cookie.split("=")[1].split(";")[0] not in reply.body.decode()
    view = reply.json()
    assert (view["name"], view["roles"], view["rights"]) == ("reader", ["reader"], ["find", "read"])
    assert sign_in(api, scheme="https").fields["set-cookie"].endswith("; Secure")


def test_the_cookie_opens_the_api_and_signing_out_closes_it(api: Api) -> None:
    reply = sign_in(api)
    fields = [("cookie", reply.fields["set-cookie"].split(";")[0])]
    csrf = reply.json()["csrf"]
    shown = ask(api.app, "GET", "/api/v1/session", fields=fields)
    assert shown.json()["csrf"] == csrf
    assert ask(api.app, "DELETE", "/api/v1/session", fields=fields).code == "csrf"
    gone = ask(api.app, "DELETE", "/api/v1/session", fields=[*fields, ("x-kontor-csrf", csrf)])
    assert (gone.status, "Max-Age=0" in gone.fields["set-cookie"]) == (204, True)
    assert gone.fields["clear-site-data"] == '"cache"', "measurements that wait in the browser's storage would be lost"
    assert ask(api.app, "GET", "/api/v1/session", fields=fields).code == "session-expired"


def test_a_login_from_another_sites_page_is_refused(api: Api) -> None:
    assert sign_in(api, fields=[("origin", "http://evil.example")]).code == "csrf"


def test_wrong_passwords_look_alike_and_get_slow(api: Api) -> None:
    for name in ("reader", "nobody-here"):
        for _ in range(5):
            assert sign_in(api, name, "wrong password").code == "wrong-credentials"
        reply = sign_in(api, name)
        assert (reply.status, reply.code, reply.fields["retry-after"]) == (429, "too-many-attempts", "1")
        clock_of(api.access).advance(60)


def test_a_login_with_a_large_body_is_refused(api: Api) -> None:
    assert sign_in(api, password="x" * 10_000).code == "body-too-large"


def test_preferences_belong_to_the_account(api: Api) -> None:
    changed = api.ask("reader", "PATCH", "/session/preferences", {"language": "de", "density": "compact"})
    unset = {"layouts": None, "mouse": None, "keys": None}
    assert changed.json()["preferences"] == {"language": "de", "density": "compact", **unset}
    assert api.ask("reader", "PATCH", "/session/preferences", {"density": None}).status == 200
    assert api.get("reader", "/session")["preferences"] == {"language": "de", "density": None, **unset}
    assert api.ask("reader", "PATCH", "/session/preferences", {"language": "fr"}).code == "invalid-request"


def test_layouts_mouse_and_keys_are_one_profile_of_the_account(api: Api) -> None:
    profile = {
        "layouts": {"CT": "2x2", "DX": "1x2"},
        "mouse": {"left": "stack", "middle": None, "right": None, "wheel": "zoom"},
        "keys": {"reading.invert": "v", "reading.pan": ""},
    }
    api.ask("reader", "PATCH", "/session/preferences", profile)
    kept = api.get("reader", "/session")["preferences"]
    assert {name: kept[name] for name in profile} == profile
    for wrong in ({"layouts": {"CT": "9x9"}}, {"mouse": {"left": "drop table"}}, {"keys": {"a": 1}}):
        assert api.ask("reader", "PATCH", "/session/preferences", wrong).code == "invalid-request"


def test_an_account_is_made_changed_and_closed(api: Api) -> None:
    made = api.ask("admin", "POST", "/accounts", {"name": "Berta", "roles": ["reader"], "display_name": "Dr. B"})
    assert (made.status, made.json()["account"]["name"]) == (201, "berta")
    password = made.json()["password"]
    assert sign_in(api, "berta", password).status == 201
    assert api.ask("admin", "POST", "/accounts", {"name": "berta", "roles": ["reader"]}).code == "name-taken"
    changed = api.ask("admin", "PATCH", "/accounts/berta", {"roles": ["chief", "reader"], "open": False})
    assert (changed.json()["roles"], changed.json()["open"]) == (["chief", "reader"], False)
    assert sign_in(api, "berta", password).code == "wrong-credentials"
    assert [row["name"] for row in api.get("admin", "/accounts")["items"]] == ["admin", "berta", "reader"]
    assert api.ask("admin", "PATCH", "/accounts/nobody", {"open": False}).code == "not-found"
    assert api.ask("admin", "PATCH", "/accounts/admin", {"open": False}).code == "last-administrator"
    weak = api.ask("admin", "POST", "/accounts", {"name": "x", "roles": ["reader"], "password": "short"})
    assert (weak.status, weak.json()["fields"][0]["field"]) == (422, "password")


def test_passwords_are_set_by_their_owner_or_an_administrator(api: Api) -> None:
    wish = {"password": "a new password", "current": PASSWORD}
    assert api.ask("reader", "POST", "/accounts/reader/password", wish).json() == {"password": None}
    assert sign_in(api, "reader", "a new password").status == 201
    assert api.ask("reader", "POST", "/accounts/reader/password", wish).code == "wrong-password"
    made = api.ask("admin", "POST", "/accounts/reader/password", {}).json()["password"]
    assert sign_in(api, "reader", made).status == 201
    assert api.ask("reader", "POST", "/accounts/admin/password", {}).code == "right-missing"


def test_tokens_are_shown_once_and_can_be_revoked(api: Api) -> None:
    made = api.ask("reader", "POST", "/accounts/reader/tokens", {"label": "script", "expires_in_days": 30}).json()
    fields = [("authorization", f"Bearer {made['secret']}")]
    assert ask(api.app, "GET", "/api/v1/session", fields=fields).json()["csrf"] == ""
    listed = api.ask("reader", "GET", "/accounts/reader/tokens")
    assert made["secret"] not in listed.body.decode()
    assert listed.json()["items"][0]["label"] == "script"
    assert api.ask("reader", "DELETE", f"/accounts/reader/tokens/{made['token']['id']}").status == 204
    assert ask(api.app, "GET", "/api/v1/session", fields=fields).code == "unknown-token"
    assert api.ask("reader", "GET", "/accounts/admin/tokens").code == "right-missing"


def test_a_refused_sender_is_admitted_changed_and_removed(api: Api) -> None:
    with pytest.raises(PeerRefused):
        identify_peer(api.access, "USPORT7", "KONTOR", "10.20.7.91")
    (sender,) = api.get("admin", "/refused-senders")["items"]
    assert (sender["calling_ae_title"], sender["reason"], sender["count"]) == ("USPORT7", "unknown-calling-ae", 1)
    admitted = api.ask("admin", "POST", f"/refused-senders/{sender['id']}/admit", {"name": "Ultraschall 7"})
    assert (admitted.status, admitted.json()["host"], admitted.json()["may"]) == (201, "10.20.7.91", ["store"])
    identify_peer(api.access, "USPORT7", "KONTOR", "10.20.7.91")
    peer = admitted.json()["id"]
    changed = api.ask("admin", "PATCH", f"/peers/{peer}", {"may": ["store", "find"], "open": False, "port": 104})
    assert (changed.json()["may"], changed.json()["open"], changed.json()["port"]) == (["store", "find"], False, 104)
    assert api.ask("admin", "DELETE", f"/peers/{peer}").status == 204
    assert api.get("admin", "/peers")["items"] == []
    assert api.ask("admin", "DELETE", f"/peers/{peer}").code == "not-found"


def test_a_peer_is_registered_once_and_only_with_values_that_can_be(api: Api) -> None:
    wish = {"ae_title": "CTNORD1", "host": "10.20.4.0/24", "may": ["store"]}
    assert api.ask("admin", "POST", "/peers", wish).status == 201
    assert api.ask("admin", "POST", "/peers", wish).code == "name-taken"
    bad = api.ask("admin", "POST", "/peers", {**wish, "host": "not a host"})
    assert (bad.code, bad.json()["fields"]) == (
        "inadmissible",
        [{"field": "host", "reason": "neither a host name nor an IP address nor a network"}],
    )


def test_the_audit_is_paged_and_reading_it_is_audited(api: Api) -> None:
    for name in ("one", "two", "three"):
        api.ask("admin", "POST", "/accounts", {"name": name, "roles": ["reader"]})
    page = api.get("auditor", "/audit?act=create-account&actor=admin&limit=2")
    assert [row["subject"] for row in page["items"]] == ["three", "two"]
    rest = api.get("auditor", f"/audit?act=create-account&actor=admin&limit=2&before={page['next']}")
    assert ([row["subject"] for row in rest["items"]], rest["next"]) == (["one"], None)
    assert api.get("auditor", "/audit?act=read-audit")["items"][0]["actor"] == "auditor"
    assert api.get("auditor", "/audit?since=2199-01-01T00:00:00Z")["items"] == []
    assert api.ask("auditor", "GET", "/audit?since=yesterday").code == "inadmissible"


def test_the_system_says_what_runs(api: Api) -> None:
    view = api.get("admin", "/system")
    assert (view["engine"], view["organisation"]) == (api.access.database.dialect.name, "main")


def test_the_document_is_openapi_and_names_every_row(api: Api) -> None:
    served = ask(api.app, "GET", "/api/v1/openapi.json").json()
    assert served == json.loads(msgspec.json.encode(document()))
    assert served["openapi"] == "3.1.0"
    operations = [row["operationId"] for path in served["paths"].values() for row in path.values()]
    assert len(operations) == len(set(operations))
    schemas = served["components"]["schemas"]
    text = json.dumps(served)
    assert all(f'"#/components/schemas/{name}"' in text for name in schemas)


def test_who_changes_their_own_password_stays_signed_in_and_every_other_session_ends(api: Api) -> None:
    here, there = sign_in(api), sign_in(api)
    cookies = [("cookie", one.fields["set-cookie"].split(";")[0]) for one in (here, there)]
    fields = [cookies[0], ("x-kontor-csrf", here.json()["csrf"])]
    address = "/api/v1/accounts/reader/password"
    wrong = ask(api.app, "POST", address, fields=fields, data={"password": "a new password", "current": "no"})
    assert (wrong.status, wrong.code) == (403, "wrong-password")
    done = ask(api.app, "POST", address, fields=fields, data={"password": "a new password", "current": PASSWORD})
    assert done.status == 200
    assert ask(api.app, "GET", "/api/v1/session", fields=[cookies[0]]).status == 200
    assert ask(api.app, "GET", "/api/v1/session", fields=[cookies[1]]).code == "session-expired"
    assert sign_in(api, password="a new password").status == 201


def test_sessions_of_an_account_are_listed_and_ended_by_their_owner_or_an_administrator(api: Api) -> None:
    first, second = (sign_in(api).fields["set-cookie"].split(";")[0] for _ in range(2))
    mine = ask(api.app, "GET", "/api/v1/accounts/reader/sessions", fields=[("cookie", first)]).json()["items"]
    assert sorted(one["present"] for one in mine) == [False, True]
    assert {one["address"] for one in mine} == {"10.0.0.9"}
    assert api.ask("auditor", "GET", "/accounts/reader/sessions").code == "right-missing"
    other = next(one["id"] for one in mine if not one["present"])
    assert api.ask("stranger", "DELETE", f"/accounts/reader/sessions/{other}").code == "not-found"
    assert api.ask("auditor", "DELETE", f"/accounts/reader/sessions/{other}").code == "right-missing"
    assert api.ask("admin", "DELETE", f"/accounts/admin/sessions/{other}").code == "not-found"
    assert api.ask("admin", "DELETE", f"/accounts/reader/sessions/{other}").status == 204
    assert ask(api.app, "GET", "/api/v1/session", fields=[("cookie", second)]).code == "session-expired"
    assert ask(api.app, "GET", "/api/v1/session", fields=[("cookie", first)]).status == 200
    ended = [row for row in api.get("auditor", "/audit?act=end-session")["items"] if row["outcome"] == "success"]
    assert [(row["actor"], row["subject"]) for row in ended] == [("admin", "reader")]
    clock_of(api.access).advance(8 * 3600)
    assert api.get("admin", "/accounts/reader/sessions")["items"] == []
