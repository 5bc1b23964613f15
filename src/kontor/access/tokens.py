"""Bearer tokens of programs: 256 random bits shown once, with the rights of their account at the moment of use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kontor.access import caller_rows, session_rows
from kontor.access.accounts import account_named, fold_name, require_own_or_right
from kontor.access.audit import append_entry, entry_of
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import Inadmissible, NoSuchRow, UnknownToken
from kontor.access.organisations import door_scope
from kontor.access.scope import Scope
from kontor.access.secret_texts import digest_of, new_token, read_token
from kontor.access.session_rows import TokenRecord
from kontor.platform.clock import MICROSECONDS
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from kontor.access.room import Access
    from kontor.platform.database import ReadTransaction, WriteTransaction

_USED_EVERY_US: Final = 60 * MICROSECONDS
_LABEL_CHARACTERS: Final = 200
_TOKENS_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was just made; `token` is shown this once."""

    record: TokenRecord
    token: str = field(repr=False)


def create_token(
    access: Access, scope: Scope, name: str, label: str = "", expires_at_us: int | None = None
) -> NewToken:
    """Make a token of the account `name`: one's own, or anybody's with the right to manage accounts.

    Raises NoSuchRow, Inadmissible, Forbidden.
    """
    require_own_or_right(scope, name)
    now_us = access.clock.now_us()
    if len(label) > _LABEL_CHARACTERS:
        raise Inadmissible("label", f"at most {_LABEL_CHARACTERS} characters")
    if expires_at_us is not None and expires_at_us <= now_us:
        raise Inadmissible("expires_at", "lies in the past")
    secret, token_id = new_token(scope.org_id), new_id()
    entry = entry_of(access, scope, Act.CREATE_TOKEN, fold_name(name), Outcome.SUCCESS, {"id": str(token_id)})

    def act(tx: WriteTransaction) -> TokenRecord:
        append_entry(tx, access, entry)
        account = account_named(tx, scope, name)
        if len(session_rows.tokens_of(tx, scope, account.id)) >= _TOKENS_MAX:
            raise Inadmissible("token", f"at most {_TOKENS_MAX} of one account")
        made = TokenRecord(token_id, account.id, label, now_us, expires_at_us, None)
        session_rows.insert_token(tx, scope, digest_of(secret), made)
        return made

    return NewToken(access.database.write(act), secret)


def list_tokens(access: Access, scope: Scope, name: str) -> list[TokenRecord]:
    """Tokens of an account, latest first; never their secrets. Raises NoSuchRow, Forbidden."""
    require_own_or_right(scope, name)

    def act(tx: ReadTransaction) -> list[TokenRecord]:
        return session_rows.tokens_of(tx, scope, account_named(tx, scope, name).id)

    return access.database.read(act)


def revoke_token(access: Access, scope: Scope, name: str, token_id: int) -> None:
    """Make a token worthless at once. Raises NoSuchRow, Forbidden."""
    require_own_or_right(scope, name)
    entry = entry_of(access, scope, Act.REVOKE_TOKEN, fold_name(name), Outcome.SUCCESS, {"id": str(token_id)})

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)
        if not session_rows.delete_token(tx, scope, account_named(tx, scope, name).id, token_id):
            raise NoSuchRow("token")

    access.database.write(act)


def token_scope(access: Access, token: str) -> Scope:
    """Who is behind a bearer token. Raises UnknownToken."""
    presented = read_token(token)
    if presented is None:
        raise UnknownToken("malformed")
    scope = door_scope(presented.org_id)
    now_us = access.clock.now_us()

    caller = access.database.read(lambda tx: caller_rows.by_token(tx, scope, presented.digest))
    if caller is None or not caller.is_open or _is_past(caller.presented, now_us):
        raise UnknownToken("unknown")
    stored = caller.presented
    if now_us - (stored.last_used_at_us or 0) >= _USED_EVERY_US:
        access.database.write(lambda tx: session_rows.touch_token(tx, scope, stored.id, now_us), replayable=True)
    return caller.scope


def _is_past(stored: TokenRecord, now_us: int) -> bool:
    return stored.expires_at_us is not None and now_us >= stored.expires_at_us
