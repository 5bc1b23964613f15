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


@pytest.fixture
def api(sqlite_database: Database, sandbox: Sandbox) -> Api:
    """On one engine: what is refused here never reaches a database, or finds nothing by the scope in its SQL."""
    return api_on(sqlite_database, sandbox)


def path_of(row: Endpoint) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: NAMED[found.group(1)], row.path)


def title(row: Endpoint) -> str:
    return f"{row.method} {row.path}"


def test_only_login_and_the_document_are_open() -> None:
    assert {title(row) for row in ROWS if row.requires is Entry.ANYBODY} == {"POST /session", "GET /openapi.json"}


@pytest.mark.parametrize("row", CLOSED, ids=title)
def test_nobody_gets_in(api: Api, row: Endpoint) -> None:
    reply = api.ask("nobody", row.method, path_of(row), {} if row.body else None)
    assert (reply.status, reply.code) == (401, "not-signed-in")


@pytest.mark.parametrize("row", [row for row in CLOSED if isinstance(row.requires, Right)], ids=title)
def test_whoever_lacks_the_right_gets_nothing(api: Api, row: Endpoint) -> None:
    assert isinstance(row.requires, Right)
    lacking = next(role for role in Role if row.requires not in RIGHTS_OF_ROLE[role])
    reply = api.ask(lacking.value, row.method, path_of(row), {} if row.body else None)
    assert (reply.status, reply.json()["right"]) == (403, row.requires.value)


@pytest.mark.parametrize(
    "row", [row for row in CLOSED if row.requires in {Right.FIND, Right.READ, Right.SETTLE}], ids=title
)
def test_another_organisation_sees_and_changes_nothing(api: Api, row: Endpoint) -> None:
    if row.operation == "followEvents":
        return  # its own test: it does not end by itself
    api.desk.bring(dataset("1"), dataset("1", description="other bytes"))
    before = api.get("reader", f"/studies/{STUDY}")
    reply = api.ask("stranger", row.method, path_of(row), {} if row.body else None)
    if row.path in {"/studies", "/quarantine"}:
        assert (reply.json()["items"], reply.json()["total"]) == ([], 0)
    else:
        assert (reply.status, reply.code) == (404, "not-found")
    assert api.get("reader", f"/studies/{STUDY}") == before


@pytest.mark.parametrize("row", [row for row in CLOSED if "{" in row.path and not row.body], ids=title)
@pytest.mark.parametrize("value", ["%00", "a'b", "..", "1.2.3;x", "<script>", "9" * 100, "*"])
def test_odd_addresses_find_nothing_and_are_not_repeated(api: Api, row: Endpoint, value: str) -> None:
    if row.operation == "listTokens":
        return  # an account's own name is free text: see the accounts
    path = re.sub(r"\{\w+\}", value, row.path).replace("%00", "\x00")
    reply = api.ask("stranger", row.method, path)
    assert reply.status in {404, 403}
    assert b"<script>" not in reply.body


def test_refused_acts_on_patients_data_are_audited(api: Api) -> None:
    api.ask("admin", "GET", f"/studies/{STUDY}")
    (row,) = list_audit(api.access, operator(api.access), AuditQuery(outcome="refused"), 9)
    assert (row.entry.actor_name, row.entry.act, row.entry.subject) == ("admin", "find", STUDY)
