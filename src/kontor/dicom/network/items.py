"""Items of A-ASSOCIATE PDUs: type, reserved byte, 16 bit length, body, all big endian (PS3.8 9.3.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kontor.dicom.network.errors import RemoteProtocolError
from kontor.dicom.values import Uid

_HEADER = struct.Struct(">BxH")
_SHORT = struct.Struct(">H")
AE_TITLE_BYTES = 16


def walk_items(body: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield (type, body) of each item. Unknown types are the caller's to skip.

    Raises:
        RemoteProtocolError: an item claims more bytes than there are.
    """
    position, end = 0, len(body)
    while position < end:
        if end - position < _HEADER.size:
            raise RemoteProtocolError("an item header is cut off")
        kind, length = _HEADER.unpack_from(body, position)
        position += _HEADER.size
        if length > end - position:
            raise RemoteProtocolError(f"item {kind:02X} claims {length} bytes, {end - position} are left")
        yield kind, body[position : position + length]
        position += length


def encode_item(kind: int, body: bytes) -> bytes:
    """One item with its header."""
    return _HEADER.pack(kind, len(body)) + body


def decode_uid(body: memoryview) -> Uid:
    """A UID as sent, without the NUL or space that some peers pad it with. May be empty in rejected contexts."""
    return Uid(bytes(body).decode("latin-1").strip("\0 "))


def encode_uid(uid: Uid) -> bytes:
    """A UID of a PDU: not padded (PS3.8 annex F)."""
    return uid.encode("latin-1")


def decode_ae_title(field: memoryview) -> str:
    """An AE title without its insignificant spaces.

    Letters outside ASCII occur in the field and are kept; control characters and the backslash never are legal.

    Raises:
        RemoteProtocolError: the title holds a control character or a backslash.
    """
    title = bytes(field).decode("latin-1").strip("\0 ")
    if any(character < " " or "\x7f" <= character <= "\x9f" or character == "\\" for character in title):
        raise RemoteProtocolError("an AE title holds a control character")
    return title.strip()


def encode_ae_title(title: str) -> bytes:
    """An AE title of a PDU: 16 bytes padded with spaces."""
    return title.encode("latin-1", "replace")[:AE_TITLE_BYTES].ljust(AE_TITLE_BYTES)


def encode_counted(value: bytes) -> bytes:
    """A value with a 16 bit length before it, as sub-fields of user items have it."""
    return _SHORT.pack(len(value)) + value


def take_counted(body: memoryview, position: int) -> tuple[memoryview, int]:
    """A value with a 16 bit length before it, and the position behind it.

    Raises:
        RemoteProtocolError: the length points beyond the item.
    """
    if position + _SHORT.size > len(body):
        raise RemoteProtocolError("a sub-field of a user item is cut off")
    (length,) = _SHORT.unpack_from(body, position)
    start = position + _SHORT.size
    if length > len(body) - start:
        raise RemoteProtocolError(f"a sub-field claims {length} bytes, {len(body) - start} are left")
    return body[start : start + length], start + length
