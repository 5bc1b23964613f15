"""The journal: nothing is lost by the order of commits, nothing stops at one bad entry."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kontor.platform.clock import FixedClock
from kontor.platform.database import Database, WriteTransaction
from kontor.platform.journal import Entry, append, follow, parked_entries, requeue


def tell(database: Database, subject: str, kind: str = "happened") -> None:
    database.write(lambda tx: append(tx, 1, kind, subject, {"subject": subject}, 5))


def test_entries_come_in_order_and_once(engine: Database) -> None:
    seen: list[str] = []
    follower = follow(engine, "reader", ["happened"], lambda _tx, entry: seen.append(entry.subject))
    for number in range(5):
        tell(engine, str(number))
    tell(engine, "other", kind="else")
    while follower.run_once():
        pass
    assert seen == ["0", "1", "2", "3", "4"]


def test_a_restarted_follower_goes_on_where_it_stopped(engine: Database) -> None:
    seen: list[str] = []
    follow(engine, "reader", ["happened"], lambda _tx, entry: seen.append(entry.subject)).run_once()
    tell(engine, "first")
    follow(engine, "reader", ["happened"], lambda _tx, entry: seen.append(entry.subject)).run_once()
    tell(engine, "second")
    follow(engine, "reader", ["happened"], lambda _tx, entry: seen.append(entry.subject)).run_once()
    assert seen == ["first", "second"]


def test_transactions_that_commit_in_reverse_order_lose_nothing(engine: Database) -> None:
    if engine.dialect.name == "sqlite":
        # One writer at a time: the second waits for the first, so the order cannot be reversed; both arrive.
        tell(engine, "early")
        tell(engine, "late")
        expected = ["early", "late"]
        overtaken = None
    else:
        written, may_commit = threading.Event(), threading.Event()

        def slow(tx: WriteTransaction) -> None:
            append(tx, 1, "happened", "early", {}, 1)
            written.set()
            assert may_commit.wait(30)

        overtaken = threading.Thread(target=engine.write, args=(slow,))
        overtaken.start()
        assert written.wait(30)
        tell(engine, "late")
        expected = ["late", "early"]
    seen: list[str] = []
    follower = follow(engine, "reader", ["happened"], lambda _tx, entry: seen.append(entry.subject))
    follower.run_once()
    if overtaken is not None:
        assert seen == ["late"]
        may_commit.set()
        overtaken.join()
    follower.run_once()
    assert seen == expected


def test_a_poisonous_entry_is_parked_while_others_pass_and_retried_later(engine: Database) -> None:
    clock, seen, cured = FixedClock(), [], False

    def handle(_tx: WriteTransaction, entry: Entry) -> None:
        if entry.subject == "poison" and not cured:
            raise ValueError("cannot digest")
        seen.append(entry.subject)

    follower = follow(engine, "reader", ["happened"], handle, clock=clock)
    for subject in ("a", "poison", "b"):
        tell(engine, subject)
    follower.run_once()
    assert sorted(set(seen)) == ["a", "b"]
    (parked,) = engine.read(parked_entries)
    assert (parked.follower, parked.error, parked.dead) == ("reader", "ValueError: cannot digest", False)
    for _ in range(6):
        clock.advance(601)
        follower.run_once()
    (parked,) = engine.read(parked_entries)
    assert parked.dead
    cured = True
    assert engine.write(lambda tx: requeue(tx, "reader", parked.seq, clock.now_us()))
    follower.run_once()
    assert engine.read(parked_entries) == []
    assert "poison" in seen


class Interrupted(Exception):
    """A failure during whose recording, when its text is asked for, something else happens."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._meanwhile = meanwhile

    def __str__(self) -> str:
        self._meanwhile()
        return "interrupted"


def test_only_the_entry_that_failed_is_parked(engine: Database) -> None:
    """Another process handles it while we see it fail; the next is handled by nobody else."""
    seen: list[str] = []
    other = follow(engine, "reader", ["happened"], lambda _tx, entry: seen.append(entry.subject), batch=1)

    def handle(_tx: WriteTransaction, entry: Entry) -> None:
        if entry.subject == "first":
            raise Interrupted(lambda: seen or other.run_once())
        seen.append(entry.subject)

    tell(engine, "first")
    tell(engine, "second")
    follow(engine, "reader", ["happened"], handle).run_once()
    assert engine.read(parked_entries) == []
    assert seen == ["first", "second"]


def test_an_effect_and_its_cursor_are_one_transaction(engine: Database) -> None:
    follower = follow(engine, "teller", ["happened"], lambda tx, e: append(tx, 1, "echo", e.subject, {}, 2))
    tell(engine, "once")
    follower.run_once()
    follower.run_once()
    echoes: list[str] = []
    follow(engine, "listener", ["echo"], lambda _tx, entry: echoes.append(entry.subject)).run_once()
    assert echoes == ["once"]


def test_a_cursor_does_not_lag_for_ever_behind_other_kinds(sqlite_database: Database) -> None:
    follower = follow(sqlite_database, "reader", ["rare"], lambda _tx, _entry: None)
    sqlite_database.write(lambda tx: [append(tx, 1, "common", str(n), {}, 1) for n in range(1_100)])
    assert follower.lag() == 1_100
    follower.run_once()
    assert follower.lag() == 0
