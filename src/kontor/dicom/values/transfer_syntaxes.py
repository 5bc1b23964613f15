"""Every transfer syntax of PS3.5 and PS3.6 annex A, and what Kontor can do with each: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kontor.dicom.dictionary import uid_name, uids
from kontor.dicom.values.uids import Uid

IMPLICIT_LITTLE: Final = Uid("1.2.840.10008.1.2")
EXPLICIT_LITTLE: Final = Uid("1.2.840.10008.1.2.1")
EXPLICIT_BIG: Final = Uid("1.2.840.10008.1.2.2")
DEFLATED: Final = Uid("1.2.840.10008.1.2.1.99")

_ROOT: Final = "1.2.840.10008.1.2"
_J: Final = _ROOT + ".4."
_VIDEO: Final = frozenset(f"{_J}{number}{part}" for number in range(100, 107) for part in ("", ".1")) | {
    _J + "107",
    _J + "108",
}


@dataclass(frozen=True, slots=True)
class TransferSyntax:
    """How a data set and its pixel data are encoded.

    `codec` names what the decoder is asked for, None when nobody can decode frames one by one. `browser`: the
    client decodes a frame's bytes as stored. `lossy`: the encoding may have lost information. `multi_fragment`:
    a frame may span fragments (PS3.5 section A.4).
    """

    uid: Uid
    name: str
    implicit: bool = False
    big_endian: bool = False
    encapsulated: bool = False
    deflated: bool = False
    lossy: bool = False
    codec: str | None = None
    browser: bool = False
    multi_fragment: bool = False
    video: bool = False
    retired: bool = False


# codec, lossy, browser. The rest of the registered encapsulated syntaxes has no decoder of ours.
_CODECS: Final[Mapping[str, tuple[str, bool, bool]]] = {
    _ROOT + ".1.98": ("raw", False, True),
    _ROOT + ".5": ("rle", False, True),
    _ROOT + ".8.1": ("deflate", False, False),
    _J + "50": ("jpeg8", True, True),
    _J + "51": ("jpeg12", True, False),
    _J + "53": ("jpeg12", True, False),
    _J + "55": ("jpeg12", True, False),
    _J + "57": ("ljpeg", False, True),
    _J + "70": ("ljpeg", False, True),
    _J + "80": ("jpegls", False, True),
    _J + "81": ("jpegls", True, True),
    _J + "90": ("jpeg2000", False, True),
    _J + "91": ("jpeg2000", True, True),
    _J + "201": ("htj2k", False, True),
    _J + "202": ("htj2k", False, True),
    _J + "203": ("htj2k", True, True),
    _J + "110": ("jpegxl", False, True),
    _J + "111": ("jpegxl", True, True),
    _J + "112": ("jpegxl", True, True),
}
_LOSSY_WITHOUT_CODEC: Final = frozenset(f"{_J}{n}" for n in (52, 54, 56, *range(59, 65), 93, 94, 95, 204, 205))
_NATIVE: Final[Mapping[str, TransferSyntax]] = {
    IMPLICIT_LITTLE: TransferSyntax(IMPLICIT_LITTLE, "", implicit=True, codec="raw", browser=True),
    EXPLICIT_LITTLE: TransferSyntax(EXPLICIT_LITTLE, "", codec="raw", browser=True),
    EXPLICIT_BIG: TransferSyntax(EXPLICIT_BIG, "", big_endian=True, codec="raw", retired=True),
    DEFLATED: TransferSyntax(DEFLATED, "", deflated=True, codec="raw", browser=True),
    _ROOT + "0": TransferSyntax(Uid(_ROOT + "0"), "", implicit=True, codec="raw", browser=True, retired=True),
    # Pixel data lives behind a URL: nothing to decode here.
    _J + "94": TransferSyntax(Uid(_J + "94"), "", lossy=True),
    _J + "95": TransferSyntax(Uid(_J + "95"), "", deflated=True, lossy=True),
    _J + "204": TransferSyntax(Uid(_J + "204"), "", lossy=True),
    _J + "205": TransferSyntax(Uid(_J + "205"), "", deflated=True, lossy=True),
    # GE's private syntax of old CT archives: implicit little endian with pixel data in big endian words.
    "1.2.840.113619.5.2": TransferSyntax(Uid("1.2.840.113619.5.2"), "", implicit=True),
}


def _entry(uid: str, *, retired: bool) -> TransferSyntax:
    if uid in _NATIVE:
        native = _NATIVE[uid]
        return TransferSyntax(
            native.uid,
            uid_name(uid),
            implicit=native.implicit,
            big_endian=native.big_endian,
            deflated=native.deflated,
            lossy=native.lossy,
            codec=native.codec,
            browser=native.browser,
            retired=retired or native.retired,
        )
    codec, lossy, browser = _CODECS.get(uid, (None, uid in _VIDEO or uid in _LOSSY_WITHOUT_CODEC, False))
    return TransferSyntax(
        Uid(uid),
        uid_name(uid),
        encapsulated=True,
        lossy=lossy,
        codec=codec,
        browser=browser,
        multi_fragment=codec not in ("raw", "rle", "deflate"),
        video=uid in _VIDEO,
        retired=retired,
    )


def _table() -> dict[Uid, TransferSyntax]:
    registered = {entry.uid: entry.retired for entry in uids().values() if entry.kind == "Transfer Syntax"}
    registered.setdefault("1.2.840.113619.5.2", True)
    # MIME, XML and the real-time video streams of PS3.22 never encode a stored data set.
    stored = (uid for uid in registered if not uid.startswith((_ROOT + ".6.", _ROOT + ".7.")))
    return {Uid(uid): _entry(uid, retired=registered[uid]) for uid in sorted(stored)}


TRANSFER_SYNTAXES: Final[Mapping[Uid, TransferSyntax]] = MappingProxyType(_table())
"""By UID: all syntaxes in which an object can be stored."""


def transfer_syntax(uid: str) -> TransferSyntax:
    """The table's entry; an unknown UID is taken as explicit little endian, encapsulated where it says so."""
    found = TRANSFER_SYNTAXES.get(Uid(uid))
    return found if found is not None else TransferSyntax(Uid(uid), uid)


def codec_of(uid: str, bits_allocated: int) -> str | None:
    """The codec for a frame. JPEG Extended is 8 or 12 bit, which only the image's bits tell."""
    codec = transfer_syntax(uid).codec
    return "jpeg8" if codec == "jpeg12" and bits_allocated == 8 else codec
