"""Jobs and parked entries over the API: what waits for a person is seen, and tried again by one act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kontor.platform.database import WriteTransaction
from kontor.platform.jobs import JobContext, JobHandler, JobRunner, Retry, enqueue
from kontor.platform.journal import append, follow
from tests.access.rooms import clock_of
from tests.doors.api.conftest import Api, elsewhere


class Broken(Exception):
    """What no repetition cures."""


def fail(_context: JobContext) -> None:
    raise Broken("<b>no picture</b>\x1b[2J in 1.2.3")


def kill_jobs(api: Api, *keys: str, kind: str = "preview", org_id: int | None = None) -> None:
    clock, database = clock_of(api.access), api.access.database
    for key in keys:
        org = api.desk.scope.org_id if org_id is None else org_id
        database.write(lambda tx, key=key, org=org: enqueue(tx, org, kind, key, {}, clock.now_us()))
    runner = JobRunner(database, clock, {kind: JobHandler(fail, Retry(permanent=(Broken,)))})
    while runner.run_once():
        pass


def park(api: Api, *subjects: str) -> None:
    database, clock, scope = api.access.database, clock_of(api.access), api.desk.scope
    follower = follow(database, "broken", ["told"], _raise, clock=clock)
    for subject in subjects:
        database.write(lambda tx, subject=subject: append(tx, scope.org_id, "told", subject, {}, clock.now_us()))
    for _ in range(60):
        follower.run_once()
        clock.advance(700)


def _raise(_tx: WriteTransaction, _entry: object) -> None:
    raise Broken("cannot be followed")


def test_dead_jobs_are_seen_with_their_error_and_one_is_tried_again(api: Api) -> None:
    kill_jobs(api, "1.2.3", "1.2.4")
    view = api.get("admin", "/jobs")
    assert [(one["kind"], one["state"], one["count"]) for one in view["counts"]] == [("preview", "dead", 2)]
    assert [(job["attempts"], job["error"]) for job in view["dead"]] == [
        (1, "Broken: <b>no picture</b>\x1b[2J in 1.2.3")
    ] * 2
    assert api.get("admin", "/jobs/waiting-for-somebody") == {"count": 2}
    done = api.ask("admin", "POST", "/jobs/retry", {"id": view["dead"][0]["id"]})
    assert done.json() == {"count": 1}
    assert [len(api.get("admin", "/jobs")[state]) for state in ("dead", "waiting")] == [1, 1]
    rows = api.get("auditor", "/audit?act=retry-work")["items"]
    assert [(row["actor"], row["subject"], row["detail"]["count"]) for row in rows] == [
        ("admin", f"job {view['dead'][0]['id']}", "1")
    ]


def test_all_of_a_kind_are_tried_again_and_no_other(api: Api) -> None:
    kill_jobs(api, "a", "b", "c")
    kill_jobs(api, "a", kind="settle")
    assert api.ask("admin", "POST", "/jobs/retry", {"kind": "preview"}).json() == {"count": 3}
    assert [job["kind"] for job in api.get("admin", "/jobs")["dead"]] == ["settle"]
    assert api.ask("admin", "POST", "/jobs/retry", {}).code == "inadmissible"
    assert api.ask("admin", "POST", "/jobs/retry", {"id": "1", "kind": "x"}).code == "inadmissible"


def test_parked_entries_are_seen_and_tried_again(api: Api) -> None:
    park(api, "one", "two")
    parked = api.get("admin", "/jobs")["parked"]
    assert [(one["follower"], one["dead"], one["error"]) for one in parked] == [
        ("broken", True, "Broken: cannot be followed")
    ] * 2
    assert api.get("admin", "/jobs/waiting-for-somebody") == {"count": 2}
    body = {"follower": "broken", "seq": parked[0]["seq"]}
    assert api.ask("admin", "POST", "/jobs/parked/retry", body).json() == {"count": 1}
    assert api.ask("admin", "POST", "/jobs/parked/retry", {"follower": "broken"}).json() == {"count": 2}
    assert api.get("admin", "/jobs/waiting-for-somebody") == {"count": 0}


def test_who_may_not_find_studies_does_not_see_whose_work_waits(api: Api) -> None:
    kill_jobs(api, "1.2.3")
    assert "1.2.3" not in api.get("admin", "/jobs")["dead"][0]["key"]


@pytest.mark.parametrize("act", [kill_jobs, park])
def test_another_organisation_sees_none_and_changes_none(api: Api, act: Callable[..., None]) -> None:
    act(api, "ours")
    kill_jobs(api, "theirs", org_id=elsewhere(api).scope.org_id)
    view = api.get("stranger", "/jobs")
    assert ([job["key"] for job in view["dead"]], view["parked"]) == (["theirs"], [])
    assert api.ask("stranger", "POST", "/jobs/parked/retry", {"follower": "broken"}).json() == {"count": 0}
    for job in api.get("admin", "/jobs")["dead"]:
        assert api.ask("stranger", "POST", "/jobs/retry", {"id": job["id"]}).json() == {"count": 0}
    for who in ("reader", "chief", "auditor"):
        assert api.ask(who, "GET", "/jobs").code == "right-missing"
        assert api.ask(who, "POST", "/jobs/retry", {"kind": "preview"}).code == "right-missing"
