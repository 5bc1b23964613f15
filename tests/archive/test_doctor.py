"""The doctor finds what is not in order and nothing where all is; it changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from kontor.access import Act, record
from kontor.access import Outcome as AuditOutcome
from kontor.archive import Finding, Receipt, examine
from kontor.archive.tables import instance, placement, segment, series, study, variant
from kontor.platform.blobs import open_folder
from kontor.platform.database import Database
from kontor.platform.jobs import JobHandler, JobRunner, Retry, enqueue
from kontor.platform.journal import follow
from tests.archive.index_dump import index_facts
from tests.archive.objects import Desk, archive_on, dataset


@dataclass
class Case:
    """An archive in order: two instances, one variant, an audit of two rows."""

    desk: Desk
    folder: Path
    receipts: list[Receipt]

    @property
    def file(self) -> Path:
        """The only segment's file."""
        (file,) = self.folder.iterdir()
        return file

    def damage(self, offset: int) -> None:
        """Flip one byte."""
        with self.file.open("r+b") as opened:
            opened.seek(offset)
            (byte,) = opened.read(1)
            opened.seek(offset)
            opened.write(bytes([byte ^ 0x40]))

    def found(self, *, deep: bool = False) -> list[str]:
        """Codes of what the doctor says; every one has its sentence."""
        findings = examine(self.desk.archive, deep=deep)
        assert all(finding.as_line() and finding.as_json()["sentence"] for finding in findings)
        return [finding.code for finding in findings]

    def change(self, statement: object) -> None:
        """Change the database behind the archive's back."""
        self.desk.archive.database.write(lambda tx: tx.execute(statement))  # type: ignore[arg-type] # any statement


@pytest.fixture
def case(sqlite_database: Database, tmp_path: Path) -> Iterator[Case]:
    folder = tmp_path / "segments"
    segments = open_folder(folder, reserve_bytes=0)
    desk = archive_on(sqlite_database, segments)
    objects = (dataset("1"), dataset("2"), dataset("2", pixels=b"\1" * 32))
    receipts = [admission.receipt for admission in desk.bring(*objects)]
    for act in (Act.STORE, Act.READ):
        record(desk.archive.access, desk.scope, act, "study", AuditOutcome.SUCCESS)
    yield Case(desk, folder, receipts)
    segments.close()


def test_nothing_is_found_where_all_is_in_order_and_nothing_is_changed(case: Case) -> None:
    before, bytes_before = index_facts(case.desk.archive.database), case.file.read_bytes()
    assert case.found(deep=True) == []
    assert index_facts(case.desk.archive.database) == before
    assert case.file.read_bytes() == bytes_before


def test_a_flipped_byte_is_found_by_the_deep_examination(case: Case) -> None:
    place = case.receipts[0].place
    case.damage(place.offset + place.length - 1)
    assert case.found() == []
    assert case.found(deep=True) == ["damaged", "missing-bytes"]


@pytest.mark.parametrize("within", [0, 20, -10], ids=["head", "head's middle", "trailer"])
def test_a_damaged_envelope_is_found_without_reading_bodies(case: Case, within: int) -> None:
    first = case.receipts[1]
    case.damage(first.previous_end + within if within >= 0 else first.record_end + within)
    assert case.found() == ["damaged", "missing-bytes"]


def test_a_cut_segment_is_found(case: Case) -> None:
    with case.file.open("r+b") as opened:
        opened.truncate(case.receipts[2].previous_end + 10)
    assert "missing-bytes" in case.found()


def test_a_removed_segment_is_found(case: Case) -> None:
    case.file.unlink()
    assert case.found() == ["segment-missing"]


def test_a_segment_that_cannot_be_read_is_named_and_the_others_are_examined(case: Case) -> None:
    cannot_be_read(case.file.with_name("0" * 32 + ".segment"))
    case.change(update(series).values(instance_count=7))
    assert set(case.found(deep=True)) == {"unreadable", "series-miscounted", "study-miscounted"}


def test_a_segment_that_cannot_be_read_any_more_is_not_called_missing(case: Case) -> None:
    file = case.file
    file.unlink()
    cannot_be_read(file)
    assert case.found() == ["unreadable"]


def cannot_be_read(file: Path) -> None:
    """What reading a bad sector does, for root too: opening works, reading fails, and nothing is cut off."""
    file.mkdir()


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (delete(placement), ["instance-without-bytes", "variant-without-bytes", "not-indexed"]),
        (delete(instance), ["series-miscounted", "variants-miscounted"]),
        (update(series).values(instance_count=7), ["series-miscounted", "study-miscounted"]),
        (update(study).values(size_bytes=7), ["study-miscounted"]),
        (update(study).values(series_count=7), ["study-miscounted"]),
        (update(study).values(open_variants=7), ["variants-miscounted"]),
        (delete(variant), ["variants-miscounted"]),
        (update(placement).values(offset=placement.c.offset + 1), ["missing-bytes"]),
        (update(placement).values(length=placement.c.length + 2), ["missing-bytes"]),
        (update(segment).values(admitted_to=0), []),  # a living process writes it: it may be about to admit
    ],
    ids=str,
)
def test_rows_that_contradict_each_other_or_the_bytes_are_found(
    case: Case, statement: object, codes: list[str]
) -> None:
    case.change(statement)
    assert set(case.found()) == set(codes)


def test_records_of_a_dead_process_that_nobody_admitted_are_found(case: Case) -> None:
    case.desk.receive(dataset("3"))
    assert case.found() == []  # its process lives
    case.desk.archive.segments.close()  # type: ignore[attr-defined] # segments on disks can be closed
    assert case.found() == ["not-admitted"]


def test_a_changed_audit_row_is_found(case: Case) -> None:
    case.change(text("UPDATE audit SET subject = 'other' WHERE seq = 1"))
    assert case.found() == ["audit-chain"]


def test_a_removed_last_audit_row_is_found(case: Case) -> None:
    case.change(text("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"))
    assert case.found() == ["audit-chain"]


def _fail(*_: object) -> None:
    raise ValueError("cannot")


def test_a_parked_entry_and_a_dead_job_are_found(case: Case) -> None:
    database = case.desk.archive.database
    follower = follow(database, "poisoned", ("variant_kept",), _fail, clock=case.desk.clock)
    _until_idle(lambda: follower.run_once() > 0)
    now_us = case.desk.clock.now_us()
    database.write(lambda tx: enqueue(tx, case.desk.scope.org_id, "doomed", "key", {}, now_us))
    runner = JobRunner(database, case.desk.clock, {"doomed": JobHandler(_fail, Retry(delays_s=()))})
    _until_idle(runner.run_once)
    assert set(case.found()) == {"parked", "dead-job"}


def _until_idle(act: Callable[[], bool]) -> None:
    while act():
        pass


def test_a_disk_below_the_watermark_is_found(sqlite_database: Database, tmp_path: Path) -> None:
    desk = archive_on(sqlite_database, open_folder(tmp_path / "segments", reserve_bytes=1 << 60))
    assert [finding.code for finding in examine(desk.archive)] == ["disk-full"]


def test_a_finding_says_what_to_do_and_names_no_patient(case: Case) -> None:
    case.change(update(study).values(size_bytes=7))
    (finding,) = examine(case.desk.archive)
    assert finding == Finding("study-miscounted", finding.subject)
    assert "kontor doctor --rebuild" in finding.as_line()
    assert case.receipts[0].header.study_instance_uid not in finding.as_line()
