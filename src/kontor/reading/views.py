"""Saved views: an account's own filters of the worklist, each under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import Inadmissible, Right
from kontor.archive import NotThere
from kontor.reading import view_rows
from kontor.reading.naming import account_of, client_made
from kontor.reading.view_rows import View

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive import Archive
    from kontor.platform.database import WriteTransaction

VIEWS_MAX: Final = 50
NAME_MAX: Final = 80
FILTER_MAX: Final = 2_000
POSITION_MAX: Final = 1_000_000


def views_of(archive: Archive, scope: Scope) -> list[View]:
    """The caller's own views by position, then name. Raises Forbidden."""
    scope.require(Right.FIND)
    account = account_of(scope)
    return archive.database.read(lambda tx: view_rows.of_account(tx, scope, account))


def save_view(archive: Archive, scope: Scope, wanted: View) -> View:
    """Keep a view under its id, made by the client: 32 hexadecimal digits. Committed when it returns.

    Raises:
        Forbidden: the scope may not find, or is no account's.
        NotThere: the id cannot be one.
        Inadmissible: no name, something too long, or too many views.
    """
    scope.require(Right.FIND)
    account, view = account_of(scope), _checked(wanted)

    def act(tx: WriteTransaction) -> None:
        view_rows.take_turn(tx, account)
        others = [one for one in view_rows.of_account(tx, scope, account) if one.id != view.id]
        if len(others) >= VIEWS_MAX:
            raise Inadmissible("id", f"at most {VIEWS_MAX} views")
        view_rows.write(tx, scope, account, view)

    archive.database.write(act)
    return view


def remove_view(archive: Archive, scope: Scope, identifier: str) -> None:
    """Remove one of the caller's own views.

    Raises:
        Forbidden: the scope may not find, or is no account's.
        NotThere: the caller has no such view.
    """
    scope.require(Right.FIND)
    account, name = account_of(scope), client_made(identifier)
    if not archive.database.write(lambda tx: view_rows.remove(tx, scope, account, name)):
        raise NotThere("no such view")


def _checked(wanted: View) -> View:
    name = wanted.name.strip()
    if not 1 <= len(name) <= NAME_MAX:
        raise Inadmissible("name", f"1 to {NAME_MAX} characters")
    if len(wanted.filter) > FILTER_MAX:
        raise Inadmissible("filter", f"at most {FILTER_MAX} characters")
    if abs(wanted.position) > POSITION_MAX:
        raise Inadmissible("position", f"at most {POSITION_MAX}")
    return View(client_made(wanted.id), name, wanted.filter, wanted.position)
