"""What was received and not admitted is admitted later, by whoever is alive, once, whatever was lost in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import update

from kontor.archive import Outcome, admission, admit, examine, promote, rebuilding_rows, replay, variants
from kontor.archive.admission import Thing
from kontor.archive.tables import segment
from kontor.dicom.reading import NotDicom
from kontor.platform.blobs import (
    BlobError,
    CorruptRecord,
    FailingDisk,
    Faults,
    Record,
    SegmentId,
    SegmentStore,
    StorageUnavailable,
    open_folder,
)
from kontor.platform.blobs.segments import DiskSegments
from kontor.platform.database import Database, DatabaseUnavailable, WriteTransaction
from tests.archive.index_dump import index_facts
from tests.archive.objects import SERIES, Desk, archive_on, dataset, uid

Result = TypeVar("Result")


def process(database: Database, folder: Path) -> Desk:
    """A process of its own on shared database and folder."""
    return archive_on(database, open_folder(folder, reserve_bytes=0))


def die(desk: Desk) -> None:
    """The process is gone: its locks end, nothing is tidied."""
    desk.archive.segments.close()  # type: ignore[attr-defined] # tests use segments on disks, which can be closed


def instances(desk: Desk) -> int:
    return len(desk.rows("instance", "id"))


def test_what_a_dead_process_left_is_admitted_once_and_its_segments_are_closed(
    engine: Database, tmp_path: Path
) -> None:
    dead = process(engine, tmp_path / "segments")
    dead.bring(dataset("1"))
    for number in range(2, 6):
        dead.receive(dataset(str(number)))
    dead.receive(dataset("2", pixels=b"\1" * 32))
    die(dead)
    living = process(engine, tmp_path / "segments")
    assert instances(living) == 1
    assert replay(living.archive) == 5
    assert instances(living) == 5
    assert len(living.rows("variant", "id")) == 1
    assert [sealed for (sealed,) in living.rows("segment", "sealed")] == [True]
    assert all(info.sealed for info in living.archive.segments.segments())
    assert replay(living.archive) == 0
    assert examine(living.archive, deep=True) == []


def test_a_segment_that_cannot_be_opened_keeps_nobody_from_what_a_dead_process_left(
    sqlite_database: Database, tmp_path: Path
) -> None:
    dead = process(sqlite_database, tmp_path / "segments")
    dead.receive(dataset("1"))
    die(dead)
    (tmp_path / "segments" / f"{'0' * 32}.segment").mkdir()  # opened, and unreadable for everybody
    living = process(sqlite_database, tmp_path / "segments")
    assert replay(living.archive) == 1
    assert instances(living) == 1


def test_a_living_process_keeps_its_segments(sqlite_database: Database, tmp_path: Path) -> None:
    busy = process(sqlite_database, tmp_path / "segments")
    receipt = busy.receive(dataset("1"))
    assert replay(process(sqlite_database, tmp_path / "segments").archive) == 0
    assert [one.outcome for one in admit(busy.archive, [receipt])] == [Outcome.NEW]
    busy.bring(dataset("2"))
    assert instances(busy) == 2


def test_a_record_cut_in_the_middle_is_forgotten_and_the_others_are_not(
    sqlite_database: Database, tmp_path: Path
) -> None:
    dead = process(sqlite_database, tmp_path / "segments")
    first, second = dead.receive(dataset("1")), dead.receive(dataset("2"))
    die(dead)
    (file,) = (tmp_path / "segments").iterdir()
    with file.open("r+b") as segment:
        segment.truncate((second.previous_end + second.record_end) // 2)
    living = process(sqlite_database, tmp_path / "segments")
    assert replay(living.archive) == 1
    assert living.rows("instance", "digest") == [(first.digest,)]
    assert examine(living.archive, deep=True) == []
    assert file.stat().st_size < second.record_end


def test_rows_that_the_database_lost_are_admitted_again_before_the_next(engine: Database) -> None:
    """A database that crashed forgets commits that did not wait for its disk; the process that made them lives on."""
    desk = archive_on(engine)
    desk.bring(dataset("1"), dataset("2"))
    engine.write(rebuilding_rows.empty)
    assert [one.outcome for one in desk.bring(dataset("3"))] == [Outcome.NEW]
    assert instances(desk) == 3
    assert examine(desk.archive, deep=True) == []


def test_a_receipt_whose_caller_was_lost_is_admitted_with_the_next(engine: Database) -> None:
    desk = archive_on(engine)
    desk.receive(dataset("1"))  # nobody admits it
    desk.bring(dataset("2"))
    assert instances(desk) == 2
    assert examine(desk.archive, deep=True) == []


@pytest.mark.parametrize("damaged", ["bytes", "scan", "record"])
def test_a_lost_record_that_cannot_be_read_holds_up_nobody(
    engine: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str
) -> None:
    desk = process(engine, tmp_path / "segments")
    lost = desk.receive(dataset("1"))
    segment_id, place, digest = lost.segment, lost.place, lost.digest
    del lost  # nobody admits it
    if damaged == "bytes":
        with (tmp_path / "segments" / f"{segment_id}.segment").open("r+b") as file:
            file.seek(place.offset + place.length - 1)
            file.write(b"\x55")
    else:
        _refuse_to_read(monkeypatch, digest, NotDicom("changed") if damaged == "scan" else CorruptRecord("gone"))
    for number in (2, 3):
        assert [one.outcome for one in desk.bring(dataset(str(number)))] == [Outcome.NEW]
    assert instances(desk) == 2
    assert desk.archive.continuity.lost([segment_id]) == [], "it is tried once"
    end = max(record.end for record in desk.archive.segments.records(SegmentId(segment_id)))
    assert desk.rows("segment", "admitted_to") == [(end,)], "nothing is held up"
    expected = "damaged" if damaged == "bytes" else "not-indexed"
    assert {finding.code for finding in examine(desk.archive, deep=True)} == {expected}


@pytest.mark.parametrize("error", [NotDicom("changed"), CorruptRecord("gone")], ids=["scan", "record"])
def test_a_gap_in_the_index_is_filled_but_for_what_cannot_be_read(
    engine: Database, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    desk = archive_on(engine)
    first, _ = (admission.receipt for admission in desk.bring(dataset("1"), dataset("2")))
    engine.write(rebuilding_rows.empty)
    _refuse_to_read(monkeypatch, first.digest, error)
    assert [one.outcome for one in desk.bring(dataset("3"))] == [Outcome.NEW]
    assert instances(desk) == 2


def _refuse_to_read(monkeypatch: pytest.MonkeyPatch, digest: str, error: Exception) -> None:
    """Let a stored object be no object any more, as a stricter scanner or a failing disk would."""
    read = admission.from_record

    def refusing(segments: SegmentStore, identify: Callable[[str], int], segment: str, record: Record) -> Thing:
        if record.digest == digest:
            raise error
        return read(segments, identify, segment, record)

    monkeypatch.setattr(admission, "from_record", refusing)


class Away:
    """A database that fails in some of its transactions: `when` is asked for each that replay could repeat."""

    def __init__(self, database: Database, when: Callable[[], bool]) -> None:
        self._database, self._write, self._when = database, database.write, when

    def __enter__(self) -> None:
        self._database.write = self._sometimes  # type: ignore[method-assign] # a database that is away

    def __exit__(self, *_: object) -> None:
        self._database.write = self._write  # type: ignore[method-assign] # and is back

    def _sometimes(
        self, act: Callable[[WriteTransaction], Result], *, replayable: bool = False, unhurried: bool = False
    ) -> Result:
        def failing(tx: WriteTransaction) -> Result:
            done = act(tx)
            if replayable and self._when():
                raise DatabaseUnavailable("gone")
            return done

        return self._write(failing, replayable=replayable, unhurried=unhurried)


def test_an_admission_that_the_database_refused_is_made_up_for_by_the_next(sqlite_database: Database) -> None:
    desk = archive_on(sqlite_database)
    with Away(sqlite_database, lambda: True), pytest.raises(DatabaseUnavailable):
        desk.bring(dataset("1"))
    assert instances(desk) == 0
    desk.bring(dataset("2"))
    assert instances(desk) == 2
    assert examine(desk.archive, deep=True) == []


def test_replay_stops_with_the_database_and_goes_on_where_it_was(sqlite_database: Database, tmp_path: Path) -> None:
    dead = process(sqlite_database, tmp_path / "segments")
    for number in range(150):  # more than one group
        dead.receive(dataset(str(number)))
    die(dead)
    living = process(sqlite_database, tmp_path / "segments")
    second = iter((False, True))
    with Away(sqlite_database, lambda: next(second)), pytest.raises(DatabaseUnavailable):
        replay(living.archive)
    assert instances(living) == 128
    assert replay(living.archive) == 22
    assert instances(living) == 150
    assert examine(living.archive) == []


def test_a_sync_that_failed_acknowledges_nothing_and_the_segment_is_left(sqlite_database: Database) -> None:
    faults = Faults()
    desk = archive_on(sqlite_database, DiskSegments(FailingDisk(faults), allocation_step=4096))
    desk.bring(dataset("1"))
    faults.fail_at = faults.calls + 2  # the write passes, the sync of it does not
    with pytest.raises(BlobError):
        desk.bring(dataset("2"))
    assert instances(desk) == 1
    assert [one.outcome for one in desk.bring(dataset("2"))] == [Outcome.NEW]
    assert len(list(desk.archive.segments.segments())) == 2
    assert examine(desk.archive, deep=True) == []


def test_a_segment_is_sealed_only_when_its_rows_are_durable(
    engine: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power may be cut before or after the seal: commits that do not wait for the disk are lost with it."""
    dead = process(engine, tmp_path / "segments")
    dead.receive(dataset("1"))
    die(dead)
    living = process(engine, tmp_path / "segments")
    with _power_cut_at_seal(engine, living, monkeypatch), pytest.raises(PowerCut):
        replay(living.archive)
    assert instances(living) == 1
    assert [info.sealed for info in living.archive.segments.segments()] == [False]
    replay(living.archive)
    assert [info.sealed for info in living.archive.segments.segments()] == [True]
    assert examine(living.archive) == []


