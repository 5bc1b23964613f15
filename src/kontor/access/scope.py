"""Scope: who asks, for which organisation, with which rights; and the only way to begin a query.

`Scope.select` puts the organisation (and a restriction to modalities, sites or studies) into the SQL, so that no
later code can forget it (`house.md` 3.8). A test compiles statements and looks for the predicate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

import sqlalchemy

from kontor.access.errors import Forbidden

if TYPE_CHECKING:
    from kontor.access.rights import Right

RESTRICTED_BY: Final = "restricted_by"
"""Key in `Table.info`: a function from `Restriction` to a condition on that table's rows, given by the owning room."""


class ActorKind(Enum):
    """Where an actor is registered."""

    ACCOUNT = "account"
    PEER = "peer"
    OPERATOR = "operator"  # a person at the machine's command line
    SYSTEM = "system"  # followers and jobs of Kontor itself
    DOOR = "door"  # nobody known yet: looks up who is calling, holds no rights


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `name` is what the audit shows: login name, AE title, operating system user, follower."""

    kind: ActorKind
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a caller is limited to; an empty set does not limit. Conditions of several kinds must all hold."""

    modalities: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    studies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Organisation, actor and rights of one call. Passed to every room; never stored."""

    org_id: int
    organisation: str
    actor: Actor
    rights: frozenset[Right]
    restriction: Restriction | None = None

    def select(self, table: sqlalchemy.Table, *columns: sqlalchemy.ColumnElement[Any]) -> sqlalchemy.Select[Any]:
        """SELECT of the columns (all without any) of rows that this scope may see.

        A restricted scope on a table that does not say how it is restricted raises Forbidden: closed, not open.
        """
        return sqlalchemy.select(*(columns or (table,))).select_from(table).where(self.condition(table))

    def condition(self, table: sqlalchemy.FromClause) -> sqlalchemy.ColumnElement[bool]:
        """The condition that `select` adds, for joins, UPDATE and DELETE. Aliases of a table are welcome."""
        belongs: sqlalchemy.ColumnElement[bool]
        belongs = table.c.org_id == self.org_id
        if self.restriction is None:
            return belongs
        return sqlalchemy.and_(belongs, _restricted(table, self.restriction))

    def require(self, right: Right) -> None:
        """Raise Forbidden unless the right is held."""
        if right not in self.rights:
            raise Forbidden(right.value)


Limit = Callable[[sqlalchemy.FromClause, Restriction], sqlalchemy.ColumnElement[bool]]


def _restricted(table: sqlalchemy.FromClause, restriction: Restriction) -> sqlalchemy.ColumnElement[bool]:
    original = table.element if isinstance(table, sqlalchemy.Alias) else table
    limit = original.info.get(RESTRICTED_BY) if isinstance(original, sqlalchemy.Table) else None
    if limit is None:
        raise Forbidden("unrestricted")
    return cast("Limit", limit)(table, restriction)


def unrestricted(_table: sqlalchemy.FromClause, _restriction: Restriction) -> sqlalchemy.ColumnElement[bool]:
    """For `Table.info[RESTRICTED_BY]` of tables whose rows tell nothing about patients."""
    return sqlalchemy.true()
