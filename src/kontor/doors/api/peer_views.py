"""What /api/v1 takes and gives of DICOM peers and of senders that were turned away."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from kontor.doors.api.session_views import ShortText

Service = Literal["store", "find", "move", "get", "commit"]
Refusal = Literal["unknown-calling-ae", "called-ae-not-recognised", "foreign-address", "peer-closed"]
AeTitle = Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
Host = Annotated[str, msgspec.Meta(max_length=253)]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Services = Annotated[list[Service], msgspec.Meta(max_length=5)]


class PeerRow(msgspec.Struct, frozen=True):
    """A registered peer. An empty `host` admits every address, an empty `called_ae_title` means the server's own."""

    id: str
    name: str
    ae_title: str
    called_ae_title: str
    host: str
    port: int | None
    may: list[Service]
    open: bool
    created_at: str
    last_seen_at: str | None


class PeerList(msgspec.Struct, frozen=True):
    """All peers of the organisation, by AE title."""

    items: list[PeerRow]


class CreatePeer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new peer. `host`: name, IP address or network (10.20.7.0/24) from which it may call."""

    ae_title: AeTitle
    name: ShortText = ""
    called_ae_title: Annotated[str, msgspec.Meta(max_length=16)] = ""
    host: Host = ""
    port: Port | None = None
    may: Services = msgspec.field(default_factory=lambda: ["store"])


class ChangePeer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to change; what is absent stays."""

    ae_title: AeTitle | msgspec.UnsetType = msgspec.UNSET
    name: ShortText | msgspec.UnsetType = msgspec.UNSET
    called_ae_title: Annotated[str, msgspec.Meta(max_length=16)] | msgspec.UnsetType = msgspec.UNSET
    host: Host | msgspec.UnsetType = msgspec.UNSET
    port: Port | msgspec.UnsetType | None = msgspec.UNSET
    may: Services | msgspec.UnsetType = msgspec.UNSET
    open: bool | msgspec.UnsetType = msgspec.UNSET


class RefusedSenderRow(msgspec.Struct, frozen=True):
    """A sender that was turned away; nothing of it was stored."""

    id: str
    calling_ae_title: str
    called_ae_title: str
    address: str
    reason: Refusal
    count: int
    first_seen_at: str
    last_seen_at: str


class RefusedSenderList(msgspec.Struct, frozen=True):
    """Senders that were turned away, latest first, at most 1,000."""

    items: list[RefusedSenderRow]


class AdmitSender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Make a refused sender a peer, with the names and the address that it used."""

    name: ShortText = ""
    may: Services = msgspec.field(default_factory=lambda: ["store"])
    port: Port | None = None
