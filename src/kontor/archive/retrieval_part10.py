"""The beginning of the files we give out, PS3.10 section 7.1: zero preamble, prefix, our own meta information."""

from __future__ import annotations

import struct
from typing import Final

from kontor.dicom.values import Uid

IMPLEMENTATION_CLASS_UID: Final = Uid("2.25.188139283526129340981265834913201928371")
IMPLEMENTATION_VERSION: Final = "KONTOR_0_1"
PREAMBLE: Final = bytes(128)
"""A foreign preamble may be a program or a document of another kind: it never leaves (`peers.md` 4.15)."""

_LONG_FORM: Final = frozenset({b"OB"})


def file_prefix(sop_class_uid: str, sop_instance_uid: str, transfer_syntax_uid: str) -> bytes:
    """Return everything before the data set."""
    elements = b"".join(
        (
            _element(0x0001, b"OB", b"\x00\x01"),
            _element(0x0002, b"UI", _uid(sop_class_uid)),
            _element(0x0003, b"UI", _uid(sop_instance_uid)),
            _element(0x0010, b"UI", _uid(transfer_syntax_uid)),
            _element(0x0012, b"UI", _uid(IMPLEMENTATION_CLASS_UID)),
            _element(0x0013, b"SH", IMPLEMENTATION_VERSION.encode()),
        )
    )
    length = _element(0x0000, b"UL", struct.pack("<I", len(elements)))
    return PREAMBLE + b"DICM" + length + elements


def _uid(uid: str) -> bytes:
    encoded = uid.encode("ascii")
    return encoded + b"\0" * (len(encoded) % 2)


def _element(number: int, vr: bytes, value: bytes) -> bytes:
    """One element of group 0002, explicit VR little endian."""
    if vr in _LONG_FORM:
        return struct.pack("<HH2sHI", 0x0002, number, vr, 0, len(value)) + value
    return struct.pack("<HH2sH", 0x0002, number, vr, len(value)) + value
