"""Signing in: nobody learns who exists, guessing gets slow, nobody gets in unrecorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.access import account_rows, organisation_rows
from kontor.access.accounts import fold_name
from kontor.access.audit import record, storable
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import WrongCredentials
from kontor.access.organisations import DEFAULT_ORGANISATION, door_scope
from kontor.access.sessions import SessionOpened, begin_session, prepared_session
from kontor.access.throttle import count_attempt, forget_attempt, subjects

if TYPE_CHECKING:
    from kontor.access.account_rows import AccountRecord
    from kontor.access.room import Access
    from kontor.access.scope import Scope
    from kontor.platform.database import ReadTransaction, WriteTransaction


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
    opened = access.database.read(lambda tx: prepared_session(tx, access, scope, account))

    def act(tx: WriteTransaction) -> None:
        begin_session(tx, access, opened, address)
        forget_attempt(tx, access, scope, counted)
        if rehashed is not None:
            account_rows.set_password_hash(tx, scope, account.id, rehashed, access.clock.now_us())

    access.database.write(act)
    return opened


def _organisation(tx: ReadTransaction, name: str) -> tuple[int, str]:
    """Number 0 belongs to nobody: an unknown organisation behaves like an unknown account."""
    return organisation_rows.by_name(tx, storable(name)) or 0, name


def _stored(tx: ReadTransaction, scope: Scope, name: str) -> tuple[AccountRecord | None, str | None]:
    account = account_rows.by_name(tx, scope, name)
    return account, None if account is None else account_rows.password_hash(tx, scope, account.id)


def _record_refusal(access: Access, scope: Scope, account: AccountRecord | None, address: str) -> None:
    """The name is recorded only if there is such an account: people type passwords into the name's field."""
    if scope.org_id:
        subject = "" if account is None else account.name
        record(access, scope, Act.SIGN_IN, subject, Outcome.REFUSED, address=address)
