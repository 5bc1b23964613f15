"""/api/v1/accounts: accounts, passwords, tokens. Each act is audited where it happens, in `kontor.access`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kontor.access import (
    Account,
    Right,
    TokenRecord,
    WrongCredentials,
    change_account,
    create_account,
    create_token,
    describe_account,
    end_session_of,
    list_accounts,
    list_sessions,
    list_tokens,
    open_session,
    revoke_token,
    set_password,
)
from kontor.doors.api.account_views import (
    AccountCreated,
    AccountList,
    AccountRow,
    ChangeAccount,
    CreateAccount,
    CreateToken,
    PasswordSet,
    SessionList,
    SessionRow,
    SetPassword,
    TokenCreated,
    TokenList,
    TokenRow,
)
from kontor.doors.http import Answer, Endpoint, Entry, Problem
from kontor.platform.clock import MICROSECONDS, as_iso

if TYPE_CHECKING:
    from kontor.doors.http import Call

_DAY_US = 24 * 3600 * MICROSECONDS
_MANAGE = Right.MANAGE_ACCOUNTS


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table. Passwords and tokens of one's own need no right: `kontor.access` decides."""
    own = Entry.SIGNED_IN
    changing = ("not-found", "inadmissible")
    return (
        Endpoint("GET", "/accounts", _list, _MANAGE, "listAccounts", "All accounts", answer=AccountList),
        Endpoint(
            "POST", "/accounts", _create, _MANAGE, "createAccount", "Make an account",
            body=CreateAccount, answer=AccountCreated, status=201, problems=("name-taken", "inadmissible"),
        ),
        Endpoint(
            "PATCH", "/accounts/{name}", _change, _MANAGE, "changeAccount", "Change roles, name or state of an account",
            body=ChangeAccount, answer=AccountRow, problems=("last-administrator", *changing),
        ),
        Endpoint(
            "POST", "/accounts/{name}/password", _set_password, own, "setPassword",
            "Set a password; the other sessions end",
            body=SetPassword, answer=PasswordSet, problems=("wrong-password", "too-many-attempts", *changing),
        ),
        Endpoint(
            "GET", "/accounts/{name}/sessions", _list_sessions, own, "listSessions", "Open sessions of an account",
            answer=SessionList, problems=("not-found",),
        ),
        Endpoint(
            "DELETE", "/accounts/{name}/sessions/{id}", _end_session, own, "endSession", "End a session at once",
            status=204, problems=("not-found",),
        ),
        Endpoint(
            "GET", "/accounts/{name}/tokens", _list_tokens, own, "listTokens", "Tokens of an account",
            answer=TokenList, problems=("not-found",),
        ),
        Endpoint(
            "POST", "/accounts/{name}/tokens", _create_token, own, "createToken", "Make a token, shown once",
            body=CreateToken, answer=TokenCreated, status=201, problems=changing,
        ),
        Endpoint(
            "DELETE", "/accounts/{name}/tokens/{id}", _revoke_token, own, "revokeToken", "Make a token worthless",
            status=204, problems=("not-found",),
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    return Answer(AccountList([_row(account) for account in list_accounts(call.access, call.scope)]))


def _create(call: Call) -> Answer:
    wanted = call.body(CreateAccount)
    password = create_account(
        call.access, call.scope, wanted.name, wanted.roles, wanted.password, display_name=wanted.display_name
    )
    account = describe_account(call.access, call.scope, wanted.name)
    return Answer(AccountCreated(_row(account), password if wanted.password is None else None))


def _change(call: Call) -> Answer:
    wanted, name = call.body(ChangeAccount), call.path("name")
    change_account(
        call.access,
        call.scope,
        name,
        display_name=None if wanted.display_name is msgspec.UNSET else wanted.display_name,
        roles=None if wanted.roles is msgspec.UNSET else wanted.roles,
        is_open=None if wanted.open is msgspec.UNSET else wanted.open,
    )
    return Answer(_row(describe_account(call.access, call.scope, name)))


def _set_password(call: Call) -> Answer:
    wanted = call.body(SetPassword)
    session = _present_session(call)
    try:
        password = set_password(
            call.access, call.scope, call.path("name"), wanted.password, current=wanted.current, kept_session=session
        )
    except WrongCredentials as error:
        raise Problem("wrong-password") from error
    return Answer(PasswordSet(password if wanted.password is None else None))


def _present_session(call: Call) -> int | None:
    cookie = call.session_cookie
    return open_session(call.access, cookie, touch=False).session_id if cookie else None


def _list_sessions(call: Call) -> Answer:
    present = _present_session(call)
    rows = [
        SessionRow(
            id=str(record.id),
            address=record.address,
            created_at=as_iso(record.created_at_us),
            seen_at=as_iso(record.seen_at_us),
            expires_at=as_iso(record.expires_at_us),
            present=record.id == present,
        )
        for record in list_sessions(call.access, call.scope, call.path("name"))
    ]
    return Answer(SessionList(rows))


def _end_session(call: Call) -> Answer:
    end_session_of(call.access, call.scope, call.path("name"), call.path_number("id"))
    return Answer()


def _list_tokens(call: Call) -> Answer:
    return Answer(TokenList([_token(token) for token in list_tokens(call.access, call.scope, call.path("name"))]))


def _create_token(call: Call) -> Answer:
    wanted = call.body(CreateToken)
    days = wanted.expires_in_days
    expires_at_us = None if days is None else call.access.clock.now_us() + days * _DAY_US
    made = create_token(call.access, call.scope, call.path("name"), wanted.label, expires_at_us)
    return Answer(TokenCreated(_token(made.record), made.token))


def _revoke_token(call: Call) -> Answer:
    revoke_token(call.access, call.scope, call.path("name"), call.path_number("id"))
    return Answer()


def _row(account: Account) -> AccountRow:
    record = account.record
    return AccountRow(
        name=record.name,
        display_name=record.display_name,
        roles=[role.value for role in account.roles],
        open=record.is_open,
        created_at=as_iso(record.created_at_us),
        last_sign_in_at=None if record.last_sign_in_at_us is None else as_iso(record.last_sign_in_at_us),
        token_count=account.token_count,
    )


def _token(record: TokenRecord) -> TokenRow:
    return TokenRow(
        id=str(record.id),
        label=record.label,
        created_at=as_iso(record.created_at_us),
        expires_at=None if record.expires_at_us is None else as_iso(record.expires_at_us),
        last_used_at=None if record.last_used_at_us is None else as_iso(record.last_used_at_us),
    )
