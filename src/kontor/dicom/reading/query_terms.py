"""One matching key of a query, PS3.4 section C.2.2.2, as QIDO-RS and C-FIND share it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from kontor.dicom.dictionary import Tag, vr_of
from kontor.dicom.values import InvalidUid, date_span, datetime_span, parse_uid, split_range, time_span

WILDCARD_VRS: Final = frozenset({"AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"})
"""VRs in which `*` and `?` are wildcards; in all others they are characters, PS3.4 section C.2.2.2.4."""

RANGE_VRS: Final = frozenset({"DA", "TM", "DT"})
_LIST_VRS: Final = frozenset({"CS"})
_LEADING_SPACE_VRS: Final = frozenset({"LT", "ST", "UT"})
_SPANS: Final = {"DA": date_span, "TM": time_span, "DT": datetime_span}


class InvalidQuery(ValueError):
    """A key or value that cannot be matched; the message names the key, never the value."""


class MatchKind(Enum):
    """How a key is compared."""

    UNIVERSAL = "universal"  # everything matches, records without a value too; only asks for the attribute back
    SINGLE = "single"
    WILDCARD = "wildcard"
    ONE_OF = "one-of"  # UIDs; and values of CS, because clients send 'CT\\MR'
    RANGE = "range"
    EMPTY = "empty"  # '""': absent or without value, PS3.4 section C.2.2.2.8


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A key: the path of tags (sequences, then the attribute), its VR and what its value must be.

    SINGLE and WILDCARD have one value, ONE_OF several. RANGE has both ends as sortable text, both included and
    each '' when open: 'YYYYMMDD', 'HHMMSS.FFFFFF' or 'YYYYMMDDHHMMSS.FFFFFF'; an end of lower precision means
    all that begins with it. `values` of a RANGE are the two ends as they were written.
    """

    path: tuple[Tag, ...]
    vr: str
    kind: MatchKind
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""

    @property
    def tag(self) -> Tag:
        """The attribute itself."""
        return self.path[-1]

    @property
    def value(self) -> str:
        """The only value of SINGLE and WILDCARD, else ''."""
        return self.values[0] if len(self.values) == 1 else ""


def query_term(path: tuple[Tag, ...], text: str, *, extended: bool = True) -> QueryTerm:
    """The term of a key with its value as decoded text.

    `extended`: '""' asks for the absence of a value.

    Raises:
        InvalidQuery: a date, time or UID that is none.
    """
    vr = vr_of(path[-1])[:2]
    value = text.strip("\0").rstrip(" ") if vr in _LEADING_SPACE_VRS else text.strip(" \0")
    if not value or vr == "SQ" or (vr in WILDCARD_VRS and not value.strip("*")):
        return QueryTerm(path, vr, MatchKind.UNIVERSAL)
    if extended and value == '""':
        return QueryTerm(path, vr, MatchKind.EMPTY)
    if vr in RANGE_VRS:
        return _range_term(path, vr, value)
    if vr == "UI":
        return _uid_term(path, value)
    if vr in WILDCARD_VRS and ("*" in value or "?" in value):
        return QueryTerm(path, vr, MatchKind.WILDCARD, (value,))
    if vr in _LIST_VRS and "\\" in value:
        return QueryTerm(path, vr, MatchKind.ONE_OF, tuple(part.strip() for part in value.split("\\") if part.strip()))
    return QueryTerm(path, vr, MatchKind.SINGLE, (value,))


def _range_term(path: tuple[Tag, ...], vr: str, value: str) -> QueryTerm:
    span = _SPANS[vr]
    ends = split_range(value, offsets=vr == "DT")
    low_text, high_text = ends if ends is not None else (value, value)
    low, high = span(low_text), span(high_text)
    if (low_text and low is None) or (high_text and high is None) or not (low or high):
        raise InvalidQuery(f"({path[-1] >> 16:04X},{path[-1] & 0xFFFF:04X}) is no {vr} or range")
    return QueryTerm(
        path,
        vr,
        MatchKind.RANGE,
        (low_text, high_text),
        low.first if low is not None else "",
        high.last if high is not None else "",
    )


def _uid_term(path: tuple[Tag, ...], value: str) -> QueryTerm:
    try:
        uids = tuple(parse_uid(part) for part in value.replace(",", "\\").split("\\") if part.strip(" \0"))
    except InvalidUid:
        raise InvalidQuery(f"({path[-1] >> 16:04X},{path[-1] & 0xFFFF:04X}) is no UID") from None
    if not uids:
        return QueryTerm(path, "UI", MatchKind.UNIVERSAL)
    return QueryTerm(path, "UI", MatchKind.SINGLE if len(uids) == 1 else MatchKind.ONE_OF, uids)