class PowerCut(BaseException):
    """Nothing that follows is done."""


@contextmanager
def _power_cut_at_seal(database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut the power when a segment is about to be sealed, if what was committed then would survive it."""
    waiting_for_disk: list[bool] = []
    write = database.write

    def noted(act: Callable[[WriteTransaction], Result], *, replayable: bool = False, **more: bool) -> Result:
        done = write(act, replayable=replayable, **more)
        waiting_for_disk.append(not replayable)
        return done

    def cut(*_: object) -> None:
        assert waiting_for_disk[-1], "the last commit did not wait for the disk"
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(database, "write", noted)
        patch.setattr(desk.archive.segments, "seal", cut)
        yield


@pytest.mark.parametrize("lost", ["rows", "mark", "end"])
def test_sealed_segments_that_the_index_lost_are_admitted_in_order(engine: Database, tmp_path: Path, lost: str) -> None:
    """An older copy of the database, or one that forgot its last commits: decisions follow their objects."""
    dead = archive_on(engine, open_folder(tmp_path / "segments", segment_bytes=1, reserve_bytes=0))
    dead.bring(dataset("1"), dataset("1", pixels=b"\1" * 32), dataset("2"))
    kept = variants(dead.archive, dead.scope, uid(f"{SERIES}.1")).variants
    promote(dead.archive, dead.scope, kept[0].id)
    die(dead)
    living = process(engine, tmp_path / "segments")
    replay(living.archive)
    assert all(info.sealed for info in living.archive.segments.segments())
    before = index_facts(engine)
    if lost == "rows":
        engine.write(rebuilding_rows.empty)
    else:
        change = {"sealed": False} if lost == "mark" else {"admitted_to": 1}
        engine.write(lambda tx: tx.execute(update(segment).values(**change)))
    assert replay(living.archive) == (4 if lost != "mark" else 0)
    assert replay(living.archive) == 0
    assert index_facts(engine) == before
    assert examine(living.archive, deep=True) == []


def test_a_damaged_segment_keeps_nobody_from_what_the_others_hold(engine: Database, tmp_path: Path) -> None:
    dead = archive_on(engine, open_folder(tmp_path / "segments", segment_bytes=1, reserve_bytes=0))
    for number in range(3):
        dead.receive(dataset(str(number)))
    die(dead)
    first = min((tmp_path / "segments").iterdir())
    with first.open("r+b") as file:
        file.seek(9)
        file.write(b"\x55")
    living = process(engine, tmp_path / "segments")
    assert replay(living.archive) == 3
    assert replay(living.archive) == 0
    assert instances(living) == 3
    assert sorted(info.sealed for info in living.archive.segments.segments()) == [False, True, True]
    (finding,) = examine(living.archive)
    assert (finding.code, finding.subject) == ("damaged", first.stem)


def test_a_sealed_segment_that_cannot_be_read_keeps_nobody_from_the_others(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = archive_on(sqlite_database, open_folder(tmp_path / "segments", segment_bytes=1, reserve_bytes=0))
    dead.bring(*(dataset(str(number)) for number in range(3)))
    die(dead)
    living = process(sqlite_database, tmp_path / "segments")
    replay(living.archive)
    sqlite_database.write(rebuilding_rows.empty)
    unreadable = min(info.segment for info in living.archive.segments.segments())
    stream = living.archive.segments.stream

    def failing(name: SegmentId, offset: int, length: int) -> Iterator[memoryview]:
        if name == unreadable:
            raise StorageUnavailable("EIO")
        return stream(name, offset, length)

    with monkeypatch.context() as patch:
        patch.setattr(living.archive.segments, "stream", failing)
        assert replay(living.archive) == 2
    assert replay(living.archive) == 1
    assert examine(living.archive, deep=True) == []
