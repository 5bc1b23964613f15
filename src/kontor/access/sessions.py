"""Sessions of people: signing in, who is behind a cookie, signing out.

A session ends when it was idle for 8 hours or is 24 hours old (settings), when its account is closed or gets another
password. Rights are read anew with every call, so that a changed role holds at once.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kontor.access import account_rows, organisation_rows, session_rows
from kontor.access.accounts import fold_name
from kontor.access.audit import append_entry, entry_of, record, storable
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import SessionExpired, WrongCredentials
from kontor.access.organisations import DEFAULT_ORGANISATION, door_scope
from kontor.access.rights import rights_of
from kontor.access.scope import Actor, ActorKind, Scope
from kontor.access.secret_texts import digest_of, new_cookie, read_cookie
from kontor.access.session_rows import SessionRecord
from kontor.access.throttle import count_attempt, forget_attempt, subjects
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


def authenticate(
    access: Access, name: str, password: str, address: str, organisation: str = DEFAULT_ORGANISATION
) -> SessionOpened:
    """Sign in and open a session.

    Raises:
        LoginThrottled: too many failures of this name or from this address; nothing was looked at.
        WrongCredentials: whatever was wrong.
        AuditUnwritable: nobody signs in unrecorded.
    """
    folded = fold_name(name)
    counted = subjects(access, f"{organisation}/{folded}", address)
    scope = door_scope(*access.database.read(lambda tx: _organisation(tx, organisation)))
    access.database.write(lambda tx: count_attempt(tx, access, scope, counted), replayable=True)
    account, stored = access.database.read(lambda tx: _stored(tx, scope, folded))
    if not access.hashing.verify(stored, password) or account is None or not account.is_open:
        _record_refusal(access, scope, account, address)
        raise WrongCredentials("name or password")
    outdated = access.hashing.is_outdated(stored or "")
    rehashed = access.hashing.hash(password) if outdated else None
    cookie = new_cookie(scope.org_id)
    opened = access.database.read(lambda tx: _opened(tx, access, scope, account, cookie))

    def act(tx: WriteTransaction) -> None:
        _open(tx, access, opened, address)
        forget_attempt(tx, access, scope, counted)
        if rehashed is not None:
            account_rows.set_password_hash(tx, scope, account.id, rehashed, access.clock.now_us())

    access.database.write(act)
    return opened


def open_session(access: Access, cookie: str, *, touch: bool = True) -> SessionOpened:
    """The session behind a cookie. `touch` counts as use; background polling must not keep a session alive.

    Raises SessionExpired.
    """
    presented = read_cookie(cookie)
    if presented is None:
        raise SessionExpired("malformed")
    scope = door_scope(presented.org_id)

    def act(tx: ReadTransaction) -> tuple[SessionRecord, Scope]:
        stored = session_rows.session_by_digest(tx, scope, presented.digest)
        account = None if stored is None else account_rows.by_id(tx, scope, stored.account)
        if stored is None or account is None or not account.is_open or _is_over(access, stored):
            raise SessionExpired("over")
        return stored, scope_of(tx, scope, account)

    stored, caller = access.database.read(act)
    now_us = access.clock.now_us()
    if touch and now_us - stored.seen_at_us >= _SEEN_EVERY_US:
        access.database.write(lambda tx: session_rows.touch_session(tx, scope, stored.id, now_us), replayable=True)
    return SessionOpened(cookie, _csrf(access, cookie), caller, stored.id, stored.expires_at_us)


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


def _organisation(tx: ReadTransaction, name: str) -> tuple[int, str]:
    """Number 0 belongs to nobody: an unknown organisation behaves like an unknown account."""
    return organisation_rows.by_name(tx, storable(name)) or 0, name


def _stored(tx: ReadTransaction, scope: Scope, name: str) -> tuple[AccountRecord | None, str | None]:
    account = account_rows.by_name(tx, scope, name)
    return account, None if account is None else account_rows.password_hash(tx, scope, account.id)


def _opened(tx: ReadTransaction, access: Access, scope: Scope, account: AccountRecord, cookie: str) -> SessionOpened:
    expires_at_us = access.clock.now_us() + access.settings.session_total_s * MICROSECONDS
    return SessionOpened(cookie, _csrf(access, cookie), scope_of(tx, scope, account), new_id(), expires_at_us)


def _open(tx: WriteTransaction, access: Access, opened: SessionOpened, address: str) -> None:
    scope, now_us = opened.scope, access.clock.now_us()
    actor = scope.actor
    append_entry(tx, access, entry_of(access, scope, Act.SIGN_IN, actor.name, Outcome.SUCCESS, {"address": address}))
    stored = SessionRecord(opened.session_id, actor.id, address, now_us, now_us, opened.expires_at_us)
    session_rows.insert_session(tx, scope, digest_of(opened.cookie), stored)
    session_rows.delete_expired_sessions(tx, scope, now_us)
    account_rows.change(tx, scope, actor.id, {"last_sign_in_at": now_us})


def _record_refusal(access: Access, scope: Scope, account: AccountRecord | None, address: str) -> None:
    """The name is recorded only if there is such an account: people type passwords into the name's field."""
    if scope.org_id:
        subject = "" if account is None else account.name
        record(access, scope, Act.SIGN_IN, subject, Outcome.REFUSED, address=address)


def _is_over(access: Access, stored: SessionRecord) -> bool:
    now_us = access.clock.now_us()
    return now_us >= stored.expires_at_us or now_us - stored.seen_at_us >= access.settings.session_idle_s * MICROSECONDS


def _csrf(access: Access, cookie: str) -> str:
    """Derived, not stored: who reads the database cannot forge it, and any page of the session may ask for it."""
    return hmac.new(access.key_for("csrf"), cookie.encode(), hashlib.sha256).hexdigest()
