"""The sessions of an account that are open now, and how somebody ends one: one's own elsewhere, or anybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.access import session_rows
from kontor.access.accounts import account_named, fold_name, require_own_or_right
from kontor.access.audit import append_entry, entry_of
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import NoSuchRow
from kontor.access.session_rows import SessionRecord
from kontor.platform.clock import MICROSECONDS

if TYPE_CHECKING:
    from kontor.access.room import Access
    from kontor.access.scope import Scope
    from kontor.platform.database import ReadTransaction, WriteTransaction


def list_sessions(access: Access, scope: Scope, name: str) -> list[SessionRecord]:
    """Sessions of an account that still hold, last used first. Raises NoSuchRow, Forbidden."""
    require_own_or_right(scope, name)
    now_us, idle_us = access.clock.now_us(), access.settings.session_idle_s * MICROSECONDS

    def act(tx: ReadTransaction) -> list[SessionRecord]:
        account = account_named(tx, scope, name)
        return session_rows.open_sessions_of(tx, scope, account.id, now_us, now_us - idle_us)

    return access.database.read(act)


def end_session_of(access: Access, scope: Scope, name: str, session_id: int) -> None:
    """End a session at once, wherever it is open. Raises NoSuchRow, Forbidden."""
    require_own_or_right(scope, name)
    entry = entry_of(access, scope, Act.END_SESSION, fold_name(name), Outcome.SUCCESS, {"id": str(session_id)})

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)
        if not session_rows.delete_session_of(tx, scope, account_named(tx, scope, name).id, session_id):
            raise NoSuchRow("session")

    access.database.write(act)
