"""Statements on saved views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from kontor.platform.database import order_writers
from kontor.reading.tables import view

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.platform.database import ReadTransaction, WriteTransaction

_KEY = ("org_id", "account", "id")


@dataclass(frozen=True, slots=True)
class View:
    """A filter of the worklist under a name. `filter` is the query of the list's address."""

    id: str
    name: str
    filter: str
    position: int


def take_turn(tx: WriteTransaction, account: int) -> None:
    """Let the writes of one account follow one another."""
    tx.execute(order_writers(tx.dialect_name, account))


def of_account(tx: ReadTransaction, scope: Scope, account: int) -> list[View]:
    """An account's views by position, then name."""
    columns = (view.c.id, view.c.name, view.c.filter, view.c.position)
    mine = scope.select(view, *columns).where(view.c.account == account)
    return [View(*row) for row in tx.all(mine.order_by(view.c.position, view.c.name, view.c.id))]


def write(tx: WriteTransaction, scope: Scope, account: int, wanted: View) -> None:
    """Make the view, or make it what it is to be."""
    said = {"name": wanted.name, "filter": wanted.filter, "position": wanted.position}
    key = {"org_id": scope.org_id, "account": account, "id": wanted.id}
    if not tx.insert_if_absent(view, key | said, _KEY):
        own = (view.c.account == account, view.c.id == wanted.id)
        tx.execute(update(view).where(scope.condition(view), *own).values(**said))


def remove(tx: WriteTransaction, scope: Scope, account: int, identifier: str) -> bool:
    """Remove a view. Return whether it was there."""
    own = (view.c.account == account, view.c.id == identifier)
    return tx.execute(delete(view).where(scope.condition(view), *own)).rowcount > 0
