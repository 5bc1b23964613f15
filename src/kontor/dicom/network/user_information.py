"""User information of an association: PS3.8 annex D.1 and PS3.7 annex D.3.3, items 51 to 59."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import IntEnum

from kontor.dicom.network.errors import RemoteProtocolError
from kontor.dicom.network.items import (
    decode_uid,
    encode_counted,
    encode_item,
    encode_uid,
    take_counted,
    walk_items,
)
from kontor.dicom.values import Uid

_MAXIMUM_LENGTH, _IMPLEMENTATION_CLASS, _ASYNC_WINDOW, _ROLE = 0x51, 0x52, 0x53, 0x54
_IMPLEMENTATION_VERSION, _EXTENDED, _COMMON_EXTENDED, _IDENTITY, _IDENTITY_ANSWER = 0x55, 0x56, 0x57, 0x58, 0x59
_LONG = struct.Struct(">L")
_WINDOW = struct.Struct(">HH")


@dataclass(frozen=True, slots=True)
class AsyncWindow:
    """Operations that may be outstanding, 0 means any number (PS3.7 D.3.3.3). Absent means 1 and 1."""

    invoked: int
    performed: int


@dataclass(frozen=True, slots=True)
class RoleSelection:
    """Roles of the requestor for one SOP class (PS3.7 D.3.3.4)."""

    sop_class_uid: Uid
    scu: bool
    scp: bool


@dataclass(frozen=True, slots=True)
class ExtendedNegotiation:
    """Application information of one SOP class, uninterpreted (PS3.7 D.3.3.5)."""

    sop_class_uid: Uid
    information: bytes


@dataclass(frozen=True, slots=True)
class CommonExtendedNegotiation:
    """Service class and related general classes of a SOP class (PS3.7 D.3.3.6)."""

    sop_class_uid: Uid
    service_class_uid: Uid
    related: tuple[Uid, ...]


class IdentityKind(IntEnum):
    """What a user identity is (PS3.7 table D.3-14)."""

    USER_NAME = 1
    USER_NAME_AND_PASSCODE = 2
    KERBEROS = 3
    SAML = 4
    JWT = 5


@dataclass(frozen=True, slots=True)
class UserIdentity:
    """Who sits at the requestor. Kinds beyond the known ones are kept as numbers."""

    kind: int
    answer_wanted: bool
    primary: bytes = field(repr=False)
    secondary: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class UserInformation:
    """The user information item of an A-ASSOCIATE-RQ or -AC.

    `maximum_length` is the largest P-DATA-TF body its sender wants to receive, in bytes; 0 means any.
    """

    maximum_length: int = 0
    implementation_class_uid: Uid = Uid("")  # noqa: RUF009  a NewType call is the string itself
    implementation_version: str = ""
    async_window: AsyncWindow | None = None
    roles: tuple[RoleSelection, ...] = ()
    extended: tuple[ExtendedNegotiation, ...] = ()
    common_extended: tuple[CommonExtendedNegotiation, ...] = ()
    identity: UserIdentity | None = None
    identity_answer: bytes | None = None


def decode_user_information(body: memoryview) -> UserInformation:
    """User information from its item's body. Items of unknown type are skipped by their length (PS3.8 9.3.1).

    Raises:
        RemoteProtocolError: an item is shorter than its own fields.
    """
    single: dict[int, memoryview] = {}
    roles: list[RoleSelection] = []
    extended: list[ExtendedNegotiation] = []
    common: list[CommonExtendedNegotiation] = []
    for kind, item in walk_items(body):
        if kind == _ROLE:
            roles.append(_decode_role(item))
        elif kind == _EXTENDED:
            extended.append(_decode_extended(item))
        elif kind == _COMMON_EXTENDED:
            common.append(_decode_common_extended(item))
        else:
            single.setdefault(kind, item)
    answer = single.get(_IDENTITY_ANSWER)
    return UserInformation(
        maximum_length=_decode_maximum_length(single.get(_MAXIMUM_LENGTH)),
        implementation_class_uid=decode_uid(single.get(_IMPLEMENTATION_CLASS, memoryview(b""))),
        implementation_version=bytes(single.get(_IMPLEMENTATION_VERSION, b"")).decode("latin-1").strip("\0 "),
        async_window=_decode_window(single.get(_ASYNC_WINDOW)),
        roles=tuple(roles),
        extended=tuple(extended),
        common_extended=tuple(common),
        identity=_decode_identity(single.get(_IDENTITY)),
        identity_answer=None if answer is None else bytes(take_counted(answer, 0)[0]),
    )


def encode_user_information(user: UserInformation) -> bytes:
    """The body of a user information item; absent parts are left out."""
    parts = [encode_item(_MAXIMUM_LENGTH, _LONG.pack(user.maximum_length))]
    if user.implementation_class_uid:
        parts.append(encode_item(_IMPLEMENTATION_CLASS, encode_uid(user.implementation_class_uid)))
    if user.async_window is not None:
        window = _WINDOW.pack(user.async_window.invoked, user.async_window.performed)
        parts.append(encode_item(_ASYNC_WINDOW, window))
    parts.extend(encode_item(_ROLE, _encode_role(role)) for role in user.roles)
    if user.implementation_version:
        parts.append(encode_item(_IMPLEMENTATION_VERSION, user.implementation_version.encode("latin-1")))
    parts.extend(
        encode_item(_EXTENDED, encode_counted(encode_uid(item.sop_class_uid)) + item.information)
        for item in user.extended
    )
    parts.extend(encode_item(_COMMON_EXTENDED, _encode_common_extended(item)) for item in user.common_extended)
    if user.identity is not None:
        parts.append(encode_item(_IDENTITY, _encode_identity(user.identity)))
    if user.identity_answer is not None:
        parts.append(encode_item(_IDENTITY_ANSWER, encode_counted(user.identity_answer)))
    return b"".join(parts)


def _decode_maximum_length(item: memoryview | None) -> int:
    if item is None:
        return 0
    if len(item) != _LONG.size:
        raise RemoteProtocolError("the maximum length item is not 4 bytes long")
    return int(_LONG.unpack(item)[0])


def _decode_window(item: memoryview | None) -> AsyncWindow | None:
    if item is None:
        return None
    if len(item) != _WINDOW.size:
        raise RemoteProtocolError("the asynchronous window item is not 4 bytes long")
    return AsyncWindow(*_WINDOW.unpack(item))


def _decode_role(item: memoryview) -> RoleSelection:
    uid, position = take_counted(item, 0)
    if len(item) - position != 2:
        raise RemoteProtocolError("a role selection item does not end with two roles")
    return RoleSelection(decode_uid(uid), bool(item[position]), bool(item[position + 1]))


def _encode_role(role: RoleSelection) -> bytes:
    return encode_counted(encode_uid(role.sop_class_uid)) + bytes((role.scu, role.scp))


def _decode_extended(item: memoryview) -> ExtendedNegotiation:
    uid, position = take_counted(item, 0)
    return ExtendedNegotiation(decode_uid(uid), bytes(item[position:]))


def _decode_common_extended(item: memoryview) -> CommonExtendedNegotiation:
    uid, position = take_counted(item, 0)
    service, position = take_counted(item, position)
    block, _ = take_counted(item, position)
    related: list[Uid] = []
    position = 0
    while position < len(block):
        value, position = take_counted(block, position)
        related.append(decode_uid(value))
    return CommonExtendedNegotiation(decode_uid(uid), decode_uid(service), tuple(related))


def _encode_common_extended(item: CommonExtendedNegotiation) -> bytes:
    related = b"".join(encode_counted(encode_uid(uid)) for uid in item.related)
    return b"".join(
        encode_counted(part) for part in (encode_uid(item.sop_class_uid), encode_uid(item.service_class_uid), related)
    )


def _decode_identity(item: memoryview | None) -> UserIdentity | None:
    if item is None:
        return None
    if len(item) < 2:
        raise RemoteProtocolError("a user identity item is cut off")
    primary, position = take_counted(item, 2)
    # The secondary field of kinds other than 2 is left out by some requestors.
    secondary = take_counted(item, position)[0] if position < len(item) else b""
    return UserIdentity(item[0], bool(item[1]), bytes(primary), bytes(secondary))


def _encode_identity(identity: UserIdentity) -> bytes:
    head = bytes((identity.kind, identity.answer_wanted))
    return head + encode_counted(identity.primary) + encode_counted(identity.secondary)
