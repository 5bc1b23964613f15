"""What /api/v1/session takes and gives."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

RoleName = Literal["reader", "technologist", "chief", "admin", "auditor", "service", "referrer"]
RightName = Literal[
    "find", "read", "store", "import", "settle", "promote", "move", "get", "commit",
    "manage-accounts", "manage-peers", "operate", "audit",
]  # fmt: skip
Language = Literal["de", "en"]
Density = Literal["comfortable", "compact"]

ShortText = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name and password of an account."""

    name: Name
    password: Password
    organisation: Name = "main"


class Preferences(msgspec.Struct, frozen=True):
    """How somebody wants the client; null follows the browser."""

    language: Language | None = None
    density: Density | None = None


class ChangePreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Preferences to change; what is absent stays."""

    language: Language | msgspec.UnsetType | None = msgspec.UNSET
    density: Density | msgspec.UnsetType | None = msgspec.UNSET


class SessionView(msgspec.Struct, frozen=True):
    """Who is signed in. `csrf` goes into X-Kontor-CSRF of every changing request; empty for tokens."""

    name: str
    display_name: str
    organisation: str
    roles: list[RoleName]
    rights: list[RightName]
    csrf: str
    expires_at: str | None
    preferences: Preferences
    version: str
