"""Saved views: an account's own, in its own order, not without end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kontor.access import Forbidden, Inadmissible
from kontor.archive import NotThere
from kontor.reading import View, remove_view, save_view, view_rows, views, views_of
from tests.reading.conftest import Room, client_id, overlapping


def saved(room: Room, name: str, position: int = 0, *, by: str = "anna", identifier: str = "") -> View:
    return save_view(room.archive, room.reader(by), View(identifier or client_id(), name, "modality=CT", position))


def names(room: Room, by: str = "anna") -> list[str]:
    return [view.name for view in views_of(room.archive, room.reader(by))]


def test_views_come_by_position_then_name(room: Room) -> None:
    for name, position in (("MR", 2), ("Thorax", 1), ("Abdomen", 1), ("STAT", -1)):
        saved(room, name, position)
    assert names(room) == ["STAT", "Abdomen", "Thorax", "MR"]


def test_a_view_is_its_owners_alone(room: Room) -> None:
    hers = saved(room, "CT heute")
    saved(room, "seine", by="berta", identifier=hers.id)
    assert (names(room), names(room, "berta")) == (["CT heute"], ["seine"])
    remove_view(room.archive, room.reader("berta"), hers.id)
    assert (names(room), names(room, "berta")) == (["CT heute"], [])
    with pytest.raises(NotThere):
        remove_view(room.archive, room.reader("carla"), hers.id)


def test_the_same_id_is_the_same_view(room: Room) -> None:
    first = saved(room, "CT heute")
    assert saved(room, " CT gestern ", 3, identifier=first.id) == View(first.id, "CT gestern", "modality=CT", 3)
    assert names(room) == ["CT gestern"]


def test_an_account_keeps_so_many_views_and_no_more(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "VIEWS_MAX", 3)
    first = saved(room, "0")
    saved(room, "1")
    kept, refused = overlapping(
        room, monkeypatch, (view_rows, "write"), lambda: saved(room, "2"), lambda: saved(room, "3")
    )
    assert isinstance(kept, View)
    assert isinstance(refused, Inadmissible)
    assert len(names(room)) == 3
    saved(room, "renamed", identifier=first.id)
    saved(room, "0", by="berta")


@pytest.mark.parametrize(
    "wanted",
    [
        View("0" * 32, " ", "", 0),
        View("0" * 32, "x" * 81, "", 0),
        View("0" * 32, "x", "y" * 2_001, 0),
        View("0" * 32, "x", "", 1_000_001),
    ],
)
def test_what_is_too_long_or_has_no_name_is_refused(room: Room, wanted: View) -> None:
    with pytest.raises(Inadmissible):
        save_view(room.archive, room.reader("anna"), wanted)


@pytest.mark.parametrize("identifier", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32])
def test_an_id_is_thirty_two_lower_case_hexadecimal_digits(room: Room, identifier: str) -> None:
    with pytest.raises(NotThere):
        save_view(room.archive, room.reader("anna"), View(identifier, "x", "", 0))


def test_without_the_right_or_an_account_there_are_no_views(room: Room) -> None:
    for scope in (replace(room.reader("anna"), rights=frozenset()), room.desk.scope):
        with pytest.raises(Forbidden):
            views_of(room.archive, scope)
