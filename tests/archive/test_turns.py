"""Calls that wait together are served together, and told together when the database is away."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import pytest

from kontor.archive import Admission
from kontor.archive.stored import ActRecord
from kontor.archive.turns import Thing, Turns
from kontor.platform.database import DatabaseUnavailable


def act(number: int) -> ActRecord:
    return ActRecord(1, "main", "none", {}, number, "segment", 0, number)


def test_a_database_that_is_away_is_asked_once_for_all_that_wait() -> None:
    turns, groups, told = Turns(), list[int](), list[DatabaseUnavailable]()

    def first(_group: Sequence[Thing]) -> list[Admission | None]:
        while len(turns._waiting) < 3:  # the others wait behind this one
            os.sched_yield()
        return [None]

    def away(group: Sequence[Thing]) -> list[Admission | None]:
        groups.append(len(group))
        raise DatabaseUnavailable("gone")

    def wait(number: int) -> None:
        with pytest.raises(DatabaseUnavailable) as error:
            turns.serve([act(number)], away)
        told.append(error.value)

    leader = threading.Thread(target=turns.serve, args=([act(0)], first))
    leader.start()
    while not turns._led:
        os.sched_yield()
    others = [threading.Thread(target=wait, args=(number,)) for number in (1, 2, 3)]
    for thread in others:
        thread.start()
    for thread in (leader, *others):
        thread.join(30)
    assert groups == [3]
    assert len({id(error) for error in told}) == 3, "an error belongs to one thread"
