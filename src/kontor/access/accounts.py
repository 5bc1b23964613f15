"""Accounts: who may sign in, as what. Every change is audited in the transaction that makes it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kontor.access import account_rows
from kontor.access.account_rows import AccountRecord
from kontor.access.audit import append_entry, entry_of, storable
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import AlreadyThere, Inadmissible, LastAdministrator, NoSuchRow, WrongCredentials
from kontor.access.organisations import DEFAULT_ORGANISATION, system_scope
from kontor.access.passwords import check_password, generated_password
from kontor.access.rights import FIRST_ADMINISTRATOR, Right, Role
from kontor.access.scope import ActorKind, Restriction, Scope
from kontor.access.throttle import count_attempt, forget_attempt, subjects
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from kontor.access.room import Access
    from kontor.platform.database import ReadTransaction, WriteTransaction

FIRST_ACCOUNT_NAME: Final = "admin"
_NAME: Final = re.compile(r"[\w][\w.@-]{0,63}")
_PREFERENCES_CHARACTERS: Final = 32_768


@dataclass(frozen=True, slots=True)
class Account:
    """An account as administrators and its owner see it."""

    record: AccountRecord
    roles: tuple[Role, ...]
    restriction: Restriction | None
    token_count: int = 0

    @property
    def preferences(self) -> Mapping[str, object]:
        """What the client stored for this person."""
        stored: Mapping[str, object] = json.loads(self.record.preferences or "{}")
        return stored


def fold_name(text: str) -> str:
    """An account's name as stored and compared: NFKC, case folded, without what no database can keep."""
    return unicodedata.normalize("NFKC", storable(text).strip()).casefold()


def create_account(
    access: Access,
    scope: Scope,
    name: str,
    roles: Iterable[Role | str],
    password: str | None = None,
    *,
    display_name: str = "",
    restriction: Restriction | None = None,
) -> str:
    """Make an account and return its password: the given one, or a generated one that is stored nowhere.

    Raises AlreadyThere, Inadmissible, Forbidden.
    """
    scope.require(Right.MANAGE_ACCOUNTS)
    secret = generated_password() if password is None else password
    record = _new_record(access, name, display_name)
    granted = parse_roles(roles)
    check_password(secret, record.name)
    hashed = access.hashing.hash(secret)
    detail = {"roles": [role.value for role in granted]}
    entry = entry_of(access, scope, Act.CREATE_ACCOUNT, record.name, Outcome.SUCCESS, detail)

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)
        if not account_rows.insert_if_absent(tx, scope, record):
            raise AlreadyThere("an account")
        account_rows.set_password_hash(tx, scope, record.id, hashed, record.created_at_us)
        account_rows.set_roles(tx, scope, record.id, granted, restriction)

    access.database.write(act)
    return secret


def first_administrator(access: Access, organisation: str = DEFAULT_ORGANISATION) -> tuple[str, str] | None:
    """Make an administrator of an organisation in which nobody is one: (name, password); None when somebody is.

    The password is generated, returned this once and stored nowhere. None as well when another role's account has
    taken the name.
    """
    scope = system_scope(access, organisation, "start")
    roles = access.database.read(lambda tx: account_rows.all_roles(tx, scope))
    if any(Role.ADMIN in of_one for of_one in roles.values()):
        return None
    try:
        password = create_account(access, scope, FIRST_ACCOUNT_NAME, FIRST_ADMINISTRATOR, display_name="Administrator")
    except AlreadyThere:  # or another process was first, and showed the password
        return None
    return FIRST_ACCOUNT_NAME, password


def list_accounts(access: Access, scope: Scope) -> list[Account]:
    """All accounts of the organisation, by name."""
    scope.require(Right.MANAGE_ACCOUNTS)

    def act(tx: ReadTransaction) -> list[Account]:
        roles, tokens = account_rows.all_roles(tx, scope), account_rows.token_counts(tx, scope)
        return [
            Account(record, tuple(roles.get(record.id, ())), None, tokens.get(record.id, 0))
            for record in account_rows.everyone(tx, scope)
        ]

    return access.database.read(act)


def describe_account(access: Access, scope: Scope, name: str | None = None) -> Account:
    """One account: the caller's own without a name. Raises NoSuchRow."""
    if name is None:
        if scope.actor.kind is not ActorKind.ACCOUNT:
            raise NoSuchRow("account")
        return access.database.read(lambda tx: _described(tx, scope, account_rows.by_id(tx, scope, scope.actor.id)))
    scope.require(Right.MANAGE_ACCOUNTS)
    folded = fold_name(name)
    return access.database.read(lambda tx: _described(tx, scope, account_rows.by_name(tx, scope, folded)))


