"""What a settled study lacks: found when it settles, from what its own objects show, never guessed."""

from __future__ import annotations

import json

import pytest

from kontor.archive import Level, Query, StudyRow, find, promote, variants
from kontor.archive.completeness import what_is_missing
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database
from tests.archive.objects import SERIES, Desk, archive_on, dataset, uid
from tests.archive.working import work


@pytest.fixture
def desk(engine: Database) -> Desk:
    return archive_on(engine)


def missing(desk: Desk) -> dict[str, int]:
    """What the study lacks once it has been quiet."""
    assert isinstance(desk.clock, FixedClock)
    work(desk.archive)
    desk.clock.advance(61)
    work(desk.archive)
    rows: list[StudyRow] = find(desk.archive, desk.scope, Query(Level.STUDY)).rows
    assert rows[0].settled_at is not None
    return dict(json.loads(rows[0].missing)) if rows[0].missing else {}


def test_a_whole_study_lacks_nothing_whatever_its_numbers(desk: Desk) -> None:
    desk.bring(dataset("1"), dataset("5", number="5"), dataset("9", number="700"))
    assert missing(desk) == {}


def test_objects_cut_short_are_counted_by_what_was_cut(desk: Desk) -> None:
    desk.bring(dataset("1"), dataset("2", pixels=bytes(8)), dataset("3")[:-5], dataset("4")[:-48])
    assert missing(desk) == {"pixels-cut-short": 2, "objects-cut-short": 1}


def test_it_is_looked_at_again_when_more_comes(desk: Desk) -> None:
    desk.bring(dataset("1"))
    assert missing(desk) == {}
    desk.bring(dataset("2", pixels=bytes(8)))
    assert missing(desk) == {"pixels-cut-short": 1}


def test_a_whole_object_in_the_place_of_the_cut_one_heals_it(desk: Desk) -> None:
    desk.bring(dataset("1", pixels=bytes(8)), dataset("1"))
    assert missing(desk) == {"pixels-cut-short": 1}
    (whole,) = variants(desk.archive, desk.scope, uid(f"{SERIES}.1")).variants
    promote(desk.archive, desk.scope, whole.id)
    assert missing(desk) == {}


def test_an_object_counts_once_for_each_reason_and_other_notes_for_none() -> None:
    noted = [("short-pixel-data\\truncated-pixel-data", 2), ("charset-assumed", 7), ("no-preamble\\truncated", 1)]
    assert json.loads(what_is_missing(noted)) == {"pixels-cut-short": 2, "objects-cut-short": 1}
    assert what_is_missing([("charset-assumed", 7)]) == what_is_missing([]) == ""
