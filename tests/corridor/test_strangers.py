"""A stranger gets nothing, by no door, and the audit says that somebody tried."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
from sqlalchemy import create_engine, text

from tests.corridor.house import MODALITY, PASSWORD, SHARED, USER, House
from tests.corridor.images import bare, new_image, written
from tests.corridor.routes import Route, closed_routes, routes_with_uids
from tests.corridor.samples import sample
from tests.corridor.senders import Sender
from tests.corridor.web import Web

pytestmark = pytest.mark.xdist_group(SHARED)
LOOPBACK: Final = "127.0.0.1"
ELSEWHERE: Final = "127.0.0.2"
CT: Final = [("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2.1")]


@pytest.mark.parametrize(
    ("stranger", "reason"),
    [
        (Sender("NOBODY", 0), "unknown-calling-ae"),
        (Sender(MODALITY, 0, source=ELSEWHERE), "foreign-address"),
        (Sender(MODALITY, 0, called="OTHERPACS"), "called-ae-not-recognised"),
        (Sender("../../ETC", 0), "unknown-calling-ae"),
        (Sender("' OR 1=1 --", 0), "unknown-calling-ae"),
    ],
    ids=["unregistered title", "right title, other address", "other called title", "a path", "a statement"],
)
def test_a_stranger_is_refused_at_the_dicom_door_and_audited(house: House, stranger: Sender, reason: str) -> None:
    who = f"{stranger.ae_title}@{stranger.source or LOOPBACK} to {stranger.called}"
    at_the_door = Sender(stranger.ae_title, house.dimse, stranger.source, stranger.called)
    with at_the_door.associated(CT) as association:
        assert association is None
    with house.web as web:
        rows = web.audit(act="associate", outcome="refused")
        (row,) = [row for row in rows if row["subject"] == f"{who} ({reason})"]
        assert row["detail"]["address"] == (stranger.source or LOOPBACK)
        assert row["detail"]["called"] == stranger.called
        listed = web.api("/refused-senders")["items"]
        assert any(one["calling_ae_title"] == stranger.ae_title and one["reason"] == reason for one in listed)


def test_a_stranger_can_not_make_the_audit_grow_without_bounds(house: House) -> None:
    for _ in range(5):
        with Sender("KNOCKER", house.dimse).associated(CT) as association:
            assert association is None
    with house.web as web:
        rows = [row for row in web.audit(act="associate", outcome="refused") if "KNOCKER" in row["subject"]]
        assert len(rows) == 1
        (listed,) = [one for one in web.api("/refused-senders")["items"] if one["calling_ae_title"] == "KNOCKER"]
        assert listed["count"] == 5


def _secrets_of_strangers(house: House) -> dict[str, dict[str, str]]:
    """Header fields of callers that must not get in; every one a different way of not being known."""
    made = house.token
    foreign = made[:-4] + secrets.token_hex(2)
    with house.web as web:
        answer = web.api(f"/accounts/{USER}/tokens", method="POST", body={"label": "revoked"}, expect=201)
        revoked = answer["secret"]
        web.api(f"/accounts/{USER}/tokens/{answer['token']['id']}", method="DELETE", expect=204)
    return {
        "nothing": {},
        "an invented token": {"Authorization": "Bearer " + secrets.token_urlsafe(40)},
        "a token of another house": {"Authorization": f"Bearer {foreign}"},
        "a revoked token": {"Authorization": f"Bearer {revoked}"},
        "a password as a token": {"Authorization": f"Bearer {PASSWORD}"},
        "another scheme": {"Authorization": f"Basic {made}"},
        "an invented session": {"Cookie": "kontor_session=" + secrets.token_urlsafe(40)},
        "an expired session": {"Cookie": f"kontor_session={_expired_session(house)}"},
        "a token in the address": {},
    }


def _expired_session(house: House) -> str:
    """Sign in, and let the session's time pass: in the database, since nobody wants to wait for a day."""
    opened = httpx2.post(f"{house.root}/api/v1/session", json={"name": USER, "password": PASSWORD}, timeout=30)
    assert opened.status_code == 201, opened.text
    cookie = opened.cookies["kontor_session"]
    with Web(house.root) as web:
        assert web.get("/api/v1/session", Cookie=f"kontor_session={cookie}").status_code == 200
        engine = create_engine(house.database_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE session SET expires_at = created_at"))
        engine.dispose()
        assert web.get("/api/v1/session", Cookie=f"kontor_session={cookie}").status_code == 401
    return str(cookie)


def test_without_a_valid_secret_every_route_is_closed_and_the_attempt_audited(house: House) -> None:
    every = closed_routes()
    assert len(every) > 50
    with Web(house.root) as web:
        for what, headers in _secrets_of_strangers(house).items():
            end = f"?access_token={house.token}&token={house.token}" if what == "a token in the address" else ""
            wrong = [
                (what, route.method, route.path, answer.status_code)
                for route in every
                if not _is_closed(answer := web.client.request(route.method, route.at() + end, headers=headers))
            ]
            assert wrong == []
    with house.web as web:
        rows = web.audit(act="call", outcome="refused")
        reasons = {row["detail"]["reason"] for row in rows if row["detail"]["address"] == LOOPBACK}
        assert reasons >= {"not-signed-in", "unknown-token", "session-expired"}
        assert len(rows) < 20, "one for each reason and minute, not one for each request"


def _is_closed(answer: httpx2.Response) -> bool:
    is_problem = answer.headers["content-type"] == "application/problem+json"
    return answer.status_code == 401 and is_problem and "www-authenticate" in answer.headers


def test_whoever_is_known_and_lacks_the_right_is_refused_and_audited(house: House) -> None:
    house.command("user", "add", "porter", "--role", "referrer", "--password-stdin", text=PASSWORD + "\n")
    token = house.command("token", "create", "--user", "porter").stdout.strip()
    with Web(house.root, token) as web:
        for route in closed_routes():
            if not hasattr(route.endpoint.requires, "value") or route.endpoint.requires.value == "signed-in":
                continue
            answer = web.client.request(route.method, route.at())
            assert (answer.status_code, answer.json()["code"]) == (403, "right-missing"), route
        assert web.stow(sample("CT_small.dcm").path.read_bytes()).status_code == 403
    with house.web as web:
        rows = web.audit(actor="porter", outcome="refused")
        asked = {route.endpoint.act.value for route in closed_routes() if route.endpoint.act}
        assert {row["act"] for row in rows} >= asked | {"read"}


@pytest.fixture
def other(house: House) -> dict[str, str]:
    """A study of another organisation on the same machine."""
    image = sample("MR_small.dcm")
    house.command("import", str(image.path), "--as", "other")
    return {"study": image.study, "series": image.series, "instance": image.sop}


def test_another_organisations_study_is_nowhere_by_its_uids(house: House, other: dict[str, str]) -> None:
    every = routes_with_uids()
    assert len(every) > 25
    with house.web as web:
        for route in every:
            empty = {"json": {}} if route.endpoint.body else {}
            answer = web.client.request(route.method, route.at(**other), **empty)
            assert _gives_nothing(route, answer), (route.method, route.path, answer.status_code, answer.text[:300])
        audited = " ".join(row["subject"] for row in web.audit(actor=USER))
        for uid in (other["study"], other["instance"]):
            assert uid in audited
        failed = [row for row in web.audit(actor=USER, outcome="failure") if other["study"] in row["subject"]]
        assert {row["act"] for row in failed} >= {"read", "retrieve", "find", "settle"}


def _gives_nothing(route: Route, answer: httpx2.Response) -> bool:
    """404 as for what does not exist; searches find nothing; a POST of nothing is no object."""
    if route.method == "POST" and route.path.startswith("/dicom-web"):
        return answer.status_code in {400, 415}
    if "{id}" in route.path:
        return answer.status_code == 404
    is_search = route.path.startswith("/dicom-web") and route.path.rpartition("/")[2] in {"series", "instances"}
    return answer.json() == [] if is_search else answer.status_code == 404


def test_another_organisations_study_is_nowhere_in_lists_and_searches(house: House, other: dict[str, str]) -> None:
    tag = {"study": "0020000D", "series": "0020000E", "instance": "00080018"}
    with house.web as web:
        for level, path in (("study", "studies"), ("series", "series"), ("instance", "instances")):
            found: list[Any] = web.get(f"/dicom-web/{path}?{tag[level]}={other[level]}").json()
            assert found == []
        everything = web.api("/studies?limit=500")
        assert other["study"] not in str(everything)
        assert other["study"] not in str(web.api("/quarantine"))


def test_the_same_uids_in_two_organisations_are_two_objects(house: House, tmp_path: Path) -> None:
    """Whoever stores an object that another organisation has too learns nothing of that, and gets their own back."""
    theirs, ours = new_image(), new_image()
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        setattr(ours, keyword, theirs[keyword].value)
    ours.PatientComments = "ours"
    (tmp_path / "theirs.dcm").write_bytes(written(theirs))
    house.command("import", str(tmp_path / "theirs.dcm"), "--as", "other")
    with house.web as web:
        stored = web.store(written(ours))
        assert (stored.status, stored.kept) == (200, {ours.SOPInstanceUID: 0})
        file = web.instance(ours.StudyInstanceUID, ours.SeriesInstanceUID, ours.SOPInstanceUID)
        assert bare(file) == bare(written(ours))
        assert web.api(f"/instances/{ours.SOPInstanceUID}/variants")["variants"] == []
