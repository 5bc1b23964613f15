"""Whose an object is, `clinical.md` 11.1: nobody's images are merged with another's, and nothing is refused for it."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kontor.archive import (
    AsStored,
    Identity,
    Level,
    Origin,
    Outcome,
    Query,
    Receipt,
    Selection,
    admit,
    examine,
    find,
    rebuilding_rows,
    receive,
    retrieve,
)
from kontor.archive.identity import Likeness, Person, compare_persons
from kontor.dicom.values import EXPLICIT_LITTLE
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database
from tests.archive.index_dump import index_facts
from tests.archive.objects import ROOT, SERIES, STUDY, Desk, archive_on, dataset, part10, slices, uid
from tests.archive.working import told

OTHER_STUDY = f"{ROOT}.2"
ERIKA = Person("Muster^Erika", "19640812", "F")


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return archive_on(sqlite_database)


@pytest.fixture
def desk_on_both(engine: Database) -> Desk:
    return archive_on(engine)


def studies(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("study", "study_instance_uid", "patient_name", "identity", "instance_count")


@pytest.mark.parametrize(
    ("name", "birth_date", "sex", "likeness"),
    [
        ("Muster^Erika", "19640812", "F", Likeness.SAME),
        ("MUSTER^ERIKA", "19640812", "F", Likeness.SAME),
        ("Muster^Erika^^Dr.", "19640812", "F", Likeness.NOTED),
        ("Erika^Muster", "19640812", "F", Likeness.NOTED),
        ("Meier^Erika", "19640812", "F", Likeness.NOTED),  # a married or maiden name
        ("Muster^Erika", "", "", Likeness.SAME),
        ("", "", "", Likeness.SAME),
        ("Meier^Erika", "", "F", Likeness.OTHER),  # without the birth date nothing speaks for one person
        ("Muster^Erika", "19640813", "F", Likeness.OTHER),
        ("Muster^Erika", "19640812", "M", Likeness.OTHER),
        ("Schulz^Hans", "19640812", "F", Likeness.OTHER),
    ],
)
def test_what_makes_another_person(name: str, birth_date: str, sex: str, likeness: Likeness) -> None:
    said = compare_persons(ERIKA, Person(name, birth_date, sex))
    assert said is likeness or {said, likeness} <= {Likeness.SAME, Likeness.NOTED}


@pytest.mark.parametrize(
    ("known", "arriving"),
    [("Müller^Jörg", "MUELLER^JOERG"), ("Müller^Jörg", "MULLER^JORG"), ("Weiß^Ida", "WEISS^IDA")],
)
def test_umlauts_written_otherwise_are_one_person(known: str, arriving: str) -> None:
    assert compare_persons(Person(known, "", ""), Person(arriving, "", "")) is not Likeness.OTHER


def test_without_patient_id_each_study_has_a_provisional_patient_of_its_own(desk: Desk) -> None:
    admissions = desk.bring(
        dataset("1", patient_id=""),
        dataset("2", patient_id=""),
        dataset(f"{ROOT}.2.1", patient_id="", study=OTHER_STUDY),
    )
    assert [one.outcome for one in admissions] == [Outcome.NEW] * 3
    assert {one.identity for one in admissions} == {Identity.PROVISIONAL}
    assert desk.rows("patient", "patient_id", "discriminator", "identity") == [
        ("", f"study:{STUDY}", "provisional"),
        ("", f"study:{OTHER_STUDY}", "provisional"),
    ]
    assert studies(desk) == [
        (STUDY, "Muster^Erika", "provisional", 2),
        (OTHER_STUDY, "Muster^Erika", "provisional", 1),
    ]


def test_the_same_id_of_another_issuer_is_another_patient(desk: Desk) -> None:
    desk.bring(dataset("1", issuer="A"), dataset(f"{ROOT}.2.1", issuer="B", study=OTHER_STUDY, name="Schulz^Hans"))
    assert desk.rows("patient", "issuer", "name", "identity") == [
        ("A", "Muster^Erika", "resolved"),
        ("B", "Schulz^Hans", "resolved"),
    ]


@pytest.mark.parametrize(
    "other", [{"name": "Schulz^Hans"}, {"birth_date": "19990101"}, {"sex": "M"}], ids=["name", "birth date", "sex"]
)
def test_the_same_id_with_another_person_is_kept_apart_and_told(desk: Desk, other: dict[str, str]) -> None:
    first, second = desk.bring(dataset("1"), dataset(f"{ROOT}.2.1", study=OTHER_STUDY, **other))
    assert (first.identity, second.identity) == (Identity.RESOLVED, Identity.UNRESOLVED)
    assert second.outcome is Outcome.NEW
    assert [row[:1] + row[2:] for row in studies(desk)] == [(STUDY, "resolved", 1), (OTHER_STUDY, "unresolved", 1)]
    assert len(desk.rows("patient", "id")) == 2
    entries = told(desk.archive, "identity_conflict")
    assert [(entry.subject, entry.payload["clash"]) for entry in entries] == [(OTHER_STUDY, "person")]


def test_a_person_written_otherwise_stays_the_same_patient_with_a_note(desk: Desk) -> None:
    _, second = desk.bring(dataset("1"), dataset("2", name="MUSTER^ERIKA^^DR."))
    assert second.identity is Identity.RESOLVED
    assert desk.rows("patient", "name") == [("Muster^Erika",)]
    assert studies(desk) == [(STUDY, "Muster^Erika", "resolved", 2)]


def test_one_study_uid_of_two_patients_is_two_studies_and_the_second_unresolved(desk_on_both: Desk) -> None:
    desk = desk_on_both
    desk.bring(dataset("1"), dataset("2", patient_id="P-2", name="Schulz^Hans"), dataset("3"))
    assert studies(desk) == [(STUDY, "Muster^Erika", "resolved", 2), (STUDY, "Schulz^Hans", "unresolved", 1)]
    assert examine(desk.archive) == []


def test_unresolved_objects_are_found_and_given_out_by_their_uids(desk_on_both: Desk) -> None:
    desk = desk_on_both
    desk.bring(dataset("1"), dataset("2", patient_id="P-2", name="Schulz^Hans"))
    page = find(desk.archive, desk.scope, Query(Level.STUDY))
    assert len(page.rows) == 2
    chosen = Selection(uid(STUDY), instance=uid(f"{SERIES}.2"))
    (part,) = retrieve(desk.archive, desk.scope, chosen, AsStored())
    assert b"".join(map(bytes, part.chunks)).endswith(dataset("2", patient_id="P-2", name="Schulz^Hans"))


def test_equal_bytes_by_dimse_and_as_a_file_are_one_instance(desk: Desk) -> None:
    (first,) = desk.bring(dataset("1"))
    file = Origin("files", actor="os:root")
    (again,) = admit(desk.archive, [receive(desk.archive, desk.scope, file, slices(part10(dataset("1"))))])
    assert (first.outcome, again.outcome) == (Outcome.NEW, Outcome.REPEATED)
    assert studies(desk) == [(STUDY, "Muster^Erika", "resolved", 1)]
    assert desk.rows("variant", "id") == []
    assert len(desk.rows("placement", "digest")) == 1
    assert examine(desk.archive, deep=True) == []


def test_other_bytes_under_a_known_uid_are_kept_beside_the_first(desk: Desk) -> None:
    admissions = desk.bring(dataset("1"), dataset("1", pixels=b"\1" * 32), dataset("1", pixels=b"\1" * 32))
    assert [one.outcome for one in admissions] == [Outcome.NEW, Outcome.VARIANT, Outcome.VARIANT]
    assert [digest for (digest,) in desk.rows("instance", "digest")] == [admissions[0].receipt.digest]
    assert desk.rows("variant", "digest", "state") == [(admissions[1].receipt.digest, "open")]
    assert desk.rows("study", "open_variants", "instance_count") == [(1, 1)]


def test_other_identity_under_a_known_uid_is_a_variant_and_no_second_study(desk: Desk) -> None:
    _, second = desk.bring(dataset("1"), dataset("1", patient_id="P-2", name="Schulz^Hans", study=OTHER_STUDY))
    assert second.outcome is Outcome.VARIANT
    assert len(studies(desk)) == 1
    assert desk.rows("variant", "study_instance_uid", "reason") == [(OTHER_STUDY, "other-study")]


OBJECTS = (
    dataset("1"),
    dataset("1", pixels=b"\1" * 32),
    dataset("2", name="MUSTER^ERIKA", sex=""),
    dataset("3", name="Schulz^Hans", series=f"{ROOT}.1.2", modality="SR"),
    dataset("4", patient_id="P-2", name="Meier^Eva", description="other patient"),
    dataset(f"{ROOT}.2.1", patient_id="P-2", name="", study=OTHER_STUDY, pixels=b"\2" * 32),
)


def test_whatever_the_order_in_which_transactions_commit_the_index_is_the_same(sqlite_database: Database) -> None:
    expected = None
    orders = [range(len(OBJECTS)), *itertools.islice(itertools.permutations(range(len(OBJECTS))), 1, 720, 47)]
    for order in orders:
        sqlite_database.write(rebuilding_rows.empty)
        desk = archive_on(sqlite_database)
        receipts = [desk.receive(data) for data in OBJECTS]
        for index in order:
            admit(desk.archive, [receipts[index]])
        facts = index_facts(desk.archive.database, with_segments=False)
        expected = expected or facts
        for table, rows in expected.items():
            assert facts[table] == rows, (list(order), table)
        assert examine(desk.archive) == [], list(order)


def test_eight_threads_with_one_new_patient_make_one_patient_one_study_and_exact_counts(engine: Database) -> None:
    threads, each = 8, 6
    # Each thread is a process of its own as far as rooms remember anything; segments are shared in memory.
    desks = [archive_on(engine, clock=SystemClock()) for _ in range(threads)]
    start = threading.Barrier(threads)

    def deliver(number: int) -> list[Outcome]:
        desk = desks[number]
        start.wait(30)
        data = [dataset(f"{number}{index}", series=f"{ROOT}.1.{index % 3 + 1}") for index in range(each)]
        return [admit(desk.archive, [_received(desk, one)])[0].outcome for one in data]

    with ThreadPoolExecutor(threads) as pool:
        outcomes = [outcome for found in pool.map(deliver, range(threads)) for outcome in found]
    assert outcomes == [Outcome.NEW] * (threads * each)
    assert len(desks[0].rows("patient", "id")) == 1
    size = len(dataset("00", series=f"{ROOT}.1.1"))
    assert desks[0].rows("study", "instance_count", "series_count", "size_bytes") == [
        (threads * each, 3, threads * each * size)
    ]
    assert desks[0].rows("series", "instance_count") == [(threads * each // 3,)] * 3


def _received(desk: Desk, data: bytes) -> Receipt:
    return receive(desk.archive, desk.scope, desk.origin, slices(data), transfer_syntax=EXPLICIT_LITTLE)
