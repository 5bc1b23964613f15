"""Specific Character Set, PS3.3 section C.12.1.1.2, and code extensions, PS3.5 section 6.1.2.5."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kontor.dicom.values.code_extension import CODED_SETS, CodedSet, decode_extended

TEXT_VRS: Final = frozenset({"SH", "LO", "ST", "LT", "PN", "UC", "UT"})
"""Value representations that (0008,0005) governs; all others are ASCII (PS3.5 section 6.1.2.3)."""

_WHOLE: Final = {"192": "utf-8", "GB18030": "gb18030", "GBK": "gbk"}
_TERM: Final = re.compile(r"(?:ISO[ _-]*)?(?:2022[ _-]*)?(?:IR[ _-]*)?(\d+)")
_ESCAPE: Final = b"\x1b"


class Decoded(NamedTuple):
    """Text, and whether a character set had to be assumed to get it."""

    text: str
    assumed: bool


class CharacterSet:
    """The meaning of one value of (0008,0005)."""

    def __init__(self, specific: str) -> None:
        """Take the attribute's text as it stands, several values separated by backslashes; empty is absent."""
        terms = [_number(term) for term in specific.split("\\")]
        self._whole = next((_WHOLE[term] for term in terms if term in _WHOLE), None)
        sets = [CODED_SETS[term] for term in terms if term in CODED_SETS]
        self._sets: tuple[CodedSet, ...] = tuple(sets)
        self._extended = len(terms) > 1 or "2022" in specific
        self._declared = bool(specific.strip()) and (self._whole is not None or bool(sets))

    def decode(self, value: bytes, vr: str = "LO") -> Decoded:
        """Text of a value. Never raises: what cannot be decoded is shown by U+FFFD, and said by `assumed`.

        Without a declared set, bytes above 127 are tried as UTF-8 and then as Latin-1.
        """
        if value.isascii() and _ESCAPE not in value:
            return Decoded(value.decode("ascii"), assumed=False)
        if vr not in TEXT_VRS or not self._declared:
            return self._assume(value)
        if self._whole is not None:
            return self._decode_whole(value, self._whole)
        if self._extended or _ESCAPE in value:
            return Decoded(*decode_extended(value, self._sets, vr))
        return self._decode_single(value)

    def _decode_whole(self, value: bytes, codec: str) -> Decoded:
        try:
            return Decoded(value.decode(codec), assumed=False)
        except UnicodeDecodeError:
            if codec == "utf-8":
                return Decoded(value.decode("latin-1"), assumed=True)
            return Decoded(value.decode(codec, "replace"), assumed=True)

    def _decode_single(self, value: bytes) -> Decoded:
        codec = self._sets[0].upper
        if codec is None:  # ISO_IR 6: nothing above 127
            return self._assume(value)
        try:
            return Decoded(value.decode(codec), assumed=False)
        except UnicodeDecodeError:
            return Decoded(value.decode(codec, "replace"), assumed=True)

    def _assume(self, value: bytes) -> Decoded:
        if _ESCAPE in value:
            return Decoded(decode_extended(value, self._sets or (CODED_SETS[""],), "PN").text, assumed=True)
        try:
            return Decoded(value.decode("utf-8"), assumed=True)
        except UnicodeDecodeError:
            return Decoded(value.decode("latin-1"), assumed=True)


@lru_cache(maxsize=256)
def character_set(specific: str) -> CharacterSet:
    """The cached meaning of a value of (0008,0005)."""
    return CharacterSet(specific)


def decode(value: bytes, specific: str, vr: str = "LO") -> str:
    """Text of a value under a Specific Character Set, both as they stand in the data set."""
    return character_set(specific).decode(value, vr).text


def _number(term: str) -> str:
    """'ISO 2022 IR 100', 'ISO_IR 100' and misspellings such as 'ISO-IR_100' → '100'; empty → ''."""
    plain = term.strip(" \0").upper()
    if plain in ("GB18030", "GBK"):
        return plain
    if plain.replace("-", "").replace("_", "") == "UTF8":
        return "192"
    match = _TERM.fullmatch(plain)
    return match.group(1) if match else ("" if not plain or plain in ("ISO_IR", "ASCII") else plain)
