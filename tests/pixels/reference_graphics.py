"""Shutters and overlay planes over a picture (PS3.3 C.7.6.11 and C.9.2)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from tests.pixels.reference_grey import macro

Picture = NDArray[np.uint8]
GROUPS: Final = range(0x6000, 0x6020, 2)
WHITE: Final = 255


def shuttered(picture: Picture, dataset: Dataset, frame: int) -> Picture:
    """The picture with all outside of any shape filled; enhanced angiography has shutters of its own a frame."""
    aspect, dataset = aspect_of(dataset, frame), macro(dataset, frame, "FrameDisplayShutterSequence")
    shapes = dataset.get("ShutterShape") or []
    shapes = [shapes] if isinstance(shapes, str) else list(shapes)
    row, column = np.mgrid[1 : picture.shape[0] + 1, 1 : picture.shape[1] + 1]
    inside = np.ones(picture.shape[:2], np.bool_)
    if "RECTANGULAR" in shapes:
        inside &= (column >= int(dataset.ShutterLeftVerticalEdge)) & (column <= int(dataset.ShutterRightVerticalEdge))
        inside &= (row >= int(dataset.ShutterUpperHorizontalEdge)) & (row <= int(dataset.ShutterLowerHorizontalEdge))
    if "CIRCULAR" in shapes:
        down, across = (int(value) for value in dataset.CenterOfCircularShutter)
        distance = ((row - down) * aspect) ** 2 + (column - across) ** 2
        inside &= distance <= int(dataset.RadiusOfCircularShutter) ** 2
    if "POLYGONAL" in shapes:
        numbers = [int(value) for value in dataset.VerticesOfThePolygonalShutter]
        inside &= _in_polygon(row, column, list(zip(numbers[0::2], numbers[1::2], strict=True)))
    filled = picture.copy()
    filled[~inside] = (int(dataset.get("ShutterPresentationValue", 0) or 0) * 2 * 255 + 65535) // (2 * 65535)
    return filled


def aspect_of(dataset: Dataset, frame: int = 0) -> float:
    """A pixel's height over its width; enhanced objects say it a frame."""
    measured = macro(dataset, frame, "PixelMeasuresSequence").get("PixelSpacing")
    if measured:
        return float(measured[0]) / float(measured[1])
    for keyword in ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing", "PixelAspectRatio"):
        found = dataset.get(keyword)
        if found:
            return float(found[0]) / float(found[1])
    return 1.0


def _in_polygon(row: Any, column: Any, vertices: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Even-odd rule on pixel centres in whole numbers; the lines themselves are inside."""
    inside, on_line = np.zeros(row.shape, np.bool_), np.zeros(row.shape, np.bool_)
    for (r0, c0), (r1, c1) in zip(vertices, vertices[1:] + vertices[:1], strict=True):
        side = (column - c0) * (r1 - r0) - (row - r0) * (c1 - c0)
        between = (np.minimum(r0, r1) <= row) & (row <= np.maximum(r0, r1))
        between &= (np.minimum(c0, c1) <= column) & (column <= np.maximum(c0, c1))
        on_line |= (side == 0) & between
        crosses = (row >= r0) != (row >= r1)
        inside ^= crosses & (side < 0 if r1 > r0 else side > 0)
    return inside | on_line


def picture_size(dataset: Dataset) -> tuple[int, int]:
    """Rows and columns of a picture without pixels: the image's, else what the overlays reach."""
    if dataset.get("Rows") and dataset.get("Columns"):
        return int(dataset.Rows), int(dataset.Columns)
    ends = [
        (dataset[g << 16 | 0x10].value, dataset[g << 16 | 0x11].value) for g in GROUPS if (g << 16 | 0x10) in dataset
    ]
    return max(end[0] for end in ends), max(end[1] for end in ends)


def overlaid(picture: Picture, dataset: Dataset, frame: int, raw: NDArray[Any] | None) -> Picture:
    """The picture with all planes of this frame (from 0) in white; `raw` are the cells with their unused bits."""
    drawn = picture.copy()
    for group in GROUPS:
        plane = _plane(dataset, group, frame, raw)
        if plane is None:
            continue
        origin = dataset.get(group << 16 | 0x50)
        top, left = (1, 1) if origin is None else (int(value) for value in origin.value)
        for row, column in zip(*np.nonzero(plane), strict=True):
            y, x = row + top - 1, column + left - 1
            if 0 <= y < drawn.shape[0] and 0 <= x < drawn.shape[1]:
                drawn[y, x] = WHITE
    return drawn


def _plane(dataset: Dataset, group: int, frame: int, raw: NDArray[Any] | None) -> NDArray[Any] | None:
    """The bits of one group for one frame, None when there are none."""

    def number(element: int, default: int) -> int:
        found = dataset.get(group << 16 | element)
        return default if found is None or found.value in (None, "") else int(found.value)

    rows, columns = number(0x10, 0), number(0x11, 0)
    if not rows or not columns:
        return None
    data = dataset.get(group << 16 | 0x3000)
    if data is None:
        position = number(0x102, 0)
        fits = raw is not None and raw.ndim == 2 and number(0x100, 0) == dataset.BitsAllocated
        return raw >> position & 1 if fits and raw is not None else None
    named = (group << 16 | 0x15) in dataset or (group << 16 | 0x51) in dataset
    which = frame + 1 - number(0x51, 1) if named else 0
    if not 0 <= which < number(0x15, 1):
        return None
    bits = np.unpackbits(np.frombuffer(data.value, np.uint8), bitorder="little")
    return bits[which * rows * columns :][: rows * columns].reshape(rows, columns)
