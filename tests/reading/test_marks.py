"""A reader's marks: kept when answered, each change a version, nobody else's business (decision 0008)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kontor.access import Forbidden, Inadmissible, queries_without_organisation
from kontor.archive import NotThere, rebuild
from kontor.dicom.values import Uid
from kontor.platform.blobs import open_folder
from kontor.reading import (
    Mark,
    MarkChanged,
    MarkedImage,
    MarkKind,
    mark_content,
    mark_rows,
    marks,
    marks_of,
    remove_mark,
    save_mark,
)
from tests.archive.objects import SERIES, STUDY, dataset, uid
from tests.reading.conftest import HIDDEN, Room, at_once, client_id, overlapping, statements

FIRST, SECOND = uid(f"{SERIES}.1"), uid(f"{SERIES}.2")
LINE = ((1.0, 2.5), (3.25, 4.0))


def saved(
    room: Room,
    name: str,
    version: int = 0,
    *,
    by: str = "anna",
    text: str = "",
    sop: Uid = FIRST,
    study: Uid | None = None,
    row: int | None = None,
) -> Mark:
    content = mark_content(MarkKind.LENGTH, LINE, text, {"unit": "mm"})
    image = MarkedImage(study or uid(STUDY), row, sop, 1)
    return save_mark(room.archive, room.reader(by), name, image, MarkKind.LENGTH, content, version)


def seen(room: Room, by: str = "anna") -> list[Mark]:
    return marks_of(room.archive, room.reader(by), uid(STUDY), None)


def versions(room: Room) -> list[tuple[object, ...]]:
    return room.desk.rows("mark_version", "version", "text", "removed", "at")


def test_what_was_saved_is_found_again_by_its_author_alone(room: Room) -> None:
    mark = saved(room, client_id(), text="kleiner Herd")
    assert seen(room) == [mark]
    assert (mark.content.points, mark.content.text, json.loads(mark.content.detail)) == (
        LINE,
        "kleiner Herd",
        {"unit": "mm"},
    )
    assert seen(room, "berta") == []


def test_marks_come_in_the_order_in_which_they_were_made(room: Room) -> None:
    names = [client_id() for _ in range(3)]
    for name in reversed(names):
        saved(room, name)
        room.clock.advance(1)
    saved(room, names[2], 1, text="changed later")
    assert [mark.id for mark in seen(room)] == names[::-1]


def test_saving_twice_is_saving_once(room: Room) -> None:
    name = client_id()
    first = saved(room, name)
    room.clock.advance(5)
    assert saved(room, name) == first
    assert saved(room, name, 1) == first
    assert len(versions(room)) == 1


def test_each_change_is_a_version_with_its_time(room: Room) -> None:
    name, began = client_id(), room.clock.now_us()
    first = saved(room, name)
    room.clock.advance(2)
    second = saved(room, name, 1, text="nach Kontrolle")
    assert (second.version, second.created_at_us, second.changed_at_us) == (2, first.created_at_us, began + 2_000_000)
    assert versions(room) == [(1, "", False, began), (2, "nach Kontrolle", False, began + 2_000_000)]
    assert room.desk.rows("mark_version", "author", "mark") == [(room.reader("anna").actor.id, name)] * 2


def test_a_version_that_is_not_the_newest_is_refused_and_the_newest_handed_out(room: Room) -> None:
    name = client_id()
    saved(room, name)
    newest = saved(room, name, 1, text="from the other window")
    with pytest.raises(MarkChanged) as refused:
        saved(room, name, 1, text="from this window")
    assert refused.value.current == newest
    with pytest.raises(MarkChanged):
        saved(room, name)
    with pytest.raises(MarkChanged):
        remove_mark(room.archive, room.reader("anna"), name, 1)
    assert seen(room) == [newest]


def test_a_version_of_a_mark_that_never_was_is_not_there(room: Room) -> None:
    with pytest.raises(NotThere):
        saved(room, client_id(), 3)
    with pytest.raises(NotThere):
        remove_mark(room.archive, room.reader("anna"), client_id(), 1)


def test_removing_is_a_version_that_a_following_one_restores(room: Room) -> None:
    name = client_id()
    first = saved(room, name)
    for _ in ("once", "and again"):
        assert remove_mark(room.archive, room.reader("anna"), name, 1).version == 2
    assert seen(room) == []
    restored = saved(room, name, 2)
    assert seen(room) == [restored]
    assert (restored.content, restored.version, restored.created_at_us) == (first.content, 3, first.created_at_us)
    assert [(version, removed) for version, _, removed, _ in versions(room)] == [(1, False), (2, True), (3, False)]


def test_of_two_changes_of_one_version_at_one_moment_one_wins(room: Room) -> None:
    name = client_id()
    saved(room, name)
    texts = ["left window", "right window", "third window"]
    found = at_once(*(lambda text=text: saved(room, name, 1, text=text) for text in texts))
    (winner,) = [one for one in found if isinstance(one, Mark)]
    losers = [one for one in found if isinstance(one, MarkChanged)]
    assert len(losers) == 2
    assert {one.current for one in losers} == {winner}
    assert seen(room) == [winner]
    assert len(versions(room)) == 2


def test_whoever_comes_while_a_version_is_being_written_sees_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    name = client_id()
    saved(room, name)
    writing = (mark_rows, "write")
    first, second = overlapping(
        room, monkeypatch, writing, lambda: saved(room, name, 1, text="one"), lambda: saved(room, name, 1, text="other")
    )
    assert isinstance(second, MarkChanged)
    assert second.current == first
    again = client_id()
    first, second = overlapping(room, monkeypatch, writing, lambda: saved(room, again), lambda: saved(room, again))
    assert first == second
    assert isinstance(first, Mark)


def test_one_new_mark_sent_twice_at_one_moment_is_one_mark(room: Room) -> None:
    name = client_id()
    room.reader("anna")
    found = at_once(*([lambda: saved(room, name)] * 3))
    assert found == seen(room) * 3
    assert len(versions(room)) == 1


def test_another_persons_mark_of_the_same_name_is_another_mark(room: Room) -> None:
    name = client_id()
    hers = saved(room, name, text="hers")
    his = saved(room, name, by="berta", text="his")
    assert (seen(room), seen(room, "berta")) == ([hers], [his])
    with pytest.raises(NotThere):
        remove_mark(room.archive, room.reader("carla"), name, 1)


def test_a_mark_stays_on_its_image(room: Room) -> None:
    name = client_id()
    saved(room, name)
    with pytest.raises(Inadmissible):
        saved(room, name, 1, sop=SECOND)


def test_nobody_marks_what_is_not_there_or_hidden(room: Room) -> None:
    for study, sop in ((uid(HIDDEN), FIRST), (uid(STUDY), uid(f"{HIDDEN}.1.1")), (uid("1.2.3"), FIRST)):
        with pytest.raises(NotThere):
            saved(room, client_id(), study=study, sop=sop)
    image = MarkedImage(uid(STUDY), None, FIRST, 2)
    with pytest.raises(Inadmissible, match="frame"):
        save_mark(
            room.archive,
            room.reader("anna"),
            client_id(),
            image,
            MarkKind.PROBE,
            mark_content(MarkKind.PROBE, ((1, 1),), "", {}),
            0,
        )


def test_a_restricted_reader_marks_reads_and_removes_in_their_own_studies_only(room: Room) -> None:
    name, other = client_id(), client_id()
    saved(room, name)
    hidden = saved(room, other, study=uid(HIDDEN), sop=uid(f"{HIDDEN}.1.1"))
    limited = room.reader("anna", only=STUDY)
    with pytest.raises(NotThere):
        marks_of(room.archive, limited, uid(HIDDEN), None)
    with pytest.raises(NotThere):
        remove_mark(room.archive, limited, other, 1)
    with pytest.raises(NotThere):
        save_mark(
            room.archive,
            limited,
            other,
            MarkedImage(uid(HIDDEN), None, uid(f"{HIDDEN}.1.1"), 1),
            MarkKind.LENGTH,
            hidden.content,
            1,
        )
    assert [mark.id for mark in marks_of(room.archive, limited, uid(STUDY), None)] == [name]
    assert marks_of(room.archive, room.reader("anna"), uid(HIDDEN), None) == [hidden]


def test_without_the_right_or_an_account_there_are_no_marks(room: Room) -> None:
    for scope in (replace(room.reader("anna"), rights=frozenset()), room.desk.scope):
        with pytest.raises(Forbidden):
            marks_of(room.archive, scope, uid(STUDY), None)


def test_two_patients_under_one_uid_keep_their_marks_apart(room: Room) -> None:
    room.desk.bring(dataset("7", patient_id="P-2", name="Schulz^Hans", birth_date="19300101", sex="M"))
    ((hans,),) = [
        [
            int(str(row))
            for row, uid_, other in room.desk.rows("study", "id", "study_instance_uid", "discriminator")
            if other
        ]
    ]
    first = saved(room, client_id())
    second = saved(room, client_id(), sop=uid(f"{SERIES}.7"), row=hans)
    assert seen(room) == [first]
    assert marks_of(room.archive, room.reader("anna"), uid(STUDY), hans) == [second]
    with pytest.raises(NotThere):
        saved(room, client_id(), sop=uid(f"{SERIES}.7"))


def test_a_study_holds_so_many_marks_of_one_reader(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "LIVE_MAX", 2)
    names = [client_id() for _ in range(3)]
    saved(room, names[0])
    saved(room, names[1])
    with pytest.raises(Inadmissible):
        saved(room, names[2])
    saved(room, names[1], 1, text="changing is still possible")
    remove_mark(room.archive, room.reader("anna"), names[0], 1)
    saved(room, names[2])
    with pytest.raises(Inadmissible):
        saved(room, names[0], 2)
    saved(room, names[0], by="berta")


def test_marks_outlast_an_index_that_is_made_again(room: Room, tmp_path: Path) -> None:
    room.desk.archive.segments = open_folder(tmp_path / "segments", reserve_bytes=0)
    study = "1.2.840.7"
    room.desk.bring(dataset("1.2.840.7.1.1", study=study, series="1.2.840.7.1"))
    mark = saved(room, client_id(), study=uid(study), sop=uid("1.2.840.7.1.1"))
    rebuild(room.archive)
    assert marks_of(room.archive, room.reader("anna"), uid(study), None) == [mark]


def test_the_organisation_stands_in_every_statement(room: Room) -> None:
    name = client_id()
    room.reader("anna")
    with statements(room) as asked:
        saved(room, name)
        saved(room, name, 1, text="changed")
        seen(room)
        remove_mark(room.archive, room.reader("anna"), name, 2)
    assert any("mark" in str(one) for one in asked)
    assert [queries_without_organisation(one) for one in asked] == [[]] * len(asked)
