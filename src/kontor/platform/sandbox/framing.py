"""Messages between service and child: a fixed head, a small JSON header, raw data; every length is bounded."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from typing import Final

from kontor.platform.sandbox.errors import SandboxError

Value = str | int | float | bool
Header = dict[str, Value]

_HEAD: Final = struct.Struct("<4sIQ")
HEAD_SIZE: Final = _HEAD.size
_MAGIC: Final = b"KSBX"
HEADER_MAX: Final = 16 << 10


class BrokenFraming(SandboxError):
    """What came through the pipe is no message of ours: the other side is broken or hostile."""


def pack(header: Mapping[str, Value], data_length: int) -> bytes:
    """Everything that precedes the data of a message."""
    encoded = json.dumps(header).encode()
    return _HEAD.pack(_MAGIC, len(encoded), data_length) + encoded


def parse_head(head: bytes, data_max: int) -> tuple[int, int]:
    """Lengths of header and data; BrokenFraming when one is over its bound."""
    magic, header_length, data_length = _HEAD.unpack(head)
    if magic != _MAGIC or header_length > HEADER_MAX or data_length > data_max:
        raise BrokenFraming(f"header of {header_length}, data of {data_length} bytes")
    return header_length, data_length


def parse_header(encoded: bytes) -> Header:
    """The header; BrokenFraming when it is not a flat JSON object."""
    try:
        header = json.loads(encoded)
    except ValueError as error:
        raise BrokenFraming("header is no JSON") from error
    if not isinstance(header, dict) or not all(isinstance(value, str | int | float) for value in header.values()):
        raise BrokenFraming("header is no flat object")
    return header


def receive(read: Callable[[int], bytes | bytearray], data_max: int) -> tuple[Header, bytes | bytearray]:
    """One message, from a call that returns exactly as many bytes as it is asked for."""
    header_length, data_length = parse_head(bytes(read(HEAD_SIZE)), data_max)
    header = parse_header(bytes(read(header_length)))
    return header, read(data_length)
