"""How full the house is, over the API."""

from __future__ import annotations

import threading
from typing import Any

from tests.access.rooms import clock_of
from tests.archive.objects import dataset, part10
from tests.doors.api.conftest import Api
from tests.doors.api.test_imports import body_of, send


def wait_for_count() -> None:
    for thread in threading.enumerate():
        if thread.name == "figures":
            thread.join(30)


def view_with_figures(api: Api, who: str) -> dict[str, Any]:
    """What is told once the first count has ended, which a busy machine does not finish within the first call."""
    if api.get(who, "/storage")["figures"] is None:
        wait_for_count()
    return api.get(who, "/storage")


def test_storage_tells_room_and_what_the_organisation_has(api: Api) -> None:
    send(
        api, body_of(part10(dataset("1")), part10(dataset("2")), part10(dataset("3", study="1.2.9", series="1.2.9.1")))
    )
    view = view_with_figures(api, "admin")
    assert view["left_bytes"] == max(0, view["free_bytes"] - view["reserve_bytes"])
    assert view["total_bytes"] >= view["free_bytes"]
    assert (view["receives"], view["index_is_whole"]) == (True, True)
    figures = view["figures"]
    assert (figures["studies"], figures["series"], figures["instances"]) == (2, 2, 3)
    assert figures["size_bytes"] == figures["recent_bytes"] > 0
    assert figures["oldest_received_at"] == figures["newest_received_at"]
    assert (figures["segments"], figures["segment_bytes"] > figures["size_bytes"]) == (1, True)


def test_figures_are_those_of_the_callers_organisation(api: Api) -> None:
    send(api, body_of(part10(dataset("1"))))
    assert view_with_figures(api, "stranger")["figures"]["studies"] == 0
    for who in ("reader", "technologist", "auditor"):
        assert api.ask(who, "GET", "/storage").code == "right-missing"


def test_figures_are_remembered_and_counted_anew_after_a_while(api: Api) -> None:
    view_with_figures(api, "admin")
    send(api, body_of(part10(dataset("1"))))
    assert api.get("admin", "/storage")["figures"]["studies"] == 0
    clock_of(api.access).advance(301)
    api.get("admin", "/storage")
    wait_for_count()
    assert api.get("admin", "/storage")["figures"]["studies"] == 1
