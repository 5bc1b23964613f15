"""Two processes on one database: what one remembers never decides whose an object is when the other knows more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kontor.archive import Identity
from kontor.platform.blobs import open_folder
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database, Prepared, ReadTransaction
from tests.archive.objects import ROOT, STUDY, Desk, archive_on, dataset
from tests.archive.working import told

OTHER_STUDY = f"{ROOT}.2"
HANS = {"name": "Schulz^Hans", "birth_date": "19300101", "sex": "M"}
NAMELESS = {"name": "", "birth_date": "", "sex": ""}


@pytest.fixture
def pair(engine: Database, tmp_path: Path) -> tuple[Desk, Desk]:
    """Two archives that share nothing but the database, the folder of segments and the time of day."""
    clock = FixedClock()
    one, other = (
        archive_on(engine, open_folder(tmp_path / "segments", reserve_bytes=0), clock) for _ in ("one", "other")
    )
    return one, other


def owners(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("study", "study_instance_uid", "patient_name", "identity")


def test_a_patient_named_by_another_process_is_not_merged_with_the_next_person(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    one.bring(dataset("1", **NAMELESS))
    other.bring(dataset("2"))
    (hans,) = one.bring(dataset(f"{ROOT}.2.1", study=OTHER_STUDY, **HANS))
    assert hans.identity is Identity.UNRESOLVED
    assert owners(one) == [(STUDY, "Muster^Erika", "resolved"), (OTHER_STUDY, "Schulz^Hans", "unresolved")]
    assert len(one.rows("patient", "id")) == 2
    assert [entry.payload["clash"] for entry in told(one.archive, "identity_conflict")] == ["person"]


def test_nor_into_a_study_that_this_process_knows(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    one.bring(dataset("1", **NAMELESS))
    other.bring(dataset("2"))
    (hans,) = one.bring(dataset("3", **HANS))
    assert hans.identity is Identity.UNRESOLVED
    assert owners(one) == [(STUDY, "Muster^Erika", "resolved"), (STUDY, "Schulz^Hans", "unresolved")]


def test_what_another_process_learned_of_a_person_counts_for_the_next_object(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    early = other.receive(dataset("1"))
    one.bring(dataset("2", birth_date="", sex=""))
    other.bring_received(early)
    (younger,) = one.bring(dataset("3", birth_date="19990101", sex=""))
    assert younger.identity is Identity.UNRESOLVED
    assert len(one.rows("patient", "id")) == 2


@pytest.mark.parametrize("study", [STUDY, OTHER_STUDY], ids=["known study", "new study"])
def test_a_patient_renamed_by_another_process_is_met_under_its_new_key(pair: tuple[Desk, Desk], study: str) -> None:
    one, other = pair
    hans = other.receive(dataset(f"{ROOT}.3.1", study=f"{ROOT}.3", **HANS))
    one.bring(dataset("1"))
    other.bring_received(hans)
    (erika,) = one.bring(dataset("2", study=study))
    assert erika.identity is Identity.UNRESOLVED
    assert {row[1:] for row in owners(one)} == {("Muster^Erika", "unresolved"), ("Schulz^Hans", "resolved")}
    assert len(one.rows("patient", "id")) == 2


def test_a_further_image_of_a_known_series_asks_nothing_of_its_patient(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    asked: list[str] = []

    def all_noted(tx: ReadTransaction, statement: Any, parameters: Any = None) -> Any:
        asked.append(str(statement.statement if isinstance(statement, Prepared) else statement))
        return read_all(tx, statement, parameters)

    def first_noted(tx: ReadTransaction, statement: Any, parameters: Any = None) -> Any:
        asked.append(str(statement.statement if isinstance(statement, Prepared) else statement))
        return read_first(tx, statement, parameters)

    read_all, read_first = ReadTransaction.all, ReadTransaction.first
    monkeypatch.setattr(ReadTransaction, "all", all_noted)
    monkeypatch.setattr(ReadTransaction, "first", first_noted)
    one.bring(dataset("1"))
    assert any("FROM patient" in text for text in asked)
    asked.clear()
    one.bring(dataset("2"))
    assert asked
    assert not any("FROM patient" in text for text in asked)


def test_a_late_first_object_is_filed_before_those_that_others_admitted(pair: tuple[Desk, Desk]) -> None:
    one, other = pair
    young = {"birth_date": "19990101", "sex": "M"}
    one.bring(dataset("1", birth_date="", sex=""))
    late = other.receive(dataset(f"{ROOT}.2.1", study=OTHER_STUDY))
    one.bring(dataset(f"{ROOT}.3.1", study=f"{ROOT}.3", **young))
    assert other.bring_received(late).identity is Identity.RESOLVED
    (again,) = one.bring(dataset(f"{ROOT}.3.2", study=f"{ROOT}.3", **young))
    assert again.identity is Identity.UNRESOLVED
    assert one.rows("study", "study_instance_uid", "patient_birth_date", "identity", "instance_count") == [
        (STUDY, "19640812", "resolved", 1),
        (OTHER_STUDY, "19640812", "resolved", 1),
        (f"{ROOT}.3", "19990101", "unresolved", 2),
    ]
    assert len(one.rows("patient", "id")) == 2
