"""Readers at an archive, on both engines."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, TypeVar

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ClauseElement, Insert

from kontor.access import (
    RIGHTS_OF_ROLE,
    Access,
    Actor,
    ActorKind,
    AuditQuery,
    Restriction,
    Role,
    Scope,
    create_account,
    list_audit,
    system_scope,
)
from kontor.archive import Archive, ArchiveSettings
from kontor.platform.blobs import open_memory
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database
from kontor.platform.identifiers import new_id
from kontor.platform.sandbox import Sandbox
from tests.access.rooms import PASSWORD, a_room, clock_of, operator
from tests.archive.objects import ROOT, Desk, dataset

HIDDEN = f"{ROOT}.2"
Result = TypeVar("Result")
Act = Callable[[], object]


@dataclass
class Room:
    """An archive with one CT study of two images, and its readers."""

    desk: Desk
    access: Access
    readers: dict[str, Scope] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        return self.desk.archive

    @property
    def clock(self) -> FixedClock:
        return clock_of(self.access)

    def reader(self, name: str, *, only: str = "") -> Scope:
        """The scope of an account of this name, made when it is first asked for; `only` hides all other studies."""
        if name not in self.readers:
            keeper = operator(self.access)
            create_account(self.access, keeper, name, [Role.READER], PASSWORD, display_name=f"Dr. {name.title()}")
            (account,) = [row for row, known in self.desk.rows("account", "id", "name") if known == name]
            actor = Actor(ActorKind.ACCOUNT, int(str(account)), name)
            self.readers[name] = replace(keeper, actor=actor, rights=RIGHTS_OF_ROLE[Role.READER])
        scope = self.readers[name]
        return replace(scope, restriction=Restriction(studies=frozenset({only}))) if only else scope

    def audited(self, act: str) -> list[tuple[str, str, str]]:
        """Rows of the audit: who, on what, with which detail."""
        rows = list_audit(self.access, operator(self.access), AuditQuery(act=act), 99)
        return [(row.entry.actor_name, row.entry.subject, row.entry.detail) for row in reversed(rows)]


@pytest.fixture
def room(engine: Database) -> Room:
    """A study of two images, and one beside it that tests hide."""
    access = a_room(engine)
    archive = Archive(engine, open_memory(), access, Sandbox(0), access.clock, ArchiveSettings(settle_after_s=60))
    desk = Desk(archive, system_scope(access, "main", "test"), clock_of(access))
    desk.bring(dataset("1"), dataset("2"), dataset(f"{HIDDEN}.1.1", study=HIDDEN, series=f"{HIDDEN}.1"))
    return Room(desk, access)


def at_once(*acts: Callable[[], Result]) -> list[Result | Exception]:
    """What each of several acts gave or raised that began in one moment, in threads of their own."""
    found: dict[int, Result | Exception] = {}
    together = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], Result]) -> None:
        together.wait(30)
        try:
            found[number] = act()
        except Exception as error:  # noqa: BLE001 # the test looks at it
            found[number] = error

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [found[number] for number in range(len(acts))]


@contextmanager
def statements(room: Room) -> Iterator[list[ClauseElement]]:
    """Queries, changes and removals that run meanwhile; an insertion has no rows to choose."""
    seen: list[ClauseElement] = []

    def note(_connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, ClauseElement) and not isinstance(statement, Insert):
            seen.append(statement)

    engines = room.archive.database.engines.values()
    for engine in engines:
        event.listen(engine, "before_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_execute", note)


def client_id() -> str:
    """A name as clients make it."""
    return f"{new_id():032x}"


def overlapping(
    room: Room, monkeypatch: pytest.MonkeyPatch, last: tuple[ModuleType, str], first: Act, second: Act
) -> list[object]:
    """What two acts gave or raised of which the second comes while the first has written and not yet committed.

    `last` names the function by which the first one writes.
    """
    module, name = last
    write, found = getattr(module, name), [None, None]
    threads: list[threading.Thread] = []

    def follow() -> None:
        found[1] = _outcome(second)

    def write_and_let_the_other_come(*given: object) -> object:
        written = write(*given)
        if not threads:
            threads.append(threading.Thread(target=follow))
            threads[0].start()
            _until_somebody_waits(room)
        return written

    monkeypatch.setattr(module, name, write_and_let_the_other_come)
    found[0] = _outcome(first)
    threads[0].join(60)
    monkeypatch.setattr(module, name, write)
    return found


def _outcome(act: Act) -> Any:
    try:
        return act()
    except Exception as error:  # noqa: BLE001 # the test looks at it
        return error


def _until_somebody_waits(room: Room) -> None:
    """Return when a transaction waits for another. SQLite's only writer needs no proof."""
    database = room.archive.database
    if database.dialect.name == "sqlite":
        return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    until = time.monotonic() + 60
    while not database.read(lambda tx: tx.scalar(waiting)):
        assert time.monotonic() < until, "nobody waits"
