"""Command sets: group 0000 in implicit VR little endian (PS3.7 6.3.1 and annex E)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, NamedTuple

from kontor.dicom.network.errors import RemoteProtocolError
from kontor.dicom.values import Uid

_ELEMENT = struct.Struct("<HHL")
_SHORT = struct.Struct("<H")
_LONG = struct.Struct("<L")
_NO_DATA_SET: Final = 0x0101
_SOME_DATA_SET: Final = 0x0001
ERROR_COMMENT_CHARACTERS: Final = 64  # VR LO


@dataclass(frozen=True, slots=True)
class CommandSet:
    """A command set. None means that the element is absent; an empty UID stays an empty UID.

    `command_field` is a plain number, because a peer may send any; `data_set_follows` is Command Data Set Type.
    """

    command_field: int
    message_id: int | None = None
    message_id_responded_to: int | None = None
    data_set_follows: bool = False
    affected_sop_class_uid: Uid | None = None
    requested_sop_class_uid: Uid | None = None
    affected_sop_instance_uid: Uid | None = None
    requested_sop_instance_uid: Uid | None = None
    priority: int | None = None
    status: int | None = None
    move_destination: str | None = None
    move_originator_ae: str | None = None
    move_originator_message_id: int | None = None
    offending_elements: tuple[int, ...] | None = None
    error_comment: str | None = None
    error_id: int | None = None
    event_type_id: int | None = None
    action_type_id: int | None = None
    attribute_identifiers: tuple[int, ...] | None = None
    remaining_sub_operations: int | None = None
    completed_sub_operations: int | None = None
    failed_sub_operations: int | None = None
    warning_sub_operations: int | None = None


_Value = int | str | tuple[int, ...]


class _Form(NamedTuple):
    """A value representation as it occurs in command sets: what an empty value is, and the way from and to bytes."""

    empty: _Value | None
    decode: Callable[[bytes], _Value]
    encode: Callable[[Any], bytes]  # of the value that `decode` gives


def _decode_number(raw: bytes) -> int:
    if len(raw) != _SHORT.size:
        raise RemoteProtocolError(f"a number of the command set has {len(raw)} bytes instead of 2")
    return int.from_bytes(raw, "little")


def _decode_tags(raw: bytes) -> tuple[int, ...]:
    if len(raw) % 4:
        raise RemoteProtocolError("a list of tags in the command set is cut off")
    return tuple(group << 16 | element for group, element in struct.iter_unpack("<HH", raw))


def _encode_tags(tags: tuple[int, ...]) -> bytes:
    return b"".join(struct.pack("<HH", tag >> 16, tag & 0xFFFF) for tag in tags)


def _decode_text(raw: bytes) -> str:
    return raw.decode("latin-1").strip("\0 ")


def _encode_text(text: str) -> bytes:
    # Outside the default repertoire nothing may be sent in a command (PS3.7 6.3).
    encoded = text[:ERROR_COMMENT_CHARACTERS].encode("ascii", "replace")
    return encoded + b" " if len(encoded) % 2 else encoded


def _encode_uid(uid: str) -> bytes:
    encoded = uid.encode("ascii", "replace")
    return encoded + b"\0" if len(encoded) % 2 else encoded


_US: Final = _Form(None, _decode_number, _SHORT.pack)
_TYPE: Final = _Form(None, _decode_number, lambda follows: _SHORT.pack(_SOME_DATA_SET if follows else _NO_DATA_SET))
_UI: Final = _Form("", _decode_text, _encode_uid)
_TEXT: Final = _Form("", _decode_text, _encode_text)  # AE and LO
_AT: Final = _Form((), _decode_tags, _encode_tags)

_ELEMENTS: Final[Mapping[int, tuple[str, _Form]]] = {
    0x0002: ("affected_sop_class_uid", _UI),
    0x0003: ("requested_sop_class_uid", _UI),
    0x0100: ("command_field", _US),
    0x0110: ("message_id", _US),
    0x0120: ("message_id_responded_to", _US),
    0x0600: ("move_destination", _TEXT),
    0x0700: ("priority", _US),
    0x0800: ("data_set_follows", _TYPE),
    0x0900: ("status", _US),
    0x0901: ("offending_elements", _AT),
    0x0902: ("error_comment", _TEXT),
    0x0903: ("error_id", _US),
    0x1000: ("affected_sop_instance_uid", _UI),
    0x1001: ("requested_sop_instance_uid", _UI),
    0x1002: ("event_type_id", _US),
    0x1005: ("attribute_identifiers", _AT),
    0x1008: ("action_type_id", _US),
    0x1020: ("remaining_sub_operations", _US),
    0x1021: ("completed_sub_operations", _US),
    0x1022: ("failed_sub_operations", _US),
    0x1023: ("warning_sub_operations", _US),
    0x1030: ("move_originator_ae", _TEXT),
    0x1031: ("move_originator_message_id", _US),
}
"""Element numbers of group 0000 (PS3.7 table E.1-1), ascending, with the field that holds them."""

_ENCODERS: Final = tuple((element, form.encode) for element, (_, form) in _ELEMENTS.items())
_values_in_order: Final = attrgetter(*(field for field, _ in _ELEMENTS.values()))


def decode_command_set(data: bytes | bytearray | memoryview) -> CommandSet:
    """A command set from its bytes. Elements of group 0000 that no service uses are skipped.

    Raises:
        RemoteProtocolError: an element is cut off, is not of group 0000, has a value of the wrong size, or the
            Command Field is absent.
    """
    data = bytes(data)
    values: dict[str, _Value] = {}
    position, end = 0, len(data)
    while position < end:
        if end - position < _ELEMENT.size:
            raise RemoteProtocolError("an element of the command set is cut off")
        group, element, length = _ELEMENT.unpack_from(data, position)
        position += _ELEMENT.size
        if group or length > end - position:
            raise RemoteProtocolError(f"element {group:04X},{element:04X} does not fit into the command set")
        known = _ELEMENTS.get(element)
        if known is not None:
            field, form = known
            value = form.decode(data[position : position + length]) if length else form.empty
            if value is not None:
                values[field] = value
        position += length
    return _built(values)


def encode_command_set(command: CommandSet) -> bytes:
    """The bytes of a command set with its group length (0000,0000), which is mandatory here."""
    parts: list[bytes] = []
    for (element, encode), value in zip(_ENCODERS, _values_in_order(command), strict=True):
        if value is not None:
            body = encode(value)
            parts.append(_ELEMENT.pack(0, element, len(body)) + body)
    elements = b"".join(parts)
    return _ELEMENT.pack(0, 0, _LONG.size) + _LONG.pack(len(elements)) + elements


def _built(values: dict[str, _Value]) -> CommandSet:
    if "command_field" not in values:
        raise RemoteProtocolError("the command set has no Command Field")
    # Only 0101H means that nothing follows; any other value announces a data set (PS3.7 E.1).
    values["data_set_follows"] = values.get("data_set_follows", _NO_DATA_SET) != _NO_DATA_SET
    return CommandSet(**values)  # type: ignore[arg-type]  # names and types both come from _ELEMENTS
