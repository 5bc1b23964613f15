"""The index made again from segments alone says what it said before: objects, decisions, doubts."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from kontor.archive import examine, is_half_made, promote, rebuild, replay, variants
from kontor.platform.blobs import DiskSegments, open_folder
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database, DatabaseUnavailable, create_schema
from kontor.platform.sandbox import Sandbox
from tests.archive.index_dump import Facts, index_facts
from tests.archive.objects import ROOT, SERIES, Desk, archive_on, dataset, uid
from tests.archive.test_replay import Away
from tests.archive.test_variants import bring_implicit
from tests.archive.working import work


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1)
    yield sandbox
    sandbox.close()


@pytest.fixture
def segments(tmp_path: Path) -> Iterator[DiskSegments]:
    opened = open_folder(tmp_path / "segments", segment_bytes=8 << 10, reserve_bytes=0)  # many small segments
    yield opened
    opened.close()


def eventful(desk: Desk) -> None:
    """A life with everything in it: variants chosen and closed, persons in doubt, equal bytes twice, two series."""
    desk.bring(*(dataset(str(number), series=f"{ROOT}.1.{number % 2 + 1}") for number in range(1, 9)))
    desk.bring(dataset("1", pixels=b"\1" * 32), dataset("1", pixels=b"\2" * 32), dataset("2"))
    desk.bring(dataset("3", patient_id="P-2", name="Schulz^Hans", study=f"{ROOT}.2", series=f"{ROOT}.2.1"))
    desk.bring(dataset(f"{ROOT}.3.1", patient_id="", study=f"{ROOT}.3", series=f"{ROOT}.3.1"))
    desk.bring(dataset(f"{ROOT}.4.1", name="Schulz^Hans", study=f"{ROOT}.4", series=f"{ROOT}.4.1"))
    desk.bring(dataset("9", patient_id="P-9", name="Schulz^Hans"))
    bring_implicit(desk, dataset("4", series=f"{ROOT}.1.1"))
    work(desk.archive)
    for number, digest_of in (("1", 1), ("3", 0), ("1", 0)):
        kept = variants(desk.archive, desk.scope, uid(f"{SERIES}.{number}")).variants
        _advance(desk)
        promote(desk.archive, desk.scope, [row for row in kept if row.state.value != "promoted"][digest_of].id)
    desk.bring(dataset("1", pixels=b"\3" * 32), dataset("10"))
    work(desk.archive)


def _advance(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(0.001)


def test_a_rebuilt_index_is_equal_row_by_row(engine: Database, segments: DiskSegments, sandbox: Sandbox) -> None:
    desk = archive_on(engine, segments, sandbox=sandbox)
    eventful(desk)
    assert {state for (state,) in desk.rows("variant", "state")} == {"open", "closed", "promoted", "replaced"}
    assert {state for (state,) in desk.rows("study", "identity")} == {"resolved", "provisional", "unresolved"}
    before = index_facts(engine)
    assert examine(desk.archive, deep=True) == []
    report = rebuild(desk.archive)
    assert report.unreadable == 0
    assert "records" in report.summary()
    after = index_facts(engine)
    for table, rows in before.items():
        assert after[table] == rows, table
    assert examine(desk.archive, deep=True) == []


def test_an_index_made_in_an_empty_database_is_equal_too(
    sqlite_database: Database, segments: DiskSegments, sandbox: Sandbox, tmp_path: Path
) -> None:
    desk = archive_on(sqlite_database, segments, sandbox=sandbox)
    eventful(desk)
    before = _without_organisation(index_facts(sqlite_database))
    segments.close()
    empty = Database.open(f"sqlite:///{tmp_path}/again.db")
    create_schema(empty)
    again = archive_on(empty, segments)
    rebuild(again.archive)
    after = _without_organisation(index_facts(empty))
    empty.close()
    for table, rows in before.items():
        assert after[table] == rows, table


def test_a_rebuilt_archive_goes_on_as_before(
    sqlite_database: Database, segments: DiskSegments, sandbox: Sandbox
) -> None:
    desk = archive_on(sqlite_database, segments, sandbox=sandbox)
    eventful(desk)
    rebuild(desk.archive)
    desk.bring(dataset("11"), dataset("1", pixels=b"\4" * 32))
    work(desk.archive)
    facts = index_facts(sqlite_database)
    assert examine(desk.archive, deep=True) == []
    rebuild(desk.archive)
    assert index_facts(sqlite_database) == facts


def test_a_damaged_object_costs_a_rebuild_nothing_but_itself(
    sqlite_database: Database, segments: DiskSegments, tmp_path: Path
) -> None:
    desk = archive_on(sqlite_database, segments)
    damaged, *others = [admission.receipt for admission in desk.bring(dataset("1"), dataset("2"), dataset("3"))]
    file = tmp_path / "segments" / f"{damaged.segment}.segment"
    with file.open("r+b") as opened:
        opened.seek(damaged.place.offset + damaged.place.length - 1)
        opened.write(b"\x55")
    rebuild(desk.archive)
    assert desk.rows("instance", "digest") == sorted((one.digest,) for one in others)
    assert "damaged" in {finding.code for finding in examine(desk.archive, deep=True)}


def test_a_rebuild_holds_few_files_open_however_many_segments_there_are(
    sqlite_database: Database, tmp_path: Path
) -> None:
    desk = archive_on(sqlite_database, open_folder(tmp_path / "segments", segment_bytes=1, reserve_bytes=0))
    desk.bring(*(dataset(str(number)) for number in range(80)))
    desk.archive.segments.close()  # type: ignore[attr-defined] # tests use segments on disks, which can be closed
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (max(int(entry.name) for entry in Path("/proc/self/fd").iterdir()) + 40, limits[1])
    )
    try:
        report = rebuild(desk.archive)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert (report.segments, report.records) == (80, 80)


def test_a_rebuild_that_was_interrupted_is_named_until_one_is_finished(
    engine: Database, segments: DiskSegments
) -> None:
    desk = archive_on(engine, segments)
    desk.bring(dataset("1"), dataset("2"))
    before = index_facts(engine)
    with Away(engine, lambda: True), pytest.raises(DatabaseUnavailable):
        rebuild(desk.archive)
    assert is_half_made(desk.archive)
    assert "half-made" in {finding.code for finding in examine(desk.archive)}
    replay(desk.archive)
    assert is_half_made(desk.archive), "only a rebuild looks at everything"
    rebuild(desk.archive)
    assert not is_half_made(desk.archive)
    assert index_facts(engine) == before
    assert examine(desk.archive, deep=True) == []


def _without_organisation(facts: Facts) -> Facts:
    """An empty database gives the organisation another id."""
    return {
        table: [tuple((name, value) for name, value in row if name != "org_id") for row in rows]
        for table, rows in facts.items()
    }
