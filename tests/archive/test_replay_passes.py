"""What is done every few seconds does not grow with what is closed; what only a start can have missed is done there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import update

from kontor.archive import examine, rebuilding_rows, replay
from kontor.archive.tables import segment
from kontor.platform.blobs import DiskSegments, StorageUnavailable, open_folder
from kontor.platform.blobs.disk import Folder, FolderFile
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database
from tests.archive.objects import Desk, archive_on, dataset
from tests.archive.test_replay import die, instances


@dataclass
class Watched:
    """What was asked of a folder."""

    listings: int = 0
    opened: Counter[str] = field(default_factory=Counter)


class WatchedFolder(Folder):
    """A folder that counts."""

    def __init__(self, path: Path, watched: Watched) -> None:
        super().__init__(path)
        self._watched = watched

    def names(self) -> list[str]:
        self._watched.listings += 1
        return super().names()

    def open(self, name: str, *, writable: bool = False) -> FolderFile:
        self._watched.opened[name.partition(".")[0]] += 1
        return super().open(name, writable=writable)


def brought_by_the_dead(database: Database, folder: Path, *numbers: int) -> None:
    """One object a segment, all of them admitted."""
    dead = archive_on(database, open_folder(folder, segment_bytes=1, reserve_bytes=0))
    dead.bring(*(dataset(str(number)) for number in numbers))
    die(dead)


def living_on(database: Database, folder: Path) -> tuple[Desk, Watched]:
    watched = Watched()
    return archive_on(database, DiskSegments(WatchedFolder(folder, watched), reserve_bytes=0)), watched


def test_a_pass_opens_nothing_that_the_index_knows_as_closed(engine: Database, tmp_path: Path) -> None:
    brought_by_the_dead(engine, tmp_path, 1, 2, 3)
    living, watched = living_on(engine, tmp_path)
    replay(living.archive)
    closed = {info.segment for info in living.archive.segments.segments()}
    living.bring(dataset("4"))
    watched.opened.clear()
    watched.listings = 0
    assert replay(living.archive, everything=False) == 0
    assert not closed & set(watched.opened)
    assert (len(closed), watched.listings) == (3, 1)


def test_a_look_at_everything_opens_each_closed_segment_once(sqlite_database: Database, tmp_path: Path) -> None:
    brought_by_the_dead(sqlite_database, tmp_path, 1, 2, 3)
    living, watched = living_on(sqlite_database, tmp_path)
    replay(living.archive)
    watched.opened.clear()
    watched.listings = 0
    assert replay(living.archive) == 0
    assert sorted(watched.opened.values()) == [1, 1, 1]
    assert watched.listings == 1


def test_a_pass_admits_what_the_dead_left_and_what_the_living_owe(sqlite_database: Database, tmp_path: Path) -> None:
    dead = archive_on(sqlite_database, open_folder(tmp_path, reserve_bytes=0))
    dead.receive(dataset("1"))
    die(dead)
    busy = archive_on(sqlite_database, open_folder(tmp_path, reserve_bytes=0))
    owed = busy.receive(dataset("2"))
    living, _ = living_on(sqlite_database, tmp_path)
    assert replay(living.archive, everything=False) == 1
    assert isinstance(living.clock, FixedClock)
    living.clock.advance(60)
    assert replay(living.archive, everything=False) == 1
    assert instances(living) == 2
    assert [info.sealed for info in living.archive.segments.segments()] == [True, False]
    assert owed.segment == max(info.segment for info in living.archive.segments.segments())


@pytest.mark.parametrize("lost", ["rows", "mark"])
def test_a_pass_admits_closed_segments_that_the_index_does_not_know_as_such(
    engine: Database, tmp_path: Path, lost: str
) -> None:
    brought_by_the_dead(engine, tmp_path, 1, 2)
    living, _ = living_on(engine, tmp_path)
    replay(living.archive)
    if lost == "rows":
        engine.write(rebuilding_rows.empty)
    else:
        engine.write(lambda tx: tx.execute(update(segment).values(sealed=False)))
    assert replay(living.archive, everything=False) == (2 if lost == "rows" else 0)
    assert instances(living) == 2
    assert {sealed for (sealed,) in living.rows("segment", "sealed")} == {True}
    assert examine(living.archive, deep=True) == []


def test_a_segment_whose_seal_failed_is_sealed_at_the_next_start(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_by_the_dead(sqlite_database, tmp_path, 1)
    living, _ = living_on(sqlite_database, tmp_path)

    def failing(*_: object) -> None:
        raise StorageUnavailable("EIO")

    with monkeypatch.context() as patch:
        patch.setattr(living.archive.segments, "seal", failing)
        assert replay(living.archive, everything=False) == 0
    assert [info.sealed for info in living.archive.segments.segments()] == [False]
    assert replay(living.archive) == 0
    assert [info.sealed for info in living.archive.segments.segments()] == [True]
