"""Statements on sessions, tokens and attempts to sign in. Who is behind a secret is asked in `caller_rows`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, insert, update

from kontor.access.scope import Scope
from kontor.access.tables import session, sign_in_attempt, token
from kontor.platform.database import ReadTransaction, WriteTransaction

_SESSIONS_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session as stored."""

    id: int
    account: int
    address: str
    created_at_us: int
    seen_at_us: int
    expires_at_us: int


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """A token as stored, without its secret."""

    id: int
    account: int
    label: str
    created_at_us: int
    expires_at_us: int | None
    last_used_at_us: int | None


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """Failed attempts to sign in, of one name or from one address."""

    failures: int
    last_at_us: int
    blocked_until_us: int


def insert_session(tx: WriteTransaction, scope: Scope, digest: str, record: SessionRecord) -> None:
    """Begin a session."""
    values = {
        "org_id": scope.org_id,
        "id": record.id,
        "account": record.account,
        "secret_digest": digest,
        "address": record.address,
        "created_at": record.created_at_us,
        "seen_at": record.seen_at_us,
        "expires_at": record.expires_at_us,
    }
    tx.execute(insert(session), values)


def touch_session(tx: WriteTransaction, scope: Scope, session_id: int, now_us: int) -> None:
    """Note that a session is in use."""
    tx.execute(update(session).where(scope.condition(session), session.c.id == session_id).values(seen_at=now_us))


def delete_session(tx: WriteTransaction, scope: Scope, session_id: int) -> None:
    """End a session."""
    tx.execute(delete(session).where(scope.condition(session), session.c.id == session_id))


def open_sessions_of(
    tx: ReadTransaction, scope: Scope, account_id: int, now_us: int, seen_since_us: int
) -> list[SessionRecord]:
    """Sessions of an account that are neither past their end nor idle for too long, last used first."""
    statement = (
        scope.select(session)
        .where(session.c.account == account_id, session.c.expires_at > now_us, session.c.seen_at > seen_since_us)
        .order_by(session.c.seen_at.desc(), session.c.id)
        .limit(_SESSIONS_SHOWN)
    )
    return [
        SessionRecord(row.id, row.account, row.address, row.created_at, row.seen_at, row.expires_at)
        for row in tx.all(statement)
    ]


def delete_session_of(tx: WriteTransaction, scope: Scope, account_id: int, session_id: int) -> bool:
    """End a session of this account; whether it was there."""
    condition = (scope.condition(session), session.c.account == account_id, session.c.id == session_id)
    return tx.execute(delete(session).where(*condition)).rowcount == 1


def delete_expired_sessions(tx: WriteTransaction, scope: Scope, now_us: int) -> None:
    """Remove sessions past their absolute end."""
    tx.execute(delete(session).where(scope.condition(session), session.c.expires_at <= now_us))


def tokens_of(tx: ReadTransaction, scope: Scope, account_id: int) -> list[TokenRecord]:
    """Tokens of an account, latest first."""
    statement = scope.select(token).where(token.c.account == account_id).order_by(token.c.id.desc())
    return [_token(row) for row in tx.all(statement)]


def insert_token(tx: WriteTransaction, scope: Scope, digest: str, record: TokenRecord) -> None:
    """Make a token."""
    values = {
        "org_id": scope.org_id,
        "id": record.id,
        "account": record.account,
        "secret_digest": digest,
        "label": record.label,
        "created_at": record.created_at_us,
        "expires_at": record.expires_at_us,
    }
    tx.execute(insert(token), values)


def touch_token(tx: WriteTransaction, scope: Scope, token_id: int, now_us: int) -> None:
    """Note that a token was used."""
    tx.execute(update(token).where(scope.condition(token), token.c.id == token_id).values(last_used_at=now_us))


def delete_token(tx: WriteTransaction, scope: Scope, account_id: int, token_id: int) -> bool:
    """Revoke a token of this account; whether it was there."""
    condition = (scope.condition(token), token.c.account == account_id, token.c.id == token_id)
    return tx.execute(delete(token).where(*condition)).rowcount == 1


def attempt(tx: WriteTransaction, scope: Scope, subject: str) -> AttemptRecord | None:
    """Failures of a subject, locked until the end of the transaction so that parallel guesses count one by one."""
    row = tx.first(scope.select(sign_in_attempt).where(sign_in_attempt.c.subject == subject).with_for_update())
    return None if row is None else AttemptRecord(row.failures, row.last_at, row.blocked_until_at)


def begin_attempts(tx: WriteTransaction, scope: Scope, subject: str, now_us: int) -> None:
    """Make a subject's row, unless it is there."""
    values = {"org_id": scope.org_id, "subject": subject, "failures": 0, "last_at": now_us, "blocked_until_at": 0}
    tx.insert_if_absent(sign_in_attempt, values, ["org_id", "subject"])


def set_attempt(tx: WriteTransaction, scope: Scope, subject: str, values: Mapping[str, int]) -> None:
    """Change a subject's row."""
    condition = (scope.condition(sign_in_attempt), sign_in_attempt.c.subject == subject)
    tx.execute(update(sign_in_attempt).where(*condition).values(**values))


def forget_attempts(tx: WriteTransaction, scope: Scope, subject: str) -> None:
    """Forget a subject's failures."""
    condition = (scope.condition(sign_in_attempt), sign_in_attempt.c.subject == subject)
    tx.execute(delete(sign_in_attempt).where(*condition))


def forget_old_attempts(tx: WriteTransaction, scope: Scope, before_us: int) -> None:
    """Forget subjects whose last failure is long ago."""
    tx.execute(delete(sign_in_attempt).where(scope.condition(sign_in_attempt), sign_in_attempt.c.last_at < before_us))


def _token(row: Row[Any]) -> TokenRecord:
    return TokenRecord(row.id, row.account, row.label, row.created_at, row.expires_at, row.last_used_at)
