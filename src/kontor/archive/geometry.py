"""Where an image lies along its stack, as text that sorts. Source: `clinical.md` 2.2, PS3.3 C.7.6.2.1.1."""

from __future__ import annotations

import math
from typing import Final

_STEPS_PER_MM: Final = 1_000
_ZERO: Final = 10**12  # positions are shifted so that they sort as text: a million kilometres either way
_DIGITS: Final = 13


def geometry_key(position: tuple[float, ...] | None, orientation: tuple[float, ...] | None) -> str:
    """Return the distance along the normal of the image plane in micrometres, shifted, 13 digits.

    Args:
        position: Image Position (Patient), LPS, mm.
        orientation: Image Orientation (Patient), direction cosines of row and column.

    Returns:
        '' without a usable geometry.
    """
    if position is None or orientation is None or len(position) != 3 or len(orientation) != 6:
        return ""
    row, column = orientation[:3], orientation[3:]
    normal = (
        row[1] * column[2] - row[2] * column[1],
        row[2] * column[0] - row[0] * column[2],
        row[0] * column[1] - row[1] * column[0],
    )
    distance = sum(a * b for a, b in zip(normal, position, strict=True))
    if not math.isfinite(distance) or not any(normal) or abs(distance) * _STEPS_PER_MM >= _ZERO:
        return ""
    return f"{round(distance * _STEPS_PER_MM) + _ZERO:0{_DIGITS}d}"
