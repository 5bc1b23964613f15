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
PaneLayout = Literal["1x1", "1x2", "2x1", "2x2"]
Wheel = Literal["images", "zoom"]

ShortText = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
ToolName = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern="^[a-zA-Z]+$")]
CommandName = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
KeyName = Annotated[str, msgspec.Meta(max_length=30)]
Modality = Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
Layouts = Annotated[dict[Modality, PaneLayout], msgspec.Meta(max_length=40)]
Keys = Annotated[dict[CommandName, KeyName], msgspec.Meta(max_length=200)]


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name and password of an account."""

    name: Name
    password: Password
    organisation: Name = "main"


class Mouse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which tool each button of the mouse has on images, and what the wheel does; null is the client's default."""

    left: ToolName | None = None
    middle: ToolName | None = None
    right: ToolName | None = None
    wheel: Wheel | None = None


class Preferences(msgspec.Struct, frozen=True):
    """How somebody wants the client; null follows the browser.

    `layouts` are the panes that were last chosen for a modality, `keys` the changed keys of commands by their name
    (an empty one: the command has no key any more). Both hold only what differs from the client's defaults.
    """

    language: Language | None = None
    density: Density | None = None
    layouts: Layouts | None = None
    mouse: Mouse | None = None
    keys: Keys | None = None


class ChangePreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Preferences to change; what is absent stays."""

    language: Language | msgspec.UnsetType | None = msgspec.UNSET
    density: Density | msgspec.UnsetType | None = msgspec.UNSET
    layouts: Layouts | msgspec.UnsetType | None = msgspec.UNSET
    mouse: Mouse | msgspec.UnsetType | None = msgspec.UNSET
    keys: Keys | msgspec.UnsetType | None = msgspec.UNSET


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
