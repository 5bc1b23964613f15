"""What docs/operations.md says of copies: how a changed segment is known, and what a restored one gives."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from kontor.archive import examine, replay
from kontor.platform.database import Database
from tests.archive.objects import dataset
from tests.archive.test_replay import die, instances, process


def test_a_record_changes_the_time_of_its_segment_and_not_its_size(sqlite_database: Database, tmp_path: Path) -> None:
    desk = process(sqlite_database, tmp_path / "segments")
    desk.bring(dataset("1"))
    (file,) = (tmp_path / "segments").iterdir()
    os.utime(file, ns=(0, 0))
    before = file.stat()
    desk.bring(dataset("2"))
    after = file.stat()
    assert (after.st_size, before.st_mtime_ns) == (before.st_size, 0)
    assert after.st_mtime_ns > 0


def test_sealing_changes_the_size_and_nothing_does_afterwards(sqlite_database: Database, tmp_path: Path) -> None:
    desk = process(sqlite_database, tmp_path / "segments")
    desk.bring(dataset("1"))
    (file,) = (tmp_path / "segments").iterdir()
    reserved = file.stat().st_size
    replay(process(sqlite_database, tmp_path / "segments").archive)
    assert file.stat().st_size == reserved, "its writer has not let go"
    die(desk)
    living = process(sqlite_database, tmp_path / "segments")
    replay(living.archive)
    sealed = file.read_bytes()
    assert len(sealed) < reserved
    living.bring(dataset("2"))
    replay(living.archive)
    assert file.read_bytes() == sealed
    assert len(list((tmp_path / "segments").iterdir())) == 2


@pytest.mark.parametrize("sealed_meanwhile", [False, True])
def test_a_copy_of_the_database_and_then_of_the_segments_gives_everything_that_the_segments_hold(
    sqlite_database: Database, tmp_path: Path, sealed_meanwhile: bool
) -> None:
    """Both are copied while objects arrive."""
    desk = process(sqlite_database, tmp_path / "segments")
    desk.bring(dataset("1"), dataset("2"))
    _copy_database(tmp_path / "kontor.db", tmp_path / "copy.db")
    desk.bring(dataset("3"))
    if sealed_meanwhile:
        die(desk)
        replay(process(sqlite_database, tmp_path / "segments").archive)
    shutil.copytree(tmp_path / "segments", tmp_path / "restored")
    desk.bring(dataset("4"))
    copied = Database.open(f"sqlite:///{tmp_path}/copy.db")
    restored = process(copied, tmp_path / "restored")
    assert replay(restored.archive) == 1
    assert instances(restored) == 3
    assert examine(restored.archive, deep=True) == []
    copied.close()


def _copy_database(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as reading, sqlite3.connect(target) as writing:
        reading.backup(writing)
