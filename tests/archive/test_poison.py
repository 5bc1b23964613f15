"""What the index cannot hold fails only itself: the others are admitted, its sender is told, the doctor names it."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

from kontor.archive import Admission, Outcome, admit, examine, rebuild, rebuilding_rows, replay
from kontor.platform.database import Database
from tests.archive.objects import ROOT, SERIES, STUDY, archive_on, dataset
from tests.archive.poison import POISON
from tests.archive.test_replay import die, instances, process

ROWS = b"\x28\x00\x10\x00US\x02\x00\x04\x00"


def with_rows(sop: str, vr: bytes, value: bytes) -> bytes:
    """An image whose Rows have a VR that holds more than the standard's."""
    element = b"\x28\x00\x10\x00" + vr
    element += struct.pack("<H", len(value)) if vr == b"UL" else struct.pack("<HI", 0, len(value))
    return dataset(sop).replace(ROWS, element + value)


def noise(seed: str, characters: int) -> str:
    """Text that no engine can compress."""
    text = ""
    while len(text) < characters:
        text += hashlib.sha256(f"{seed}{len(text)}".encode()).hexdigest()
    return text[:characters]


def wide_noise(seed: str, characters: int) -> str:
    """The same in characters of four bytes."""
    return "".join(chr(0x20000 + int(noise(f"{seed}{at}", 4), 16) % 0xA000) for at in range(characters))


def outcomes(admissions: list[Admission]) -> list[Outcome]:
    return [admission.outcome for admission in admissions]


def poison(sop: str = "9") -> bytes:
    return dataset(sop, description=POISON, study=f"{ROOT}.9", series=f"{ROOT}.9.1")


@pytest.mark.parametrize(
    ("vr", "value"),
    [(b"UL", b"\xff" * 4), (b"UV", b"\xff" * 8), (b"SV", b"\x00" * 7 + b"\x80")],
    ids=["UL", "UV", "SV"],
)
def test_numbers_beyond_their_column_are_left_out(engine: Database, vr: bytes, value: bytes) -> None:
    desk = archive_on(engine)
    assert outcomes(desk.bring(with_rows("1", vr, value), dataset("2"))) == [Outcome.NEW] * 2
    assert sorted(desk.rows("instance", "sop_instance_uid", "rows")) == [(f"{SERIES}.1", None), (f"{SERIES}.2", 4)]
    assert examine(desk.archive, deep=True) == []


@pytest.mark.parametrize("number", ["1e999", "-inf", "nan", "99999999999999999999"])
def test_numbers_that_end_nowhere_are_left_out(sqlite_database: Database, number: str) -> None:
    desk = archive_on(sqlite_database)
    assert outcomes(desk.bring(dataset("1", number=number))) == [Outcome.NEW]
    assert desk.rows("instance", "instance_number") == [(None,)]


def test_modalities_of_a_study_fit_into_an_index_together(engine: Database) -> None:
    desk = archive_on(engine)
    objects = [
        dataset(f"{ROOT}.7.{number}.1", series=f"{ROOT}.7.{number}", modality=noise(str(number), 500))
        for number in range(6)
    ]
    assert (
        outcomes(desk.bring(*objects, dataset("1"), dataset("2", series=f"{ROOT}.8", modality="MR")))
        == [Outcome.NEW] * 8
    )
    ((modalities,),) = desk.rows("study", "modalities")
    assert {"CT", "MR"} <= set(str(modalities).split("\\")), "real modalities are not crowded out"
    assert examine(desk.archive, deep=True) == []


def test_the_longest_texts_of_every_kind_fit_into_every_index(engine: Database) -> None:
    desk = archive_on(engine)
    ligatures = "\ufdfa" * 170  # folded, each becomes 18 characters
    for number, name in enumerate((wide_noise("name", 600), ligatures, noise("ascii", 3000))):
        wide = {
            field: wide_noise(f"{field}{number}", 600)
            for field in ("patient_id", "issuer", "birth_date", "study_date", "accession", "modality", "sex")
        }
        data = dataset(f"{ROOT}.{number}.1.1", study=f"{ROOT}.{number}", series=f"{ROOT}.{number}.1", name=name, **wide)
        assert outcomes(desk.bring(data)) == [Outcome.NEW], number
    assert examine(desk.archive, deep=True) == []


@pytest.mark.usefixtures("poisonous")
def test_an_object_that_cannot_be_admitted_is_told_once_and_holds_up_nobody(engine: Database) -> None:
    desk = archive_on(engine)
    receipts = [desk.receive(data) for data in (dataset("1"), poison(), dataset("2"))]
    assert outcomes(admit(desk.archive, receipts)) == [Outcome.NEW, Outcome.UNINDEXABLE, Outcome.NEW]
    assert outcomes(desk.bring(dataset("3"), poison(), dataset("4"))) == [
        Outcome.NEW,
        Outcome.UNINDEXABLE,
        Outcome.NEW,
    ]
    end = max(
        record.end
        for info in desk.archive.segments.segments()
        for record in desk.archive.segments.records(info.segment)
    )
    assert desk.rows("segment", "admitted_to") == [(end,)], "nothing is held up"
    assert {finding.code for finding in examine(desk.archive)} == {"not-indexed"}


@pytest.mark.usefixtures("poisonous")
def test_a_lost_object_that_cannot_be_admitted_holds_up_nobody(engine: Database) -> None:
    desk = archive_on(engine)
    desk.receive(poison())  # nobody admits them
    desk.receive(dataset("1"))
    assert outcomes(desk.bring(dataset("2"))) == [Outcome.NEW]
    assert instances(desk) == 2
    (info,) = desk.archive.segments.segments()
    assert desk.archive.continuity.lost([info.segment]) == [], "it is tried once"


@pytest.mark.usefixtures("poisonous")
def test_a_gap_in_the_index_is_filled_but_for_what_cannot_be_admitted(engine: Database) -> None:
    desk = archive_on(engine)
    desk.bring(dataset("1"), poison())
    engine.write(rebuilding_rows.empty)
    assert outcomes(desk.bring(dataset("2"))) == [Outcome.NEW]
    assert instances(desk) == 2


def test_replay_passes_over_what_cannot_be_admitted_and_a_rebuild_without_the_cause_finds_it(
    engine: Database, tmp_path: Path, poisonous: pytest.MonkeyPatch
) -> None:
    dead = process(engine, tmp_path / "segments")
    left = dead.receive(poison())
    dead.receive(dataset("2"))
    die(dead)
    living = process(engine, tmp_path / "segments")
    replay(living.archive)
    assert instances(living) == 1
    (finding,) = examine(living.archive)
    assert (finding.code, finding.detail) == ("not-indexed", f"digest {left.digest[:16]}…")
    poisonous.undo()
    rebuild(living.archive)
    assert instances(living) == 2
    assert examine(living.archive, deep=True) == []


@pytest.mark.usefixtures("poisonous")
def test_a_rebuild_passes_over_what_cannot_be_admitted_and_says_so(engine: Database) -> None:
    desk = archive_on(engine)
    desk.bring(dataset("1"), poison(), dataset("2"))
    report = rebuild(desk.archive)
    assert (report.records, report.unreadable) == (2, 1)
    assert instances(desk) == 2
    assert desk.rows("study", "study_instance_uid") == [(STUDY,)]
