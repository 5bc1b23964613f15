"""Work asked for at the very moment at which somebody ends the job is never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from kontor.platform.clock import FixedClock
from kontor.platform.database import Database, WriteTransaction, create_schema
from kontor.platform.jobs import JobContext, JobHandler, JobRunner, Retry, dead_jobs, enqueue, live_jobs
from tests.engines import PostgresqlServer

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


@pytest.fixture
def postgresql(postgresql_server: PostgresqlServer) -> Iterator[Database]:
    """SQLite orders its writers: nothing of this can happen there."""
    url = postgresql_server.new_database()
    database = Database.open(url)
    create_schema(database)
    yield database
    database.close()
    postgresql_server.drop_database(url)


def ask(tx: WriteTransaction, payload: str, at_us: int = 0) -> None:
    enqueue(tx, 1, "work", "k", {"asked": payload}, at_us)


def while_it_ends(database: Database, threads: list[threading.Thread]) -> Callable[[], None]:
    """Ask again in a transaction that commits only once the job's runner waits for it."""

    def act() -> None:
        asked = threading.Event()

        def slow(tx: WriteTransaction) -> None:
            ask(tx, "later")
            asked.set()
            while not database.read(lambda reading: reading.scalar(_WAITING)):
                assert runs.is_alive(), "the runner did not wait"

        runs = threading.current_thread()
        threads.append(threading.Thread(target=database.write, args=(slow,)))
        threads[-1].start()
        assert asked.wait(30)

    return act


@pytest.mark.parametrize("error", [None, KeyError("no")], ids=["done", "failed"])
def test_what_is_asked_for_in_a_transaction_that_outlasts_the_job_is_done(
    postgresql: Database, error: Exception | None
) -> None:
    threads, done = list[threading.Thread](), list[object]()
    ask_meanwhile = while_it_ends(postgresql, threads)

    def act(context: JobContext) -> None:
        done.append(context.payload["asked"])
        if len(done) == 1:
            ask_meanwhile()
            if error is not None:
                raise error

    work = JobRunner(postgresql, FixedClock(), {"work": JobHandler(act, Retry(permanent=(KeyError,)))})
    postgresql.write(lambda tx: ask(tx, "first"))
    assert work.run_once()
    threads[0].join(30)
    assert [work.run_once(), work.run_once()] == [True, False]
    assert done == ["first", "later"]
    assert postgresql.read(live_jobs) == postgresql.read(dead_jobs) == []


def test_what_is_asked_for_while_the_job_vanishes_is_asked_for_anew(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, vanished, done = threading.Event(), threading.Event(), list[object]()
    insert = WriteTransaction.insert_if_absent

    def slowly(tx: WriteTransaction, *arguments: object) -> bool:
        inserted = insert(tx, *arguments)  # type: ignore[arg-type] # as they came
        if not inserted and not found.is_set():
            found.set()
            assert vanished.wait(30)
        return inserted

    def act(context: JobContext) -> None:
        done.append(context.payload["asked"])
        if len(done) == 1:
            thread.start()
            assert found.wait(30)

    thread = threading.Thread(target=postgresql.write, args=(lambda tx: ask(tx, "later"),))
    monkeypatch.setattr(WriteTransaction, "insert_if_absent", slowly)
    work = JobRunner(postgresql, FixedClock(), {"work": JobHandler(act)})
    postgresql.write(lambda tx: ask(tx, "first"))
    assert work.run_once()
    assert postgresql.read(live_jobs) == []
    vanished.set()
    thread.join(30)
    assert [work.run_once(), work.run_once()] == [True, False]
    assert done == ["first", "later"]
