"""Element headers as bytes, PS3.5 section 7.1: forms of value representations, byte orders, special tags."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

UNDEFINED: Final = 0xFFFFFFFF
SHORT: Final = 8
"""Bytes before the value: tag, VR and 16 bit length, or tag and 32 bit length (implicit)."""
LONG: Final = 12
"""Bytes before the value: tag, VR, two reserved bytes, 32 bit length."""

LONG_VRS: Final = (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV")
SHORT_VRS: Final = tuple(
    bytes(vr, "ascii")
    for vr in ("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US").split()  # noqa: SIM905 - reads better
)
FORMS: Final[Mapping[bytes, int]] = dict.fromkeys(LONG_VRS, LONG) | dict.fromkeys(SHORT_VRS, SHORT)
FRAGMENT_VRS: Final = frozenset({b"OB", b"OW", b"OF", b"OD", b"OL", b"OV"})
PLACEHOLDER_VRS: Final = frozenset({b"  ", b"??", b"--"})
"""Seen instead of a VR; such elements keep the short form."""

ITEM_GROUP: Final = 0xFFFE
ITEM: Final = 0xE000
ITEM_END: Final = 0xE00D
SEQUENCE_END: Final = 0xE0DD

PIXEL_TAGS: Final = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
"""Float, double float and integer pixel data: at most one is in a data set."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the elements of one data set are written."""

    implicit: bool
    big_endian: bool = False

    @property
    def order(self) -> str:
        """The sign of the byte order for struct."""
        return ">" if self.big_endian else "<"


IMPLICIT_LITTLE_ENDIAN: Final = Encoding(implicit=True)

EXPLICIT_HEADS: Final = {False: struct.Struct("<HH2sH"), True: struct.Struct(">HH2sH")}
IMPLICIT_HEADS: Final = {False: struct.Struct("<HHI"), True: struct.Struct(">HHI")}
LENGTHS: Final = {False: struct.Struct("<I"), True: struct.Struct(">I")}


def detect(head: bytes, declared: Encoding) -> tuple[Encoding, str]:
    """The encoding the first eight bytes of a data set really have, and the note when it is another one.

    Senders mislabel; the first tag and the letters of its VR cannot be mistaken (PS3.5 section 7.1.2).
    """
    encoding, note = declared, ""
    group = int.from_bytes(head[:2], "big" if declared.big_endian else "little")
    if group and group & 0xFF == 0:  # 0x0800: group 8 in the other byte order
        encoding, note = Encoding(declared.implicit, not declared.big_endian), "byte-order-mislabelled"
    letters = head[4:6]
    if declared.implicit and letters in FORMS:
        return Encoding(implicit=False, big_endian=encoding.big_endian), "explicit-mislabelled"
    if not declared.implicit and not is_letters(letters) and letters not in PLACEHOLDER_VRS:
        length = int.from_bytes(head[4:8], "big" if encoding.big_endian else "little")
        if length < 1 << 16:
            return Encoding(implicit=True, big_endian=encoding.big_endian), "implicit-mislabelled"
    return encoding, note


def is_letters(vr: bytes) -> bool:
    """Whether two bytes could be a VR, known or not."""
    return len(vr) == 2 and 0x41 <= vr[0] <= 0x5A and 0x41 <= vr[1] <= 0x5A
