"""Sessions of people: how they begin, who is behind a cookie, how they end.

A session ends when it was idle for 8 hours or is 24 hours old (settings), when its account is closed or gets another
password. Rights are read anew with every call, so that a changed role holds at once.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kontor.access import account_rows, caller_rows, organisation_rows, session_rows
from kontor.access.audit import append_entry, entry_of
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import SessionExpired
from kontor.access.organisations import door_scope
from kontor.access.rights import rights_of
from kontor.access.scope import Actor, ActorKind, Scope
from kontor.access.secret_texts import digest_of, new_cookie, read_cookie
from kontor.access.session_rows import SessionRecord
from kontor.platform.clock import MICROSECONDS
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from kontor.access.account_rows import AccountRecord
    from kontor.access.room import Access
    from kontor.platform.database import ReadTransaction, WriteTransaction

_SEEN_EVERY_US: Final = 60 * MICROSECONDS
"""A session in use is noted once a minute: idleness is measured in hours, a write for each call would be waste."""


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A session: the secret for the cookie, the token against forged requests, and whose it is."""

    cookie: str = field(repr=False)
    csrf: str = field(repr=False)
    scope: Scope
    session_id: int
    expires_at_us: int


def open_session(access: Access, cookie: str, *, touch: bool = True) -> SessionOpened:
    """The session behind a cookie. `touch` counts as use; background polling must not keep a session alive.

    Raises SessionExpired.
    """
    presented = read_cookie(cookie)
    if presented is None:
        raise SessionExpired("malformed")
    scope = door_scope(presented.org_id)

    caller = access.database.read(lambda tx: caller_rows.by_session(tx, scope, presented.digest))
    if caller is None or not caller.is_open or _is_over(access, caller.presented):
        raise SessionExpired("over")
    stored = caller.presented
    now_us = access.clock.now_us()
    if touch and now_us - stored.seen_at_us >= _SEEN_EVERY_US:
        access.database.write(lambda tx: session_rows.touch_session(tx, scope, stored.id, now_us), replayable=True)
    return SessionOpened(cookie, _csrf(access, cookie), caller.scope, stored.id, stored.expires_at_us)


def session_scope(access: Access, cookie: str) -> Scope:
    """Who is behind a cookie. Raises SessionExpired."""
    return open_session(access, cookie).scope


def end_session(access: Access, cookie: str) -> None:
    """Sign out. A cookie that opens nothing any more is no error."""
    try:
        session = open_session(access, cookie, touch=False)
    except SessionExpired:
        return
    entry = entry_of(access, session.scope, Act.SIGN_OUT, session.scope.actor.name, Outcome.SUCCESS, {})

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)
        session_rows.delete_session(tx, session.scope, session.session_id)

    access.database.write(act)


def scope_of(tx: ReadTransaction, scope: Scope, account: AccountRecord) -> Scope:
    """What an account may do now."""
    roles, restriction = account_rows.grants(tx, scope, account.id)
    organisation = scope.organisation or organisation_rows.name_of(tx, scope.org_id) or ""
    actor = Actor(ActorKind.ACCOUNT, account.id, account.name)
    return Scope(scope.org_id, organisation, actor, rights_of(roles), restriction)


def prepared_session(tx: ReadTransaction, access: Access, scope: Scope, account: AccountRecord) -> SessionOpened:
    """A session of an account that has proved itself; it begins with `begin_session`."""
    cookie = new_cookie(scope.org_id)
    expires_at_us = access.clock.now_us() + access.settings.session_total_s * MICROSECONDS
    return SessionOpened(cookie, _csrf(access, cookie), scope_of(tx, scope, account), new_id(), expires_at_us)


def begin_session(tx: WriteTransaction, access: Access, opened: SessionOpened, address: str) -> None:
    """Let a prepared session begin, audited in the same transaction."""
    scope, now_us = opened.scope, access.clock.now_us()
    actor = scope.actor
    append_entry(tx, access, entry_of(access, scope, Act.SIGN_IN, actor.name, Outcome.SUCCESS, {"address": address}))
    stored = SessionRecord(opened.session_id, actor.id, address, now_us, now_us, opened.expires_at_us)
    session_rows.insert_session(tx, scope, digest_of(opened.cookie), stored)
    session_rows.delete_expired_sessions(tx, scope, now_us)
    account_rows.change(tx, scope, actor.id, {"last_sign_in_at": now_us})


def _is_over(access: Access, stored: SessionRecord) -> bool:
    now_us = access.clock.now_us()
    return now_us >= stored.expires_at_us or now_us - stored.seen_at_us >= access.settings.session_idle_s * MICROSECONDS


def _csrf(access: Access, cookie: str) -> str:
    """Derived, not stored: who reads the database cannot forge it, and any page of the session may ask for it."""
    return hmac.new(access.key_for("csrf"), cookie.encode(), hashlib.sha256).hexdigest()
