"""Every row of the route table, tried by nobody, by somebody without the right, and from another organisation."""

from __future__ import annotations

import re

import pytest

from kontor.access import RIGHTS_OF_ROLE, AuditQuery, Right, Role, list_audit
from kontor.doors.api import routes
from kontor.doors.http import Endpoint, Entry
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.access.rooms import operator
from tests.archive.objects import SERIES, STUDY, dataset
from tests.doors.api.conftest import Api, api_on

ROWS = [endpoint for door in routes() for endpoint in door.endpoints]
CLOSED = [row for row in ROWS if row.requires is not Entry.ANYBODY]
NAMED = {"study": STUDY, "series": SERIES, "sop": f"{SERIES}.1", "n": "1", "name": "stranger", "id": "1"}
CLIENT_MADE = {"saveMark": "a" * 32, "removeMark": "a" * 32}  # operations whose id the client makes
MARK = {
    "study": STUDY,
    "sop_instance_uid": f"{SERIES}.1",
    "frame": 1,
    "kind": "probe",
    "points": [[1, 1]],
    "version": 0,
}
SENT: dict[str, object] = {"saveMark": MARK, "saveView": {"name": "mine", "filter": ""}}
"""Bodies that would do for somebody of the house; of other routes an empty object is one, or never gets so far."""
ASKED = {"removeMark": "?version=1"}


@pytest.fixture
def api(sqlite_database: Database, sandbox: Sandbox) -> Api:
    """On one engine: what is refused here never reaches a database, or finds nothing by the scope in its SQL."""
    return api_on(sqlite_database, sandbox)


def path_of(row: Endpoint) -> str:
    named = NAMED | {"id": CLIENT_MADE.get(row.operation, NAMED["id"])}
    return re.sub(r"\{(\w+)\}", lambda found: named[found.group(1)], row.path) + ASKED.get(row.operation, "")


def body_of(row: Endpoint) -> object:
    return SENT.get(row.operation, {}) if row.body else None


def title(row: Endpoint) -> str:
    return f"{row.method} {row.path}"


def test_only_login_and_the_document_are_open() -> None:
    assert {title(row) for row in ROWS if row.requires is Entry.ANYBODY} == {"POST /session", "GET /openapi.json"}


@pytest.mark.parametrize("row", CLOSED, ids=title)
def test_nobody_gets_in(api: Api, row: Endpoint) -> None:
    reply = api.ask("nobody", row.method, path_of(row), body_of(row))
    assert (reply.status, reply.code) == (401, "not-signed-in")


@pytest.mark.parametrize("row", [row for row in CLOSED if isinstance(row.requires, Right)], ids=title)
def test_whoever_lacks_the_right_gets_nothing(api: Api, row: Endpoint) -> None:
    assert isinstance(row.requires, Right)
    lacking = next(role for role in Role if row.requires not in RIGHTS_OF_ROLE[role])
    reply = api.ask(lacking.value, row.method, path_of(row), body_of(row))
    assert (reply.status, reply.json()["right"]) == (403, row.requires.value)


@pytest.mark.parametrize(
    "row", [row for row in CLOSED if row.requires in {Right.FIND, Right.READ, Right.SETTLE}], ids=title
)
def test_another_organisation_sees_and_changes_nothing(api: Api, row: Endpoint) -> None:
    if row.operation == "followEvents":
        return  # its own test: it does not end by itself
    api.desk.bring(dataset("1"), dataset("1", description="other bytes"))
    before = api.get("reader", f"/studies/{STUDY}")
    reply = api.ask("stranger", row.method, path_of(row), body_of(row))
    if row.path in {"/studies", "/quarantine"}:
        assert (reply.json()["items"], reply.json()["total"]) == ([], 0)
    elif row.path == "/study-count":
        assert reply.json() == {"total": 0}
    elif row.path == "/views":
        assert reply.json() == {"views": []}
    else:
        assert (reply.status, reply.code) == (404, "not-found")
    assert api.get("reader", f"/studies/{STUDY}") == before


@pytest.mark.parametrize("row", [row for row in CLOSED if "{" in row.path and not row.body], ids=title)
@pytest.mark.parametrize("value", ["%00", "a'b", "..", "1.2.3;x", "<script>", "9" * 100, "*"])
def test_odd_addresses_find_nothing_and_are_not_repeated(api: Api, row: Endpoint, value: str) -> None:
    if row.operation == "listTokens":
        return  # an account's own name is free text: see the accounts
    path = re.sub(r"\{\w+\}", value, row.path).replace("%00", "\x00") + ASKED.get(row.operation, "")
    reply = api.ask("stranger", row.method, path)
    assert reply.status in {404, 403}
    assert b"<script>" not in reply.body


def test_refused_acts_on_patients_data_are_audited(api: Api) -> None:
    api.ask("admin", "GET", f"/studies/{STUDY}")
    (row,) = list_audit(api.access, operator(api.access), AuditQuery(outcome="refused"), 9)
    assert (row.entry.actor_name, row.entry.act, row.entry.subject) == ("admin", "find", STUDY)
