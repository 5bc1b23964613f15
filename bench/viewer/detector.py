"""Which slice a picture of the screen shows, and from when on: the same for every viewer, from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.viewer.studies import SIZE, grey

SHOWN: Final = 0.98
_SIDE: Final = 96  # a picture is compared at this size
_MIDDLE: Final = slice(SIZE // 5, SIZE - SIZE // 5)  # text stands in the corners, not here

Picture = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a viewer draws the image: left, top and side of its square, in pixels of the screen; and which slice."""

    left: float
    top: float
    side: float
    slice_number: int
    correlation: float


class Detector:
    """Knows what every slice of a study looks like."""

    def __init__(self, slices: int) -> None:
        shown = [_normal(_small(grey(number)[_MIDDLE, _MIDDLE])) for number in range(slices)]
        self._slices = np.stack([picture.ravel() for picture in shown])

    def place(self, path: Path, box: tuple[float, float, float, float]) -> Place:
        """Where within `box` (left, top, width, height) a picture of the screen shows which slice."""
        screen = Image.open(path).convert("L")
        left, top, width, height = box
        most = min(width, height)
        best = Place(0, 0, 0, 0, -1)
        for step, reach in ((8, 0), (2, 8), (0.5, 2)):
            sides = np.arange(most * 0.5, most * 1.02, step) if reach == 0 else _around(best.side, step, reach)
            for side in sides:
                x0, y0 = left + (width - side) / 2, top + (height - side) / 2
                shifts = (0.0,) if reach == 0 else (-2 * step, -step, 0, step, 2 * step)
                x0, y0 = (
                    (x0, y0) if reach == 0 else (best.left + (best.side - side) / 2, best.top + (best.side - side) / 2)
                )
                for dx in shifts:
                    for dy in shifts:
                        seen = self._best(screen, x0 + dx, y0 + dy, side)
                        if seen.correlation > best.correlation:
                            best = seen
        return best

    def correlation(self, path: Path, place: Place, slice_number: int) -> float:
        """How like slice `slice_number` the picture is at that place, −1…1."""
        seen = _crop(Image.open(path).convert("L"), place.left, place.top, place.side)
        return float(self._slices[slice_number] @ _normal(seen).ravel())

    def _best(self, screen: Image.Image, left: float, top: float, side: float) -> Place:
        likeness = self._slices @ _normal(_crop(screen, left, top, side)).ravel()
        number = int(np.argmax(likeness))
        return Place(left, top, side, number, float(likeness[number]))


def first_shown(
    detector: Detector, place: Place, slice_number: int, frames: Sequence[tuple[float, Path]]
) -> float | None:
    """The time of the first frame that shows the slice; None when none does."""
    for at, path in frames:
        if detector.correlation(path, place, slice_number) >= SHOWN:
            return at
    return None


def _around(middle: float, step: float, reach: float) -> NDArray[np.float64]:
    return np.arange(middle - reach, middle + reach + step / 2, step)


def _crop(screen: Image.Image, left: float, top: float, side: float) -> Picture:
    near, far = _MIDDLE.start / SIZE, _MIDDLE.stop / SIZE
    box = (left + near * side, top + near * side, left + far * side, top + far * side)
    return np.asarray(screen.resize((_SIDE, _SIDE), Image.Resampling.BOX, box), dtype=np.float64)


def _small(picture: Picture) -> Picture:
    image = Image.fromarray(picture.astype(np.float32), mode="F")
    return np.asarray(image.resize((_SIDE, _SIDE), Image.Resampling.BOX), dtype=np.float64)


def _normal(picture: Picture) -> Picture:
    """Mean 0, length 1; a picture without contrast is like nothing."""
    centred = picture - picture.mean()
    length = float(np.linalg.norm(centred))
    return centred / length if length > 1e-9 else np.zeros_like(centred)
