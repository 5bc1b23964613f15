"""Organisations, the scopes that belong to no account, and the proof that the database takes and gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kontor.access import organisation_rows
from kontor.access.errors import Inadmissible, NoSuchRow
from kontor.access.rights import EVERY_RIGHT
from kontor.access.scope import Actor, ActorKind, Scope
from kontor.platform.clock import SystemClock
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontor.access.room import Access
    from kontor.platform.database import ReadTransaction, WriteTransaction

DEFAULT_ORGANISATION: Final = "main"
OPERATOR_PREFIX: Final = "os:"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


def ensure_organisation(tx: WriteTransaction, name: str) -> int:
    """The number of the organisation with this name, made if it is not there.

    Raises Inadmissible unless the name is lower-case letters, digits, dot, hyphen and underscore, at most 63.
    """
    if _NAME.fullmatch(name) is None:
        raise Inadmissible("organisation", "lower-case letters, digits, dot, hyphen, underscore; at most 63")
    found = organisation_rows.by_name(tx, name)
    if found is None:
        organisation_rows.insert_if_absent(tx, new_id(), name, SystemClock().now_us())
        found = organisation_rows.by_name(tx, name)
    if found is None:
        raise NoSuchRow("organisation")
    return found


def system_scope(access: Access, organisation: str | int, actor: Actor | str) -> Scope:
    """The scope of Kontor's own followers and jobs, and of the operator at the command line: every right.

    Args:
        access: the room.
        organisation: name, or number as the journal has it.
        actor: the follower's or job's name; 'os:NAME' is a person at the command line.

    Raises:
        NoSuchRow: no such organisation.
    """
    org_id, name = access.database.read(lambda tx: _organisation(tx, organisation))
    if isinstance(actor, str):
        kind = ActorKind.OPERATOR if actor.startswith(OPERATOR_PREFIX) else ActorKind.SYSTEM
        actor = Actor(kind, 0, actor.removeprefix(OPERATOR_PREFIX))
    return Scope(org_id, name, actor, EVERY_RIGHT)


def default_organisation(organisations: Mapping[int, str]) -> int:
    """Where callers are listed that belong to nobody: the default organisation, or the oldest; 0 without any."""
    by_name = {name: org_id for org_id, name in organisations.items()}
    return by_name.get(DEFAULT_ORGANISATION) or next(iter(organisations), 0)


def door_scope(org_id: int, organisation: str = "") -> Scope:
    """The scope of a door that does not know yet who is calling: holds no right, sees only access's own rows."""
    return Scope(org_id, organisation, Actor(ActorKind.DOOR, 0, "door"), frozenset())


def prove_database(access: Access) -> None:
    """Write an instant and read it back. Raises DatabaseUnavailable, or NoSuchRow before the first organisation."""
    now_us = access.clock.now_us()

    def act(tx: WriteTransaction) -> int | None:
        organisations = organisation_rows.everyone(tx)
        return organisation_rows.prove(tx, organisations[0][0], now_us) if organisations else None

    if access.database.write(act, replayable=True) != now_us:
        raise NoSuchRow("organisation")


def _organisation(tx: ReadTransaction, organisation: str | int) -> tuple[int, str]:
    if isinstance(organisation, int):
        name = organisation_rows.name_of(tx, organisation)
        if name is not None:
            return organisation, name
    else:
        org_id = organisation_rows.by_name(tx, organisation)
        if org_id is not None:
            return org_id, organisation
    raise NoSuchRow("organisation")
