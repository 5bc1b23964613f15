"""Shutters (PS3.3 C.7.6.11, clinical rule 49): only what lies inside all shapes is shown. Statistics ignore them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, functional_group, integer, numbers, texts
from kontor.dicom.objects.description import pixel_aspect
from kontor.dicom.objects.polygons import inside_polygon

_P_VALUES: Final = 65_535
_EDGES: Final = (
    Tags.ShutterUpperHorizontalEdge,
    Tags.ShutterLowerHorizontalEdge,
    Tags.ShutterLeftVerticalEdge,
    Tags.ShutterRightVerticalEdge,
)


def shutter_opening(dataset: DicomJson, frame: int, rows: int, columns: int) -> NDArray[np.bool_] | None:
    """True where a frame (0-based) is shown; None without a shutter. A shape without its numbers hides nothing.

    Edges, the circle's line and the polygon's lines belong to the picture.
    """
    module = functional_group(dataset, frame, Tags.FrameDisplayShutterSequence)
    shapes = {shape.upper() for shape in texts(module, Tags.ShutterShape)}
    openings = (
        _rectangle(module, rows, columns) if "RECTANGULAR" in shapes else None,
        _circle(module, pixel_aspect(dataset, frame), rows, columns) if "CIRCULAR" in shapes else None,
        _polygon(module, rows, columns) if "POLYGONAL" in shapes else None,
    )
    found = [opening for opening in openings if opening is not None]
    return np.logical_and.reduce(found) if found else None


def shutter_level(dataset: DicomJson, frame: int) -> int:
    """The level outside: Shutter Presentation Value, a P-value of 16 bits, as 8 bits; black when it is absent."""
    module = functional_group(dataset, frame, Tags.FrameDisplayShutterSequence)
    value = min(max(integer(module, Tags.ShutterPresentationValue, 0), 0), _P_VALUES)
    return (2 * 255 * value + _P_VALUES) // (2 * _P_VALUES)


def _rectangle(module: DicomJson, rows: int, columns: int) -> NDArray[np.bool_] | None:
    edges = [numbers(module, tag)[:1] for tag in _EDGES]
    if not all(edges):
        return None
    upper, lower, left, right = (edge[0] for edge in edges)
    row, column = np.arange(1, rows + 1), np.arange(1, columns + 1)
    return np.outer((row >= upper) & (row <= lower), (column >= left) & (column <= right))


def _circle(module: DicomJson, aspect: float, rows: int, columns: int) -> NDArray[np.bool_] | None:
    """The radius counts columns ("along the row direction"); the circle is round in true proportions."""
    centre, radius = numbers(module, Tags.CenterOfCircularShutter), numbers(module, Tags.RadiusOfCircularShutter)
    if len(centre) < 2 or not radius:
        return None
    down = ((np.arange(1, rows + 1) - centre[0]) * aspect) ** 2
    across = (np.arange(1, columns + 1) - centre[1]) ** 2
    opening: NDArray[np.bool_] = np.add.outer(down, across) <= radius[0] ** 2
    return opening


def _polygon(module: DicomJson, rows: int, columns: int) -> NDArray[np.bool_] | None:
    found = [int(number) for number in numbers(module, Tags.VerticesOfThePolygonalShutter)]
    return inside_polygon(list(zip(found[0::2], found[1::2], strict=False)), rows, columns)
