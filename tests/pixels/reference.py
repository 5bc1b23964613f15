"""What a data set looks like at 1 : 1, written from the standard with pydicom and numpy, without the product's code.

The rules, in the order in which they are applied (PS3.4 N.2; numbers are those of the clinical rule book):

1. Stored values are cut out of their cells, the sign is extended (5 to 11); a code stream's sign beats the header's.
2. Padding is noted on stored values (14). NaN and infinity are padding.
3. Modality table, else slope and intercept (20 to 23), per frame, else shared, else top level.
4. VOI to 0…255, half up (27 to 33). Slope, intercept, centre and width are the decimals that the header writes, and all
   arithmetic is exact, so that a half is a half: code in binary floating point has to add a trifle (1e-9) before it
   rounds. Without any VOI: LINEAR_EXACT from the 1st to the 99th percentile of the modality values without padding,
   numpy's linear interpolation.
5. MONOCHROME1 inverts after VOI; Presentation LUT Shape never decides (36, 37).
6. Supplemental palette: stored values from the first mapped one on are colours (42).
7. Padding is black (16).
8. Shutters: outside of any shape the pixel is Shutter Presentation Value, of 65535, as a level, half up; else black.
   Edges, the circle's line and the polygon's lines belong to the picture. A circle's radius counts columns and the
   circle is round on the screen (PS3.3 C.7.6.11, 49).
9. Overlays: each plane's set bits become 255, 255, 255, above shutters and padding (47, 48). Both types are drawn. A
   plane without Number of Frames and without Image Frame Origin lies on each frame.

The picture is (rows, columns) of grey, or (rows, columns, 3) of RGB. Colour becomes RGB by PS3.3 C.7.6.3.1.2; it is
not windowed, and an ICC profile takes it to sRGB (46; LittleCMS, relative colorimetric).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset

from tests.pixels.reference_cells import Stored, cells_of
from tests.pixels.reference_colour import rgb_of, supplement
from tests.pixels.reference_graphics import aspect_of, overlaid, picture_size, shuttered
from tests.pixels.reference_grey import grey_of, padding_of

Picture = NDArray[np.uint8]


def picture(dataset: FileDataset, frame: int = 0) -> Picture:
    """Frame `frame` (from 0) after the whole pipeline."""
    stored = cells_of(dataset, frame)
    if stored is None:
        drawn = np.zeros(picture_size(dataset), np.uint8)
        return overlaid(drawn, dataset, frame, None)
    drawn = _pixels(dataset, frame, stored)
    return overlaid(shuttered(drawn, dataset, frame), dataset, frame, stored.raw)


def scaled(dataset: FileDataset, side: int, frame: int = 0) -> NDArray[Any]:
    """The picture inside a square of `side` pixels in true proportions, each pixel the exact mean of what it covers.

    Padding that neither shutter nor overlay covers has no part in it; where nothing else is covered it is black (17).
    Unrounded: a server's picture may differ by the rounding only.
    """
    drawn, aspect = picture(dataset, frame).astype(np.float64), aspect_of(dataset, frame)
    rows, columns = drawn.shape[:2]
    height, width = rows * max(aspect, 1.0), columns * max(1 / aspect, 1.0)
    scale = min(1.0, side / height, side / width)
    down = _coverage(rows, max(1, round(height * scale)))
    across = _coverage(columns, max(1, round(width * scale)))
    part = np.einsum("ij,jk,lk->il", down, weight := _weight(dataset, frame), across)
    weight, part = (weight, part) if drawn.ndim == 2 else (weight[..., None], part[..., None])
    total = np.einsum("ij,jk...,lk->il...", down, drawn * weight, across)
    return np.where(part > 1e-9, total / np.maximum(part, 1e-9), 0)


def _weight(dataset: FileDataset, frame: int) -> NDArray[Any]:
    """0 for padding that is seen, else 1."""
    stored = cells_of(dataset, frame)
    if stored is None or stored.values.ndim == 3 or dataset.PhotometricInterpretation == "PALETTE COLOR":
        return np.ones(picture_size(dataset))
    bare = [np.full(stored.values.shape, level, np.uint8) for level in (1, 2)]
    above = [overlaid(shuttered(each, dataset, frame), dataset, frame, stored.raw) for each in bare]
    return 1.0 - (padding_of(dataset, stored.values) & (above[0] != above[1]))


def _coverage(length: int, count: int) -> NDArray[Any]:
    """(count, length): the share that each old line has in each new one."""
    borders = np.arange(count + 1) * length / count
    lines = np.arange(length)
    share = np.minimum(borders[1:, None], lines + 1) - np.maximum(borders[:-1, None], lines)
    return np.clip(share, 0, None) * count / length


def _pixels(dataset: Dataset, frame: int, stored: Stored) -> Picture:
    photometric = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    if stored.values.ndim == 3 or photometric == "PALETTE COLOR":
        return rgb_of(dataset, stored)
    grey = supplement(grey_of(dataset, frame, stored), dataset, stored)
    padding = padding_of(dataset, stored.values)
    grey[padding] = 0
    return grey
