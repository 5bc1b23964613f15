"""DA, TM and DT, PS3.5 section 6.2: kept as written, compared by the span of instants that they can mean."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

_DA: Final = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|[.\-/](\d{2})[.\-/](\d{2}))")
_TM: Final = re.compile(r"(\d{2})(?::?(\d{2})(?::?(\d{2})(?:\.(\d{1,6}))?)?)?")
_DT: Final = re.compile(
    r"(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6}))?)?)?)?)?)?([+-]\d{4})?"
)
_OFFSET: Final = re.compile(r"[+-](?:0\d|1[0-4])[0-5]\d")


class Span(NamedTuple):
    """First and last instant, sortable text of equal length: a value of lower precision means all between."""

    first: str
    last: str


def date_text(text: str) -> str | None:
    """A DA as 'YYYYMMDD'; the old 'YYYY.MM.DD' is understood. None when it is no date of the calendar."""
    match = _DA.fullmatch(text.strip(" \0"))
    if match is None:
        return None
    year, month, day, old_month, old_day = match.groups()
    digits = f"{year}{month or old_month}{day or old_day}"
    return digits if parse_date(digits) is not None else None


def parse_date(digits: str) -> date | None:
    """The calendar's date of 'YYYYMMDD', None when there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def date_span(text: str) -> Span | None:
    """A DA as a span of one day."""
    digits = date_text(text)
    return None if digits is None else Span(digits, digits)


def time_span(text: str) -> Span | None:
    """A TM as 'HHMMSS.FFFFFF' of its first and last microsecond; '10' is the whole hour. Second 60 is legal."""
    match = _TM.fullmatch(text.strip(" \0"))
    if match is None:
        return None
    hour, minute, second, fraction = match.groups()
    if int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 60:
        return None
    first = f"{hour}{minute or '00'}{second or '00'}.{(fraction or '').ljust(6, '0')}"
    last = f"{hour}{minute or '59'}{second or '59'}.{(fraction or '').ljust(6, '9')}"
    return Span(first, last)


def datetime_span(text: str) -> Span | None:
    """A DT as 'YYYYMMDDHHMMSS.FFFFFF' of its first and last microsecond, its offset left aside (local text)."""
    match = _DT.fullmatch(text.strip(" \0"))
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, _ = match.groups()
    if not (1 <= int(month or 1) <= 12 and 1 <= int(day or 1) <= 31):
        return None
    clock = time_span(f"{hour or '00'}{minute or '00'}{second or '00'}")
    if clock is None:
        return None
    low = f"{year}{month or '01'}{day or '01'}{hour or '00'}{minute or '00'}{second or '00'}"
    high = f"{year}{month or '12'}{day or '31'}{hour or '23'}{minute or '59'}{second or '59'}"
    return Span(f"{low}.{(fraction or '').ljust(6, '0')}", f"{high}.{(fraction or '').ljust(6, '9')}")


def datetime_offset(text: str) -> str:
    """The '&ZZXX' suffix of a DT, empty when it has none."""
    stripped = text.strip(" \0")
    tail = stripped[-5:]
    return tail if len(stripped) > 8 and _OFFSET.fullmatch(tail) else ""


def split_range(text: str, *, offsets: bool = False) -> tuple[str, str] | None:
    """The two ends of 'a-b', 'a-', '-b' (PS3.4 section C.2.2.2.5), either may be empty; None for a single value.

    With `offsets` (DT) a hyphen that begins a time zone offset does not separate.
    """
    stripped = text.strip(" \0")
    for at, character in enumerate(stripped):
        if character != "-":
            continue
        low, high = stripped[:at], stripped[at + 1 :]
        if offsets and _starts_offset(stripped, at):
            continue
        return low.strip(), high.strip()
    return None


def _starts_offset(text: str, at: int) -> bool:
    """A hyphen after at least a year, then an offset's four digits, then the end or the separating hyphen."""
    if at < 4 or not _OFFSET.fullmatch(text[at : at + 5]):
        return False
    rest = text[at + 5 :]
    if rest.startswith("-"):
        return True
    # '2020-2021' is a range of years; '202001-0500' is an offset, because no year is 0500.
    return rest == "" and not (text[:at].isdigit() and text[at + 1 : at + 5] >= "1000" and at == 4)
