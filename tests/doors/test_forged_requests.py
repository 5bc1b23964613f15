"""Requests that another site's page sends with the reader's cookie (peers.md 4.16): none changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import httpx2
import pytest

from tests.corridor.house import PASSWORD, SHARED, USER, House
from tests.corridor.routes import routes

pytestmark = pytest.mark.xdist_group(SHARED)
SAFE: Final = {"GET", "HEAD", "OPTIONS"}
EVIL: Final = "https://evil.example"


@pytest.fixture
def browser(house: House) -> Iterator[httpx2.Client]:
    """A browser in which somebody is signed in."""
    with httpx2.Client(base_url=house.root, timeout=60, trust_env=False) as client:
        opened = client.post("/api/v1/session", json={"name": USER, "password": PASSWORD})
        assert opened.status_code == 201, opened.text
        client.headers["x-own"] = opened.json()["csrf"]
        yield client


def test_every_changing_route_refuses_what_our_own_pages_did_not_send(house: House, browser: httpx2.Client) -> None:
    own = browser.headers.pop("x-own")
    changing = [route for route in routes() if route.method not in SAFE and route.path != "/api/v1/session"]
    assert len(changing) > 12
    forged = [
        {},
        {"X-Kontor-CSRF": "0" * 64},
        {"Origin": EVIL, "X-Kontor-CSRF": own},
        {"Origin": "null", "X-Kontor-CSRF": own},
        {"Sec-Fetch-Site": "cross-site", "X-Kontor-CSRF": own},
        {"Origin": house.root + ".evil.example", "X-Kontor-CSRF": own},
    ]
    for route in changing:
        for fields in forged:
            answer = browser.request(route.method, route.at(), headers=fields, content=b"{}")
            assert (answer.status_code, answer.json()["code"]) == (403, "csrf"), (route, fields)
    with house.web as web:
        assert any(row["detail"]["reason"] == "csrf" for row in web.audit(act="call", outcome="refused"))


def test_no_route_changes_anything_by_get_and_no_other_site_may_read(house: House, browser: httpx2.Client) -> None:
    with house.web as web:
        newest = web.api("/audit?limit=1")["items"][0]["seq"]
    reading = [route for route in routes() if route.method == "GET" and "events" not in route.path]
    for route in reading:
        answer = browser.get(route.at(), headers={"Origin": EVIL})
        assert "access-control-allow-origin" not in answer.headers, route
        assert "access-control-allow-credentials" not in answer.headers, route
    preflight = browser.options("/api/v1/studies", headers={"Origin": EVIL, "Access-Control-Request-Method": "DELETE"})
    assert preflight.status_code == 405
    assert "access-control-allow-origin" not in preflight.headers
    with house.web as web:
        acts = {row["act"] for row in web.audit() if row["seq"] > newest}
    assert acts <= {"find", "read", "retrieve", "read-audit", "export-audit", "call"}


def test_the_cookie_is_for_this_site_alone_and_not_for_scripts(house: House) -> None:
    opened = httpx2.post(f"{house.root}/api/v1/session", json={"name": USER, "password": PASSWORD}, timeout=60)
    words = {word.strip().lower() for word in opened.headers["set-cookie"].split(";")[1:]}
    assert words >= {"httponly", "samesite=strict", "path=/"}
