"""The Range field of a request, RFC 9110 14.2: one range of bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kontor.doors.http.problems import Problem

if TYPE_CHECKING:
    from kontor.doors.http.calls import Call

WHOLE: Final = (-1, -1)
_RANGE: Final = re.compile(r"bytes\s*=\s*(\d{0,19})\s*-\s*(\d{0,19})")


def byte_range(field: str, length: int) -> tuple[int, int] | None:
    """Start and stop (excluded) of the range that is asked for of `length` bytes.

    WHOLE without a field, and for what is not understood, several ranges among it: the standard lets a server ignore
    them. None when the range lies outside.
    """
    found = _RANGE.fullmatch(field.strip())
    if found is None or found.group(1) == found.group(2) == "":
        return WHOLE
    first, last = found.groups()
    if not first:
        start, stop = max(0, length - int(last)), length
    else:
        start, stop = int(first), min(int(last) + 1, length) if last else length
        if last and int(last) < int(first):
            return WHOLE
    return (start, stop) if start < stop else None


def asked_range(call: Call, length: int, etag: str) -> tuple[int, int]:
    """The range of `length` bytes that a call asks for, or WHOLE; `etag` names what the bytes are of (13.1.5).

    Raises:
        Problem: it lies outside.
    """
    if call.header("if-range") not in {"", etag}:
        return WHOLE
    found = byte_range(call.header("range"), length)
    if found is None:
        raise Problem("range-not-satisfiable", headers={"content-range": f"bytes */{length}"})
    return found
