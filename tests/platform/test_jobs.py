"""Jobs: one live job a key, leases that run out, retries with back-off, a rest for what cannot be done."""

from __future__ import annotations

import pytest

from kontor.platform.clock import FixedClock
from kontor.platform.database import Database
from kontor.platform.jobs import JobContext, JobHandler, JobRunner, Retry, dead_jobs, enqueue, live_jobs, revive


def ask(database: Database, clock: FixedClock, key: str = "k", *, after_s: float = 0, postpone: bool = False) -> None:
    at = clock.now_us() + round(after_s * 1_000_000)
    database.write(lambda tx: enqueue(tx, 1, "work", key, {"key": key}, at, postpone=postpone))


def runner(database: Database, clock: FixedClock, done: list[str], error: Exception | None = None) -> JobRunner:
    def act(context: JobContext) -> None:
        if error is not None:
            raise error
        done.append(context.key)

    return JobRunner(database, clock, {"work": JobHandler(act, Retry((1.0, 10.0), (KeyError,)))})


def test_a_key_is_live_only_once(engine: Database) -> None:
    clock, done = FixedClock(), list[str]()
    for _ in range(3):
        ask(engine, clock)
    work = runner(engine, clock, done)
    assert [work.run_once(), work.run_once()] == [True, False]
    assert done == ["k"]
    assert engine.read(live_jobs) == []


def test_postponing_moves_a_waiting_job(engine: Database) -> None:
    clock, done = FixedClock(), list[str]()
    ask(engine, clock, after_s=5)
    ask(engine, clock, after_s=60, postpone=True)
    clock.advance(30)
    assert not runner(engine, clock, done).run_once()
    ask(engine, clock, after_s=600)
    clock.advance(31)
    assert runner(engine, clock, done).run_once()


def test_what_is_asked_for_while_it_runs_is_run_again(engine: Database) -> None:
    clock, done = FixedClock(), list[str]()

    def act(context: JobContext) -> None:
        done.append(context.key)
        if len(done) == 1:
            ask(engine, clock)

    work = JobRunner(engine, clock, {"work": JobHandler(act)})
    ask(engine, clock)
    assert [work.run_once(), work.run_once(), work.run_once()] == [True, True, False]
    assert done == ["k", "k"]


def test_a_failure_is_retried_with_back_off_and_then_rests(engine: Database) -> None:
    clock = FixedClock()
    ask(engine, clock)
    work = runner(engine, clock, [], ValueError("no"))
    assert work.run_once()
    assert not work.run_once()
    clock.advance(1.1)
    assert work.run_once()
    clock.advance(5)
    assert not work.run_once()
    clock.advance(6)
    assert work.run_once()
    (dead,) = engine.read(dead_jobs)
    assert (dead.error, dead.attempts) == ("ValueError: no", 3)
    assert engine.write(lambda tx: revive(tx, dead.id, clock.now_us()))
    done = list[str]()
    assert runner(engine, clock, done).run_once()
    assert done == ["k"]


def test_an_error_that_no_repetition_cures_rests_at_once(engine: Database) -> None:
    clock = FixedClock()
    ask(engine, clock)
    assert runner(engine, clock, [], KeyError("gone")).run_once()
    assert len(engine.read(dead_jobs)) == 1


def test_a_lease_that_runs_out_is_taken_over(engine: Database) -> None:
    clock, done = FixedClock(), list[str]()

    def dies(_context: JobContext) -> None:
        raise KeyboardInterrupt  # the process is killed: nothing is recorded

    ask(engine, clock)
    with pytest.raises(KeyboardInterrupt):
        JobRunner(engine, clock, {"work": JobHandler(dies)}).run_once()
    other = runner(engine, clock, done)
    assert not other.run_once()
    clock.advance(61)
    assert other.run_once()
    assert done == ["k"]


def test_a_job_that_ends_every_worker_rests_and_the_next_is_done(engine: Database) -> None:
    clock, done = FixedClock(), list[str]()

    def act(context: JobContext) -> None:
        if context.key == "deadly":
            raise KeyboardInterrupt  # as above
        done.append(context.key)

    ask(engine, clock, "deadly")
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            JobRunner(engine, clock, {"work": JobHandler(act)}).run_once()
        clock.advance(61)
    ask(engine, clock, "other")
    last = JobRunner(engine, clock, {"work": JobHandler(act)})
    assert [last.run_once(), last.run_once()] == [True, False]
    assert done == ["other"]
    (dead,) = engine.read(dead_jobs)
    assert (dead.key, dead.error.partition(":")[0]) == ("deadly", "WorkerLost")
    assert engine.write(lambda tx: revive(tx, dead.id, clock.now_us()))
    assert runner(engine, clock, done).run_once()
    assert done == ["other", "deadly"]


def test_what_is_asked_for_while_it_fails_for_good_is_tried_in_its_own_right(engine: Database) -> None:
    clock, done = FixedClock(), list[str]()

    def act(context: JobContext) -> None:
        if not done:
            done.append("failed")
            ask(engine, clock, after_s=5)
            raise KeyError("gone")
        done.append(context.key)

    ask(engine, clock)
    work = JobRunner(engine, clock, {"work": JobHandler(act, Retry((1.0,), (KeyError,)))})
    assert work.run_once()
    assert engine.read(dead_jobs) == []
    assert [job.attempts for job in engine.read(live_jobs)] == [0]
    assert not work.run_once(), "not before the time that was asked for"
    clock.advance(6)
    assert work.run_once()
    assert done == ["failed", "k"]
