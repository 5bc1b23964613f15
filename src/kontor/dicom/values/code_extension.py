"""ISO 2022 code extension as DICOM uses it, PS3.5 section 6.1.2.5: escapes choose sets, delimiters reset them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple


class CodedSet(NamedTuple):
    """A character set of PS3.3 tables C.12-2 to C.12-4.

    `lower` decodes bytes below 128 (G0), `upper` those above (G1); None leaves that half as it was.
    """

    lower: str | None
    upper: str | None
    pair: bool = False


_ASCII: Final = CodedSet("ascii", None)
CODED_SETS: Final[Mapping[str, CodedSet]] = {
    "": _ASCII,
    "6": _ASCII,
    "13": CodedSet("ascii", "shift_jis"),
    "14": _ASCII,
    "58": CodedSet(None, "gb2312", pair=True),
    "87": CodedSet("jis-0208", None, pair=True),
    "100": CodedSet("ascii", "latin-1"),
    "101": CodedSet("ascii", "iso8859-2"),
    "109": CodedSet("ascii", "iso8859-3"),
    "110": CodedSet("ascii", "iso8859-4"),
    "126": CodedSet("ascii", "iso8859-7"),
    "127": CodedSet("ascii", "iso8859-6"),
    "138": CodedSet("ascii", "iso8859-8"),
    "144": CodedSet("ascii", "iso8859-5"),
    "148": CodedSet("ascii", "iso8859-9"),
    "149": CodedSet(None, "euc_kr", pair=True),
    "159": CodedSet("jis-0212", None, pair=True),
    "166": CodedSet("ascii", "iso8859-11"),
    "203": CodedSet("ascii", "iso8859-15"),
}
"""By ISO-IR number; 192, GB18030 and GBK take no code extension and are not here."""

_ESCAPES: Final[Mapping[bytes, CodedSet]] = {
    b"(B": _ASCII,
    b"(J": _ASCII,  # JIS X 0201 romaji: yen sign and overline, kept as backslash and tilde
    b")I": CodedSet(None, "shift_jis"),
    b"$B": CODED_SETS["87"],
    b"$@": CODED_SETS["87"],
    b"$(D": CODED_SETS["159"],
    b"$)C": CODED_SETS["149"],
    b"$)A": CODED_SETS["58"],
    b"-A": CodedSet(None, "latin-1"),
    b"-B": CodedSet(None, "iso8859-2"),
    b"-C": CodedSet(None, "iso8859-3"),
    b"-D": CodedSet(None, "iso8859-4"),
    b"-F": CodedSet(None, "iso8859-7"),
    b"-G": CodedSet(None, "iso8859-6"),
    b"-H": CodedSet(None, "iso8859-8"),
    b"-L": CodedSet(None, "iso8859-5"),
    b"-M": CodedSet(None, "iso8859-9"),
    b"-T": CodedSet(None, "iso8859-11"),
    b"-b": CodedSet(None, "iso8859-15"),
}
_ESC: Final = 0x1B
_LINE_ENDS: Final = frozenset(b"\r\n\f\t")
_PN_DELIMITERS: Final = frozenset(b"\\^=")
_VALUE_DELIMITERS: Final = frozenset(b"\\")
_SINGLE_VALUED: Final = frozenset({"ST", "LT", "UT"})


class ExtendedText(NamedTuple):
    """Decoded text, and whether something in it was not as declared."""

    text: str
    deviates: bool


class _State:
    """Which set is in G0 and which in G1, and what one delimiter later is in them again."""

    def __init__(self, sets: Sequence[CodedSet]) -> None:
        first = sets[0] if sets else _ASCII
        self._initial = (first.lower if not first.pair else "ascii", first.upper, first.pair and bool(first.upper))
        others = [s for s in sets[1:] if s.upper]
        # Senders forget to repeat the escape after a delimiter; one single candidate is no guess.
        self._fallback = others[0] if len(others) == 1 else None
        self.reset()

    def reset(self) -> None:
        lower, self.upper, self.upper_pair = self._initial
        self.lower = lower or "ascii"

    def invoke(self, coded: CodedSet) -> None:
        if coded.lower is not None:
            self.lower = coded.lower
        if coded.upper is not None:
            self.upper, self.upper_pair = coded.upper, coded.pair

    def supply_upper(self) -> None:
        if self.upper is None and self._fallback is not None:
            self.upper, self.upper_pair = self._fallback.upper, self._fallback.pair


def decode_extended(value: bytes, sets: Sequence[CodedSet], vr: str) -> ExtendedText:
    """Decode a value with escapes. The state returns to the first set at delimiters and ends of line."""
    state = _State(sets)
    resets = _LINE_ENDS | (_PN_DELIMITERS if vr == "PN" else frozenset() if vr in _SINGLE_VALUED else _VALUE_DELIMITERS)
    text: list[str] = []
    deviates = False
    at, end = 0, len(value)
    while at < end:
        byte = value[at]
        if byte == _ESC:
            length = _escape(value, at, state)
            deviates |= length == 1
            at += length
        elif byte < 0x80:
            at, piece = _lower(value, at, state, resets)
            text.append(piece)
        else:
            at, piece = _upper(value, at, state)
            text.append(piece)
    joined = "".join(text)
    return ExtendedText(joined, deviates or "\ufffd" in joined)


def _escape(value: bytes, at: int, state: _State) -> int:
    """Obey the escape at this place; its length, 1 when nobody knows it (only ESC is dropped)."""
    for length in (2, 3):
        coded = _ESCAPES.get(value[at + 1 : at + 1 + length])
        if coded is not None:
            state.invoke(coded)
            return 1 + length
    return 1


def _lower(value: bytes, at: int, state: _State, resets: frozenset[int]) -> tuple[int, str]:
    byte = value[at]
    if byte < 0x20 or state.lower == "ascii":
        if byte in resets:
            state.reset()
        return at + 1, chr(byte)
    if at + 1 >= len(value):
        return at + 1, "\ufffd"
    pair = bytes((byte | 0x80, value[at + 1] | 0x80))
    return at + 2, (b"\x8f" + pair if state.lower == "jis-0212" else pair).decode("euc_jp", "replace")


def _upper(value: bytes, at: int, state: _State) -> tuple[int, str]:
    state.supply_upper()
    if state.upper is None:
        return at + 1, "\ufffd"
    width = 2 if state.upper_pair else 1
    return at + width, value[at : at + width].decode(state.upper, "replace")
