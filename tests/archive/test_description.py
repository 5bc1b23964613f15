"""How a patient is described: each attribute by the earliest object that has it, and persons are told apart by that."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from kontor.archive import (
    Attribute,
    Condition,
    Identity,
    Level,
    Match,
    Query,
    admit,
    examine,
    find,
    promote,
    rebuild,
    rebuilding_rows,
    variants,
)
from kontor.platform.database import Database
from tests.archive.index_dump import Facts, index_facts
from tests.archive.objects import ROOT, SERIES, STUDY, Desk, archive_on, dataset, uid
from tests.archive.working import told

UNDATED = {"birth_date": "", "sex": ""}
NAMELESS = {"name": "", **UNDATED}
ERIKA = {"birth_date": "19640812", "sex": "F"}
NAMESAKE = {"birth_date": "19990101", "sex": "M"}
HANS = {"name": "Schulz^Hans", "birth_date": "19300101", "sex": "M"}


@pytest.fixture
def desk(engine: Database) -> Desk:
    return archive_on(engine)


def of_study(number: int, **values: str) -> bytes:
    return dataset(f"{ROOT}.{number}.1.1", study=f"{ROOT}.{number}", series=f"{ROOT}.{number}.1", **values)


def patients(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("patient", "name", "birth_date", "sex", "identity")


def owners(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("study", "study_instance_uid", "patient_birth_date", "patient_sex", "identity")


def committed(database: Database, objects: Sequence[bytes], order: Sequence[int]) -> Desk:
    """An archive that received these objects one after the other and admitted them in this order."""
    database.write(rebuilding_rows.empty)
    desk = archive_on(database)
    receipts = [desk.receive(data) for data in objects]
    for index in order:
        admit(desk.archive, [receipts[index]])
    return desk


def facts(desk: Desk) -> Facts:
    return index_facts(desk.archive.database, with_segments=False)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_namesakes_are_told_apart_though_the_first_object_says_neither_birth_date_nor_sex(
    engine: Database, order: tuple[int, ...]
) -> None:
    objects = [of_study(1, **UNDATED), of_study(2, **ERIKA), of_study(3, **NAMESAKE)]
    desk = committed(engine, objects, order)
    assert patients(desk) == [
        ("Muster^Erika", "19640812", "F", "resolved"),
        ("Muster^Erika", "19990101", "M", "unresolved"),
    ]
    assert owners(desk) == [
        (f"{ROOT}.1", "19640812", "F", "resolved"),
        (f"{ROOT}.2", "19640812", "F", "resolved"),
        (f"{ROOT}.3", "19990101", "M", "unresolved"),
    ]
    assert {"person"} == {entry.payload["clash"] for entry in told(desk.archive, "identity_conflict")}
    assert examine(desk.archive, deep=True) == []
    before = facts(desk)
    rebuild(desk.archive)
    assert facts(desk) == before


def test_a_birth_date_that_came_later_is_found_and_asks_for_no_second_patient(desk: Desk) -> None:
    admissions = desk.bring(of_study(1, **UNDATED), of_study(2, **ERIKA), of_study(3, birth_date="", sex="F"))
    assert {one.identity for one in admissions} == {Identity.RESOLVED}
    assert patients(desk) == [("Muster^Erika", "19640812", "F", "resolved")]
    assert {row[1:3] for row in owners(desk)} == {("19640812", "F")}
    by_birth_date = Query(Level.STUDY, (Condition(Attribute.BIRTH_DATE, Match.EQUAL, ("19640812",)),))
    assert len(find(desk.archive, desk.scope, by_birth_date).rows) == 3


def test_objects_admitted_together_are_judged_one_after_the_other(desk: Desk) -> None:
    objects = [of_study(1, **UNDATED), of_study(2, **ERIKA), of_study(3, **NAMESAKE), of_study(4, **ERIKA)]
    admissions = admit(desk.archive, [desk.receive(data) for data in objects])
    resolved, unresolved = Identity.RESOLVED, Identity.UNRESOLVED
    assert [one.identity for one in admissions] == [resolved, resolved, unresolved, resolved]


MIXED = (
    of_study(1, **NAMELESS),
    of_study(2, **NAMESAKE, name="Muster^Erika"),
    dataset(f"{ROOT}.1.1.2", study=f"{ROOT}.1", series=f"{ROOT}.1.1", **UNDATED),
    of_study(4, **HANS),
    of_study(5, **ERIKA),
    dataset(f"{ROOT}.5.1.2", study=f"{ROOT}.5", series=f"{ROOT}.5.1", **HANS),
    dataset(
        f"{ROOT}.4.1.1", study=f"{ROOT}.4", series=f"{ROOT}.4.1", **HANS, pixels="other bytes: a variant".ljust(32)
    ),
)


def test_whatever_the_order_of_commits_persons_are_told_apart_alike(sqlite_database: Database) -> None:
    expected = facts(committed(sqlite_database, MIXED, range(len(MIXED))))
    for order in itertools.islice(itertools.permutations(range(len(MIXED))), 0, None, 97):
        desk = committed(sqlite_database, MIXED, order)
        found = facts(desk)
        for table, rows in expected.items():
            assert found[table] == rows, (order, table)
        assert examine(desk.archive) == [], order


def move(desk: Desk, sop: str) -> None:
    """Let other bytes under this UID, of another patient and study, take its place."""
    desk.bring(dataset(sop, study=f"{ROOT}.9", series=f"{ROOT}.9.1", patient_id="P-9", **HANS))
    (chosen,) = variants(desk.archive, desk.scope, uid(sop)).variants
    promote(desk.archive, desk.scope, chosen.id)


@pytest.mark.parametrize("rest", [(), (dataset("7", name="Muster^Erika^^Prof.", **UNDATED),)], ids=["empty", "study"])
def test_a_patient_is_described_by_the_next_object_of_whatever_study_when_the_first_leaves(
    desk: Desk, rest: tuple[bytes, ...]
) -> None:
    desk.bring(dataset("1", name="MUSTER^ERIKA", birth_date="19640812", sex=""))
    desk.bring(of_study(2, name="Muster^Erika^^Dr.", birth_date="", sex="F"), *rest, of_study(3, **ERIKA))
    move(desk, f"{SERIES}.1")
    described = ("Muster^Erika^^Dr.", "19640812", "F")
    assert desk.rows("patient", "patient_id", "name", "birth_date", "sex")[0] == ("P-1", *described)
    copies = desk.rows("study", "patient_id", "patient_name", "patient_birth_date", "patient_sex")
    assert copies == [("P-1", *described)] * (2 + len(rest)) + [("P-9", *HANS.values())]
    assert (STUDY in {row[0] for row in owners(desk)}) == bool(rest)
    before = facts(desk)
    rebuild(desk.archive)
    assert facts(desk) == before


def test_what_only_the_object_that_left_had_said_is_said_no_more(desk: Desk) -> None:
    desk.bring(dataset("1", **UNDATED), dataset("2", **ERIKA), of_study(3, **UNDATED))
    move(desk, f"{SERIES}.2")
    assert desk.rows("patient", "patient_id", "birth_date", "sex")[0] == ("P-1", "", "")
    assert desk.rows("study", "patient_id", "patient_birth_date")[:2] == [("P-1", "")] * 2
