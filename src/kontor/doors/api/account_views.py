"""What /api/v1 takes and gives of accounts and their tokens."""

from __future__ import annotations

from typing import Annotated

import msgspec

from kontor.doors.api.session_views import Name, Password, RoleName, ShortText


class AccountRow(msgspec.Struct, frozen=True):
    """An account; never its password."""

    name: str
    display_name: str
    roles: list[RoleName]
    open: bool
    created_at: str
    last_sign_in_at: str | None
    token_count: int


class AccountList(msgspec.Struct, frozen=True):
    """All accounts of the organisation, by name."""

    items: list[AccountRow]


class CreateAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new account. Without a password one is made and shown once in the answer."""

    name: Name
    roles: Annotated[list[RoleName], msgspec.Meta(min_length=1, max_length=7)]
    display_name: ShortText = ""
    password: Password | None = None


class AccountCreated(msgspec.Struct, frozen=True):
    """The new account and, if Kontor made it, its password: shown this once."""

    account: AccountRow
    password: str | None


class ChangeAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to change; what is absent stays. A closed account cannot sign in, its sessions and tokens end at once."""

    display_name: ShortText | msgspec.UnsetType = msgspec.UNSET
    roles: Annotated[list[RoleName], msgspec.Meta(min_length=1, max_length=7)] | msgspec.UnsetType = msgspec.UNSET
    open: bool | msgspec.UnsetType = msgspec.UNSET


class SetPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new password; null has one made. `current` is needed for one's own account."""

    password: Password | None = None
    current: Password | None = None


class PasswordSet(msgspec.Struct, frozen=True):
    """The password, if Kontor made it: shown this once. All other sessions of the account have ended."""

    password: str | None


class TokenRow(msgspec.Struct, frozen=True):
    """A bearer token; never its secret."""

    id: str
    label: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None


class TokenList(msgspec.Struct, frozen=True):
    """Tokens of one account, latest first."""

    items: list[TokenRow]


class SessionRow(msgspec.Struct, frozen=True):
    """A session that is open now; never its secret. `present`: the one that asks."""

    id: str
    address: str
    created_at: str
    seen_at: str
    expires_at: str
    present: bool


class SessionList(msgspec.Struct, frozen=True):
    """Open sessions of one account, last used first."""

    items: list[SessionRow]


class CreateToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new token with the rights of its account; null lasts until it is revoked."""

    label: ShortText = ""
    expires_in_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] | None = None


class TokenCreated(msgspec.Struct, frozen=True):
    """The token's row and its secret: shown this once."""

    token: TokenRow
    secret: str
