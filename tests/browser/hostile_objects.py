"""Objects that hold a hostile text in every text attribute that the dictionary knows (PS3.6 chapter 6)."""

from __future__ import annotations

import struct
from typing import Final

from pydicom._dicom_dict import DicomDictionary

from tests.archive.objects import part10
from tests.hostile import fitting

_GROUPS: Final = {0x0008, 0x0010, 0x0018, 0x0020, 0x0028, 0x0032, 0x0040}
_TEXTS: Final = {"AE", "AS", "CS", "DA", "DT", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UR", "UT"}
_LONG: Final = {"UC", "UR", "UT", "OW"}
_KEPT: Final = {0x00080005, 0x00280004}  # without these nothing would be drawn or read
_SHOWN: Final = {
    0x00080050, 0x00080080, 0x00080090, 0x00081010, 0x00081030, 0x0008103E, 0x00081090, 0x00080070, 0x00080020,
    0x00080030, 0x00100010, 0x00100020, 0x00100021, 0x00100030, 0x00100040, 0x00102000, 0x00102110, 0x00180015,
    0x00181030, 0x00204000, 0x00321060, 0x00400254,
}  # fmt: skip
LONGEST: Final = 10_000
ROOT: Final = "1.2.826.0.1.3680043.10.77"


def hostile_file(text: str, number: int) -> bytes:
    """A CT image of 4 × 4 pixels in a study of its own."""
    uid = f"{ROOT}.{number + 1}"
    elements: dict[int, tuple[str, bytes]] = {
        tag: (vr, fitting(text, LONGEST if tag in _SHOWN else 64, "\0").encode("utf-8", "replace")[:LONGEST])
        for tag, (vr, *_) in DicomDictionary.items()
        if vr in _TEXTS and tag >> 16 in _GROUPS and tag not in _KEPT
    }
    if "\0" in text:
        elements[0x00100010] = ("PN", text.encode())
    elements |= {
        0x00080005: ("CS", b"ISO_IR 192"),
        0x00080016: ("UI", b"1.2.840.10008.5.1.4.1.1.2"),
        0x00080018: ("UI", f"{uid}.1.1".encode()),
        0x00080060: ("CS", b"CT"),
        0x0020000D: ("UI", uid.encode()),
        0x0020000E: ("UI", f"{uid}.1".encode()),
        0x00280002: ("US", struct.pack("<H", 1)),
        0x00280004: ("CS", b"MONOCHROME2 "),
        **{0x00280000 + low: ("US", struct.pack("<H", value)) for low, value in _SHAPE.items()},
        0x7FE00010: ("OW", bytes(range(32))),
    }
    return part10(b"".join(_element(tag, *elements[tag]) for tag in sorted(elements)))


_SHAPE: Final = {0x10: 4, 0x11: 4, 0x100: 16, 0x101: 16, 0x102: 15, 0x103: 0}


def _element(tag: int, vr: str, value: bytes) -> bytes:
    padded = value + (b"" if len(value) % 2 == 0 else b"\0" if vr == "UI" else b" ")
    length = struct.pack("<HI", 0, len(padded)) if vr in _LONG else struct.pack("<H", len(padded))
    return struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr.encode() + length + padded
