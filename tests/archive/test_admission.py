"""Admission: idempotent, grouped under load, one poisonous object fails only itself, positions never pass a gap."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from kontor.archive import AdmissionFailed, Outcome, admit, examine, study_rows
from kontor.archive.segment_rows import admitted_to
from kontor.platform.database import Database, DatabaseConflict
from tests.archive.objects import ROOT, STUDY, Desk, archive_on, dataset
from tests.archive.working import told


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return archive_on(sqlite_database)


def position(desk: Desk, segment: str) -> int:
    return desk.archive.database.read(partial(admitted_to, segment_id=segment))


def test_a_group_is_admitted_at_once_and_answered_in_its_order(engine: Database) -> None:
    desk = archive_on(engine)
    data = [dataset("1"), dataset("2"), dataset("1"), dataset("1", pixels=b"\1" * 32), dataset("3"), dataset("2")]
    receipts = [desk.receive(one) for one in data]
    admissions = admit(desk.archive, receipts)
    assert [one.receipt for one in admissions] == receipts
    assert [one.outcome.value for one in admissions] == ["new", "new", "repeated", "variant", "new", "repeated"]
    assert [one.outcome.value for one in admit(desk.archive, receipts)] == [
        "repeated", "repeated", "repeated", "variant", "repeated", "repeated"
    ]  # fmt: skip
    assert desk.rows("study", "instance_count", "open_variants") == [(3, 1)]
    kinds = [entry.kind for entry in told(desk.archive, "instance_admitted", "variant_kept", "study_arrived")]
    assert sorted(kinds) == ["instance_admitted"] * 3 + ["study_arrived", "variant_kept"]
    assert examine(desk.archive, deep=True) == []


def test_nothing_is_admitted_without_receipts(desk: Desk) -> None:
    assert admit(desk.archive, []) == []


def test_a_position_never_passes_what_is_not_admitted(desk: Desk) -> None:
    first, second, third = (desk.receive(dataset(str(number))) for number in (1, 2, 3))
    admit(desk.archive, [third])
    assert position(desk, first.segment) == 0
    admit(desk.archive, [first])
    assert position(desk, first.segment) == first.record_end
    admit(desk.archive, [second])
    assert position(desk, first.segment) == third.record_end


def test_callers_that_wait_share_transactions_and_each_gets_its_own_answer(desk: Desk) -> None:
    threads, each = 8, 5
    receipts = [[desk.receive(dataset(f"{thread}{n}")) for n in range(each)] for thread in range(threads)]
    start = threading.Barrier(threads)
    transactions, write, gate = 0, desk.archive.database.write, threading.Event()

    def held(act: Any, *, replayable: bool = False) -> Any:
        nonlocal transactions
        transactions += 1
        gate.wait(30)
        return write(act, replayable=replayable)

    desk.archive.database.write = held  # type: ignore[method-assign] # the first holds all others up

    def deliver(number: int) -> list[str]:
        start.wait(30)
        if number == 0:
            threading.Timer(0.2, gate.set).start()
        admissions = admit(desk.archive, receipts[number])
        assert [one.receipt for one in admissions] == receipts[number]
        return [one.outcome.value for one in admissions]

    with ThreadPoolExecutor(threads) as pool:
        outcomes = [outcome for found in pool.map(deliver, range(threads)) for outcome in found]
    assert outcomes == ["new"] * threads * each
    assert transactions < threads, "those who waited went together"
    assert desk.rows("study", "instance_count") == [(threads * each,)]


def test_a_poisonous_object_fails_only_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    receipts = [desk.receive(dataset(str(number), study=f"{ROOT}.{number}")) for number in (1, 2, 3)]
    describe = study_rows._description

    def poisoned(receipt: Any) -> Any:
        if receipt is receipts[1]:
            raise OverflowError("no column holds this")
        return describe(receipt)

    monkeypatch.setattr(study_rows, "_description", poisoned)
    start = threading.Barrier(3)

    def deliver(receipt: Any) -> object:
        start.wait(30)
        try:
            return admit(desk.archive, [receipt])[0].outcome
        except OverflowError as error:
            return type(error)

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(deliver, receipts)) == [Outcome.NEW, OverflowError, Outcome.NEW]


def test_a_contradiction_is_tried_again_and_told_when_it_lasts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    conflicts = iter([True, True, False])
    insert = study_rows.insert_if_absent

    def sometimes(*arguments: Any) -> bool:
        if next(conflicts, True):
            raise DatabaseConflict("somebody was faster")
        return insert(*arguments)

    monkeypatch.setattr(study_rows, "insert_if_absent", sometimes)
    assert [one.outcome for one in desk.bring(dataset("1"))] == [Outcome.NEW]
    with pytest.raises(AdmissionFailed):
        desk.bring(dataset("2", study=f"{ROOT}.2"))
    monkeypatch.undo()
    desk.bring(dataset("3"))
    assert desk.rows("study", "study_instance_uid", "instance_count") == [(STUDY, 2), (f"{ROOT}.2", 1)]
