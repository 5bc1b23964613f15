"""Slow pictures hold up pictures only: login, lists and readiness are answered meanwhile, and the queue has an end."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import pytest
from starlette.types import ASGIApp

from kontor.access import Access, create_token
from tests.access.rooms import operator
from tests.doors.http.calling import Fields, Reply, ask
from tests.doors.http.conftest import Decoder

AT_WORK, QUEUED, TOO_MANY = 2, 3, 4


@pytest.fixture
def berta(access: Access) -> Fields:
    return [("authorization", f"Bearer {create_token(access, operator(access), 'berta').token}")]


def test_slow_pictures_hold_up_nobody_else_and_too_many_are_told_to_come_back(
    app: ASGIApp, berta: Fields, decoder: Decoder
) -> None:
    with ThreadPoolExecutor(AT_WORK + QUEUED + TOO_MANY) as people:
        asked = {
            people.submit(ask, app, "GET", "/test/picture", fields=berta) for _ in range(AT_WORK + QUEUED + TOO_MANY)
        }
        try:
            for _ in range(AT_WORK):
                assert decoder.begun.acquire(timeout=30)
            refused = _first(asked, TOO_MANY)
            assert ask(app, "GET", "/readyz").status == 200
            assert ask(app, "GET", "/test/query?number=3", fields=berta).status == 200
        finally:
            decoder.done.set()
        assert {(reply.status, reply.code, reply.fields["retry-after"]) for reply in refused} == {
            (503, "unavailable", "5")
        }
        replies = [future.result(30) for future in asked]
    assert [reply.body for reply in replies if reply.status == 200] == [b"picture"] * (AT_WORK + QUEUED)
    assert ask(app, "GET", "/test/picture", fields=berta).status == 200


def _first(asked: set[Future[Reply]], count: int) -> list[Reply]:
    """The replies that come first."""
    waiting, replies = set(asked), list[Reply]()
    while len(replies) < count:
        done, waiting = wait(waiting, 30, FIRST_COMPLETED)
        assert done, "a picture was neither drawn nor refused"
        replies += [future.result() for future in done]
    return replies
