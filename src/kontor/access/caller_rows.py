"""Who is behind a secret: one statement brings session or token, account, organisation and grants.

Asked with every call through the web doors, so it is prepared and one instead of four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sqlalchemy import Select, Table, and_, bindparam, select

from kontor.access.account_rows import merged_grants
from kontor.access.rights import rights_of
from kontor.access.scope import Actor, ActorKind, Scope
from kontor.access.session_rows import SessionRecord, TokenRecord
from kontor.access.tables import account, grant_, organisation, session, token
from kontor.platform.database import Prepared

if TYPE_CHECKING:
    from kontor.platform.database import ReadTransaction

Secret = TypeVar("Secret", SessionRecord, TokenRecord)


@dataclass(frozen=True, slots=True)
class CallerRecord(Generic[Secret]):
    """What was presented, whether its account is open, and what that account may do now."""

    presented: Secret
    is_open: bool
    scope: Scope


def _statement(secret: Table, columns: Sequence[str]) -> Select[Any]:
    """One row for each grant, at least one; the first columns are the secret's."""
    account_there = and_(account.c.org_id == secret.c.org_id, account.c.id == secret.c.account)
    granted = and_(grant_.c.org_id == account.c.org_id, grant_.c.account == account.c.id)
    return (
        select(
            *(secret.c[name] for name in columns),
            account.c.name.label("account_name"),
            account.c.open.label("account_open"),
            organisation.c.name.label("organisation_name"),
            grant_.c.role,
            grant_.c.restriction,
        )
        .select_from(
            secret.join(account, account_there)
            .join(organisation, organisation.c.org_id == secret.c.org_id)
            .outerjoin(grant_, granted)
        )
        .where(secret.c.org_id == bindparam("org"), secret.c.secret_digest == bindparam("digest"))
        .order_by(grant_.c.role)
    )


_BY_SESSION: Final = Prepared(_statement(session, ("id", "account", "address", "created_at", "seen_at", "expires_at")))
_BY_TOKEN: Final = Prepared(_statement(token, ("id", "account", "label", "created_at", "expires_at", "last_used_at")))
_SECRET_COLUMNS: Final = 6


def by_session(tx: ReadTransaction, scope: Scope, digest: str) -> CallerRecord[SessionRecord] | None:
    """The session whose secret has this digest, with its account; None where either is gone."""
    rows = tx.all(_BY_SESSION, {"org": scope.org_id, "digest": digest})
    return CallerRecord(SessionRecord(*rows[0][:_SECRET_COLUMNS]), *_account(scope, rows)) if rows else None


def by_token(tx: ReadTransaction, scope: Scope, digest: str) -> CallerRecord[TokenRecord] | None:
    """The token whose secret has this digest, with its account; None where either is gone."""
    rows = tx.all(_BY_TOKEN, {"org": scope.org_id, "digest": digest})
    return CallerRecord(TokenRecord(*rows[0][:_SECRET_COLUMNS]), *_account(scope, rows)) if rows else None


def _account(scope: Scope, rows: Sequence[Any]) -> tuple[bool, Scope]:
    first = rows[0]
    roles, restriction = merged_grants([(row.role, row.restriction) for row in rows if row.role is not None])
    actor = Actor(ActorKind.ACCOUNT, first.account, first.account_name)
    return first.account_open, Scope(scope.org_id, first.organisation_name, actor, rights_of(roles), restriction)
