"""Statements on accounts, their credentials and grants."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, insert, update

from kontor.access.rights import Role
from kontor.access.scope import Restriction, Scope
from kontor.access.tables import account, credential, grant_, session, token
from kontor.platform.database import ReadTransaction, WriteTransaction


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account as stored, without its password."""

    id: int
    name: str
    display_name: str
    is_open: bool
    preferences: str  # JSON object
    created_at_us: int
    last_sign_in_at_us: int | None


def by_name(tx: ReadTransaction, scope: Scope, name: str) -> AccountRecord | None:
    """The account of this name, folded by the caller."""
    return _record(tx.first(scope.select(account).where(account.c.name == name)))


def by_id(tx: ReadTransaction, scope: Scope, account_id: int) -> AccountRecord | None:
    """The account with this number."""
    return _record(tx.first(scope.select(account).where(account.c.id == account_id)))


def everyone(tx: ReadTransaction, scope: Scope) -> list[AccountRecord]:
    """All accounts, by name."""
    rows = tx.all(scope.select(account).order_by(account.c.name))
    return [record for row in rows if (record := _record(row)) is not None]


def insert_if_absent(tx: WriteTransaction, scope: Scope, record: AccountRecord) -> bool:
    """Make an account unless its name is taken."""
    values = {
        "org_id": scope.org_id,
        "id": record.id,
        "name": record.name,
        "display_name": record.display_name,
        "open": record.is_open,
        "preferences": record.preferences,
        "created_at": record.created_at_us,
    }
    return tx.insert_if_absent(account, values, ["org_id", "name"])


def change(tx: WriteTransaction, scope: Scope, account_id: int, values: Mapping[str, object]) -> None:
    """Set columns of an account."""
    if values:
        tx.execute(update(account).where(scope.condition(account), account.c.id == account_id).values(**values))


def password_hash(tx: ReadTransaction, scope: Scope, account_id: int) -> str | None:
    """The stored argon2id string."""
    found: str | None = tx.scalar(
        scope.select(credential, credential.c.password_hash).where(credential.c.account == account_id)
    )
    return found


def set_password_hash(tx: WriteTransaction, scope: Scope, account_id: int, hashed: str, now_us: int) -> None:
    """Replace the stored argon2id string."""
    tx.execute(delete(credential).where(scope.condition(credential), credential.c.account == account_id))
    values = {"org_id": scope.org_id, "account": account_id, "password_hash": hashed, "set_at": now_us}
    tx.execute(insert(credential), values)


def grants(tx: ReadTransaction, scope: Scope, account_id: int) -> tuple[list[Role], Restriction | None]:
    """The roles of an account, sorted, and what it is restricted to."""
    rows = tx.all(scope.select(grant_).where(grant_.c.account == account_id).order_by(grant_.c.role))
    return merged_grants([(row.role, row.restriction) for row in rows])


def merged_grants(rows: Sequence[tuple[str, str]]) -> tuple[list[Role], Restriction | None]:
    """Roles and restriction of an account from its grants as stored.

    Where several grants limit one thing, only what all of them allow is allowed.
    """
    restriction: Restriction | None = None
    for _, limit in rows:
        if limit:
            restriction = _both(restriction, _restriction(limit))
    return [Role(role) for role, _ in rows], restriction


def all_roles(tx: ReadTransaction, scope: Scope) -> dict[int, list[Role]]:
    """Roles of every account, for lists."""
    found: dict[int, list[Role]] = {}
    for row in tx.all(scope.select(grant_, grant_.c.account, grant_.c.role).order_by(grant_.c.account, grant_.c.role)):
        found.setdefault(row.account, []).append(Role(row.role))
    return found


def set_roles(
    tx: WriteTransaction, scope: Scope, account_id: int, roles: Iterable[Role], restriction: Restriction | None
) -> None:
    """Replace the roles of an account."""
    tx.execute(delete(grant_).where(scope.condition(grant_), grant_.c.account == account_id))
    limit = "" if restriction is None else _restriction_text(restriction)
    rows = [
        {"org_id": scope.org_id, "account": account_id, "role": role.value, "restriction": limit}
        for role in sorted(set(roles), key=lambda role: role.value)
    ]
    tx.execute(insert(grant_), rows)


def open_accounts_with(tx: ReadTransaction, scope: Scope, role: Role) -> list[int]:
    """Open accounts that hold a role. Locks nothing: callers that decide by it hold the audit's head."""
    statement = (
        scope.select(account, account.c.id)
        .join(grant_, (grant_.c.org_id == account.c.org_id) & (grant_.c.account == account.c.id))
        .where(grant_.c.role == role.value, account.c.open.is_(True))
    )
    return [row.id for row in tx.all(statement)]


def token_counts(tx: ReadTransaction, scope: Scope) -> dict[int, int]:
    """Tokens of every account that has any."""
    rows = tx.all(scope.select(token, token.c.account, func.count().label("tokens")).group_by(token.c.account))
    return {row.account: row.tokens for row in rows}


def is_empty(tx: ReadTransaction, scope: Scope) -> bool:
    """Whether the organisation has no account yet."""
    return tx.first(scope.select(account, account.c.id).limit(1)) is None


def end_sessions(tx: WriteTransaction, scope: Scope, account_id: int, *, but: int | None = None) -> None:
    """End every session of an account, except one."""
    statement = delete(session).where(scope.condition(session), session.c.account == account_id)
    tx.execute(statement if but is None else statement.where(session.c.id != but))


def _record(row: Row[Any] | None) -> AccountRecord | None:
    if row is None:
        return None
    return AccountRecord(
        row.id, row.name, row.display_name, row.open, row.preferences, row.created_at, row.last_sign_in_at
    )


def _restriction(text: str) -> Restriction:
    parts = json.loads(text)
    return Restriction(*(frozenset(parts.get(name, ())) for name in ("modalities", "sites", "studies")))


def _restriction_text(restriction: Restriction) -> str:
    parts = {name: sorted(getattr(restriction, name)) for name in ("modalities", "sites", "studies")}
    return json.dumps({name: values for name, values in parts.items() if values}, sort_keys=True)


def _both(one: Restriction | None, other: Restriction) -> Restriction:
    if one is None:
        return other
    return Restriction(
        _common(one.modalities, other.modalities), _common(one.sites, other.sites), _common(one.studies, other.studies)
    )


_NOTHING = "\x00none"  # no modality, site or study has this name: limits to nothing, where '' would not limit


def _common(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    if not one or not other:
        return one | other
    return one & other or frozenset({_NOTHING})
