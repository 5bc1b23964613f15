"""A picture of 8 bits for screens, and how it is made smaller in true proportions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_WEIGHT_MIN: Final = 1e-6  # what is left of a mean of nothing by rounding


@dataclass(frozen=True, slots=True)
class Picture:
    """Grey (rows, columns) or RGB (rows, columns, 3) in 8 bits; `drawn_with` says by which window or table."""

    pixels: NDArray[np.uint8]
    drawn_with: str

    @property
    def rows(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    @property
    def columns(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def samples(self) -> int:
        """1 for grey, 3 for RGB."""
        return 3 if self.pixels.ndim == 3 else 1


def fitted(
    pixels: NDArray[np.uint8], side: int, aspect: float, left_out: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """The picture inside a square of `side` pixels, never enlarged; `aspect` is a pixel's height over its width.

    Each pixel is the mean of what it covers, rounded half up. `left_out` (padding) has no part in it, and where
    nothing else is covered the picture is black (clinical rule 17).
    """
    rows, columns = pixels.shape[0], pixels.shape[1]
    height, width = rows * max(aspect, 1.0), columns * max(1.0 / aspect, 1.0)
    scale = min(1.0, side / height, side / width)
    target_rows, target_columns = max(1, round(height * scale)), max(1, round(width * scale))

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return _averaged(_averaged(values, target_rows, 0), target_columns, 1)

    if left_out is None or not left_out.any():
        averaged = mean(pixels.astype(np.float64))
    else:
        kept = _as_channels((~left_out).astype(np.float64), pixels.ndim)
        weight = mean(kept)
        total, weight = mean(pixels * kept), mean(kept)
        averaged = np.divide(total, weight, out=np.zeros_like(total), where=weight > _WEIGHT_MIN)
    return np.clip(np.floor(averaged + 0.5), 0, 255).astype(np.uint8)


def _as_channels(mask: NDArray[np.float64], dimensions: int) -> NDArray[np.float64]:
    """A mask that multiplies grey or RGB."""
    return mask if dimensions == 2 else mask[..., np.newaxis]


def _averaged(values: NDArray[np.float64], count: int, axis: int) -> NDArray[np.float64]:
    """Resample one axis to `count` cells, each the mean of the part of the axis that it covers."""
    length = values.shape[axis]
    if length == count:
        return values
    moved = np.moveaxis(values, axis, 0)
    sums = np.concatenate((np.zeros((1, *moved.shape[1:])), np.cumsum(moved, axis=0)))
    borders = np.linspace(0.0, length, count + 1)
    below = np.minimum(borders.astype(np.int64), length - 1)
    rest = (borders - below).reshape((-1,) + (1,) * (moved.ndim - 1))
    integral = sums[below] + rest * moved[below]
    return np.moveaxis(np.diff(integral, axis=0) * (count / length), 0, axis)
