"""The worker's part in tests: followers and jobs run until nothing is left to do, without threads or waiting."""

from __future__ import annotations

from kontor.archive import Archive, followers, job_handlers
from kontor.platform.jobs import JobRunner
from kontor.platform.journal import Entry, follow


def work(archive: Archive) -> None:
    """Follow the journal to its end and do every job that is due."""
    following = [
        follow(archive.database, name, kinds, handler, clock=archive.clock)
        for name, kinds, handler in followers(archive)
    ]
    runner = JobRunner(archive.database, archive.clock, job_handlers(archive))
    while any([*(follower.run_once() for follower in following), runner.run_once()]):
        pass


def told(archive: Archive, *kinds: str) -> list[Entry]:
    """What the journal tells of these kinds, from its beginning."""
    found: dict[int, Entry] = {}
    follower = follow(archive.database, f"test-{'-'.join(kinds)}", kinds, lambda _, entry: _keep(found, entry))
    while follower.run_once():
        pass
    return list(found.values())


def _keep(found: dict[int, Entry], entry: Entry) -> None:
    found[entry.seq] = entry
