"""A study settles when nothing came for a while, or when somebody says so; and again when more comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kontor.access import Forbidden, Right
from kontor.archive import NotThere, settle
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database
from tests.archive.objects import ROOT, SERIES, STUDY, Desk, archive_on, dataset, uid
from tests.archive.working import told, work

QUIET_S = 60  # as in tests/archive/objects.py


@pytest.fixture
def desk(engine: Database) -> Desk:
    return archive_on(engine)


def advance(desk: Desk, seconds: float) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(seconds)
    work(desk.archive)


def settled(desk: Desk) -> list[bool]:
    return [at is not None for table in ("study", "series") for (at,) in desk.rows(table, "settled_at")]


def test_a_study_settles_once_it_has_been_quiet_and_not_before(desk: Desk) -> None:
    desk.bring(dataset("1"))
    work(desk.archive)
    advance(desk, QUIET_S - 1)
    assert settled(desk) == [False, False]
    desk.bring(dataset("2"))  # it goes on arriving: quiet begins anew
    advance(desk, QUIET_S - 1)
    assert settled(desk) == [False, False]
    advance(desk, 2)
    assert settled(desk) == [True, True]
    (entry,) = told(desk.archive, "study_settled")
    assert entry.payload == {"study_uid": STUDY, "series": [SERIES]}


def test_more_images_open_a_settled_study_and_it_settles_again(desk: Desk) -> None:
    desk.bring(dataset("1"))
    work(desk.archive)
    advance(desk, QUIET_S + 1)
    assert settled(desk) == [True, True]
    desk.bring(dataset("2", series=f"{ROOT}.1.2"))
    assert [at is not None for (at,) in desk.rows("study", "settled_at")] == [False]
    work(desk.archive)
    advance(desk, QUIET_S + 1)
    assert settled(desk) == [True, True, True]
    assert [entry.payload["series"] for entry in told(desk.archive, "study_settled")] == [[SERIES], [f"{ROOT}.1.2"]]


def test_somebody_with_the_right_settles_at_once_and_twice_is_once(desk: Desk) -> None:
    desk.bring(dataset("1"))
    settle(desk.archive, desk.scope, uid(STUDY))
    settle(desk.archive, desk.scope, uid(STUDY))
    assert settled(desk) == [True, True]
    assert len(told(desk.archive, "study_settled")) == 1


def test_nobody_settles_without_the_right_or_what_is_not_there(desk: Desk) -> None:
    desk.bring(dataset("1"))
    with pytest.raises(Forbidden):
        settle(desk.archive, replace(desk.scope, rights=desk.scope.rights - {Right.SETTLE}), uid(STUDY))
    with pytest.raises(NotThere):
        settle(desk.archive, desk.scope, uid(f"{ROOT}.9"))
    assert settled(desk) == [False, False]
