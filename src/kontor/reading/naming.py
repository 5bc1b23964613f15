"""Whose work it is and which study it is about: what every act of this room asks first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kontor.access import ActorKind, Forbidden
from kontor.archive import Attribute, Condition, Level, Match, NotThere, Query, find, of_study

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive import Archive, InstanceRow, StudyRow
    from kontor.dicom.values import Uid

_CLIENT_MADE: Final = re.compile(r"[0-9a-f]{32}")


def account_of(scope: Scope) -> int:
    """The account whose work it is. Raises Forbidden for callers that are no person: they have none."""
    if scope.actor.kind is not ActorKind.ACCOUNT:
        raise Forbidden("account")
    return scope.actor.id


def client_made(identifier: str) -> str:
    """An identifier as clients make them, 32 lower-case hexadecimal digits. Raises NotThere for what cannot be one."""
    if _CLIENT_MADE.fullmatch(identifier) is None:
        raise NotThere("no such identifier")
    return identifier


def visible_study(archive: Archive, scope: Scope, study: Uid, study_row: int | None) -> StudyRow:
    """The study, if this scope may see it. Raises Forbidden, NotThere."""
    found = find(archive, scope, Query(Level.STUDY, of_study(study, study_row), limit=1)).rows
    if not found:
        raise NotThere("no such study")
    row: StudyRow = found[0]
    return row


def visible_instance(archive: Archive, scope: Scope, study: Uid, study_row: int | None, sop: Uid) -> InstanceRow:
    """The instance in that study, if this scope may see it. Raises Forbidden, NotThere."""
    named = (*of_study(study, study_row), Condition(Attribute.SOP_INSTANCE_UID, Match.EQUAL, (sop,)))
    found = find(archive, scope, Query(Level.INSTANCE, named, limit=1)).rows
    if not found:
        raise NotThere("no such instance")
    row: InstanceRow = found[0]
    return row