def change_account(
    access: Access,
    scope: Scope,
    name: str,
    *,
    display_name: str | None = None,
    roles: Iterable[Role | str] | None = None,
    is_open: bool | None = None,
) -> None:
    """Change an account; None leaves as it is. Closing it ends its sessions; tokens stop with it.

    Raises NoSuchRow, LastAdministrator, Inadmissible, Forbidden.
    """
    scope.require(Right.MANAGE_ACCOUNTS)
    granted = None if roles is None else parse_roles(roles)
    columns: dict[str, object] = {} if is_open is None else {"open": is_open}
    columns |= {} if display_name is None else {"display_name": display_name.strip()}
    detail: dict[str, bool | list[str]] = {} if granted is None else {"roles": [role.value for role in granted]}
    detail |= {} if is_open is None else {"open": is_open}
    entry = entry_of(access, scope, Act.CHANGE_ACCOUNT, fold_name(name), Outcome.SUCCESS, detail)

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)  # holds the audit's head: concurrent changes see each other
        account = account_named(tx, scope, name)
        administrators = account_rows.open_accounts_with(tx, scope, Role.ADMIN)
        _, restriction = account_rows.grants(tx, scope, account.id)
        account_rows.change(tx, scope, account.id, columns)
        if granted is not None:
            account_rows.set_roles(tx, scope, account.id, granted, restriction)
        if is_open is False:
            account_rows.end_sessions(tx, scope, account.id)
        if administrators and not account_rows.open_accounts_with(tx, scope, Role.ADMIN):
            raise LastAdministrator("no open account would manage accounts")

    access.database.write(act)


def set_password(
    access: Access,
    scope: Scope,
    name: str,
    password: str | None = None,
    *,
    current: str | None = None,
    kept_session: int | None = None,
) -> str:
    """Set a password and return it; without one it is generated. All sessions of the account end, but one's own kept.

    One's own needs the current one; somebody else's needs the right to manage accounts.
    Raises NoSuchRow, WrongCredentials, Inadmissible, Forbidden.
    """
    folded = fold_name(name)
    secret = generated_password() if password is None else password
    check_password(secret, folded)
    own = scope.actor.kind is ActorKind.ACCOUNT and scope.actor.name == folded
    if own:
        _check_current(access, scope, current)
    else:
        scope.require(Right.MANAGE_ACCOUNTS)
    hashed = access.hashing.hash(secret)
    entry = entry_of(access, scope, Act.SET_PASSWORD, folded, Outcome.SUCCESS, {"generated": password is None})

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)
        account = _found(account_rows.by_name(tx, scope, folded))
        account_rows.set_password_hash(tx, scope, account.id, hashed, access.clock.now_us())
        account_rows.end_sessions(tx, scope, account.id, but=kept_session if own else None)

    access.database.write(act)
    return secret


def set_preferences(access: Access, scope: Scope, changes: Mapping[str, object]) -> Account:
    """Change preferences of the caller's own account; None removes one. Not audited: it tells nothing of patients."""
    account = describe_account(access, scope)
    kept = {name: value for name, value in {**account.preferences, **changes}.items() if value is not None}
    text = json.dumps(kept, sort_keys=True)
    if len(text) > _PREFERENCES_CHARACTERS:
        raise Inadmissible("preferences", "too long")
    access.database.write(lambda tx: account_rows.change(tx, scope, account.record.id, {"preferences": text}))
    return replace(account, record=replace(account.record, preferences=text))


def parse_roles(roles: Iterable[Role | str]) -> tuple[Role, ...]:
    """Roles by name, each once, sorted. Raises Inadmissible for an unknown one and for none at all."""
    try:
        found = {role if isinstance(role, Role) else Role(role) for role in roles}
    except ValueError as error:
        known = ", ".join(role.value for role in Role)
        raise Inadmissible("roles", f"known roles are {known}") from error
    if not found:
        raise Inadmissible("roles", "at least one")
    return tuple(sorted(found, key=lambda role: role.value))


def require_own_or_right(scope: Scope, name: str) -> None:
    """What belongs to an account is its owner's and those' who manage accounts. Raises Forbidden."""
    own = scope.actor.kind is ActorKind.ACCOUNT and scope.actor.name == fold_name(name)
    if not own:
        scope.require(Right.MANAGE_ACCOUNTS)


def account_named(tx: ReadTransaction, scope: Scope, name: str) -> AccountRecord:
    """The account of this name. Raises NoSuchRow."""
    return _found(account_rows.by_name(tx, scope, fold_name(name)))


def _new_record(access: Access, name: str, display_name: str) -> AccountRecord:
    folded = fold_name(name)
    if _NAME.fullmatch(folded) is None:
        raise Inadmissible("name", "letters, digits, dot, hyphen, underscore, at sign; at most 64")
    return AccountRecord(
        new_id(), folded, display_name.strip() or name.strip(), True, "{}", access.clock.now_us(), None
    )


def _described(tx: ReadTransaction, scope: Scope, record: AccountRecord | None) -> Account:
    account = _found(record)
    roles, restriction = account_rows.grants(tx, scope, account.id)
    return Account(account, tuple(roles), restriction, account_rows.token_counts(tx, scope).get(account.id, 0))


def _found(record: AccountRecord | None) -> AccountRecord:
    if record is None:
        raise NoSuchRow("account")
    return record


def _check_current(access: Access, scope: Scope, current: str | None) -> None:
    counted = subjects(access, scope.actor.name, "")
    access.database.write(lambda tx: count_attempt(tx, access, scope, counted), replayable=True)
    stored = access.database.read(lambda tx: account_rows.password_hash(tx, scope, scope.actor.id))
    if not access.hashing.verify(stored, current or ""):
        raise WrongCredentials("current password")
    access.database.write(lambda tx: forget_attempt(tx, access, scope, counted), replayable=True)
