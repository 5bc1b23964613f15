"""Which pixels lie inside a polygon, in whole numbers: exact, and quick with hundreds of corners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_REACH_MAX: Final = 1 << 20  # products of two such differences fit into 64 bits
_CORNERS_MIN: Final = 3
_CORNERS_MAX: Final = 1_000  # each costs a look at every row: a collimator's outline has a few dozen

Corner = tuple[int, int]
"""Row and column of a pixel's centre, from 1."""


def inside_polygon(corners: Sequence[Corner], rows: int, columns: int) -> NDArray[np.bool_] | None:
    """True for pixel centres inside by the even-odd rule or on a line; None for what is no polygon."""
    if not _CORNERS_MIN <= len(corners) <= _CORNERS_MAX:
        return None
    if any(abs(number) > _REACH_MAX for corner in corners for number in corner):
        return None
    # A mark where a line is crossed turns all that follows in its row; column 0 stands before the first pixel.
    turns = np.zeros((rows, columns + 1), np.bool_)
    lines = np.zeros((rows, columns), np.bool_)
    for begin, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        upper, lower = sorted((begin, end))
        if upper[0] == lower[0]:
            _mark_level(lines, upper, lower)
        else:
            _mark_slope(turns, lines, upper, lower)
    inside: NDArray[np.bool_] = np.logical_xor.accumulate(turns, axis=1)[:, :columns]
    return inside | lines


def _mark_level(lines: NDArray[np.bool_], begin: Corner, end: Corner) -> None:
    """All pixels of a horizontal line."""
    if 1 <= begin[0] <= lines.shape[0]:
        lines[begin[0] - 1, max(begin[1] - 1, 0) : max(end[1], 0)] = True


def _mark_slope(turns: NDArray[np.bool_], lines: NDArray[np.bool_], upper: Corner, lower: Corner) -> None:
    """Where a line crosses each row; its lower end belongs to the next line."""
    row = np.arange(max(upper[0], 1), min(lower[0], lines.shape[0]) + 1, dtype=np.int64)
    height, width = lower[0] - upper[0], lower[1] - upper[1]
    whole, rest = np.divmod((row - upper[0]) * width, height)
    column = upper[1] + whole  # the last pixel at or before the line
    on_line = (rest == 0) & (column >= 1) & (column <= lines.shape[1])
    lines[row[on_line] - 1, column[on_line] - 1] = True
    crossing = row < lower[0]
    before = np.clip(np.where(rest == 0, column - 1, column), 0, lines.shape[1])[crossing]
    turns[row[crossing] - 1, 0] ^= True
    turns[row[crossing] - 1, before] ^= True
