"""Rooms of access for tests: real databases, a clock that stands still, a hasher that is quick."""

from __future__ import annotations

from functools import partial

from argon2 import PasswordHasher

from kontor.access import Access, AccessSettings, PasswordHashing, Scope, ensure_organisation, system_scope
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database

KEY = b"a key of thirty-two bytes or more"
PASSWORD = "correct horse battery"


def quick_hashing() -> PasswordHashing:
    """Argon2id with the smallest parameters: the tests are about what is done with it."""
    return PasswordHashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def a_room(
    database: Database, *, clock: FixedClock | None = None, organisations: tuple[str, ...] = ("main",)
) -> Access:
    """The room over a database with a schema."""
    access = Access(database, clock or FixedClock(), KEY, AccessSettings(), quick_hashing())
    for name in organisations:
        database.write(partial(ensure_organisation, name=name))
    return access


def operator(access: Access, organisation: str = "main") -> Scope:
    """Whoever sits at the machine."""
    return system_scope(access, organisation, "os:tester")


def clock_of(access: Access) -> FixedClock:
    """The clock, to be moved."""
    assert isinstance(access.clock, FixedClock)
    return access.clock
