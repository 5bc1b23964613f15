"""Overlay planes (PS3.3 C.9.2, clinical rules 47 and 48): white graphics above the picture and its shutters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags, repeated_tag
from kontor.dicom.objects.attributes import DicomJson, binary, integer, numbers
from kontor.dicom.objects.description import Undisplayable

GROUPS: Final = range(0x6000, 0x6020, 2)
WHITE: Final = 255
_SIDE_MAX: Final = 65_535


@dataclass(frozen=True, slots=True)
class OverlayPlane:
    """The set bits of one plane; its first pixel lies at `top`, `left` of the picture, from 0, also outside of it."""

    group: int
    top: int
    left: int
    bits: NDArray[np.bool_]


def overlay_planes(dataset: DicomJson, frame: int, cells: NDArray[Any] | None = None) -> tuple[OverlayPlane, ...]:
    """The planes of a frame (0-based). `cells` are the frame's whole cells, for planes in their unused bits."""
    found = (_plane(dataset, group, frame, cells) for group in GROUPS if _is_there(dataset, group))
    return tuple(plane for plane in found if plane is not None)


def overlaid(pixels: NDArray[np.uint8], planes: Sequence[OverlayPlane]) -> NDArray[np.uint8]:
    """The picture with the planes in white; what lies beyond its edges is cut off."""
    drawn = pixels.copy() if planes else pixels
    for plane in planes:
        drawn[_mask(plane, drawn.shape[0], drawn.shape[1])] = WHITE
    return drawn


def overlay_mask(planes: Sequence[OverlayPlane], rows: int, columns: int) -> NDArray[np.bool_]:
    """Where any plane is set."""
    covered = np.zeros((rows, columns), np.bool_)
    for plane in planes:
        covered |= _mask(plane, rows, columns)
    return covered


def canvas_size(dataset: DicomJson) -> tuple[int, int]:
    """Rows and columns of a picture without pixels: the image's, else what overlays reach; else Undisplayable."""
    rows, columns = integer(dataset, Tags.Rows, 0), integer(dataset, Tags.Columns, 0)
    if not (rows and columns):
        planes = overlay_planes(dataset, 0)
        rows = max((plane.top + plane.bits.shape[0] for plane in planes), default=0)
        columns = max((plane.left + plane.bits.shape[1] for plane in planes), default=0)
    if not (0 < rows <= _SIDE_MAX and 0 < columns <= _SIDE_MAX):
        raise Undisplayable("no pixel data and no overlay")
    return rows, columns


def has_overlays(dataset: DicomJson) -> bool:
    """Whether any group describes a plane."""
    return any(_is_there(dataset, group) for group in GROUPS)


def _is_there(dataset: DicomJson, group: int) -> bool:
    return _number(dataset, group, "OverlayRows", 0) > 0 and _number(dataset, group, "OverlayColumns", 0) > 0


def _number(dataset: DicomJson, group: int, keyword: str, default: int) -> int:
    return integer(dataset, repeated_tag(keyword, group), default)


def _plane(dataset: DicomJson, group: int, frame: int, cells: NDArray[Any] | None) -> OverlayPlane | None:
    rows, columns = _number(dataset, group, "OverlayRows", 0), _number(dataset, group, "OverlayColumns", 0)
    data = binary(dataset, repeated_tag("OverlayData", group))
    if data is not None:
        bits = _own_bits(dataset, group, frame, data, rows, columns)
    else:
        bits = _embedded_bits(dataset, group, cells)
    if bits is None:
        return None
    origin = numbers(dataset, repeated_tag("OverlayOrigin", group))
    top, left = (int(origin[0]), int(origin[1])) if len(origin) >= 2 else (1, 1)
    return OverlayPlane(group, top - 1, left - 1, bits)


def _own_bits(
    dataset: DicomJson, group: int, frame: int, data: bytes, rows: int, columns: int
) -> NDArray[np.bool_] | None:
    """Packed from the lowest bit on; one plane lies on all frames unless it names its frame (C.9.2)."""
    first = numbers(dataset, repeated_tag("ImageFrameOrigin", group))
    count = numbers(dataset, repeated_tag("NumberOfFramesInOverlay", group))
    number = frame + 1 - int(first[0] if first else 1) if first or count else 0
    if not 0 <= number < int(count[0] if count else 1):
        return None
    begin = number * rows * columns
    part = np.frombuffer(data, np.uint8)[begin // 8 : (begin + rows * columns + 7) // 8]
    bits = np.unpackbits(part, bitorder="little")[begin % 8 :][: rows * columns]
    return bits.astype(np.bool_).reshape(rows, columns) if len(bits) == rows * columns else None


def _embedded_bits(dataset: DicomJson, group: int, cells: NDArray[Any] | None) -> NDArray[np.bool_] | None:
    """A plane in an unused bit of Pixel Data, which Overlay Bits Allocated tells (retired in PS3.3-2004)."""
    position = _number(dataset, group, "OverlayBitPosition", 0)
    allocated = _number(dataset, group, "OverlayBitsAllocated", 0)
    if cells is None or allocated != integer(dataset, Tags.BitsAllocated, 0) or not 0 <= position < allocated:
        return None
    bits: NDArray[np.bool_] = (cells >> cells.dtype.type(position) & cells.dtype.type(1)).astype(np.bool_)
    return bits


def _mask(plane: OverlayPlane, rows: int, columns: int) -> NDArray[np.bool_]:
    mask = np.zeros((rows, columns), np.bool_)
    top, left = max(plane.top, 0), max(plane.left, 0)
    part = plane.bits[top - plane.top :, left - plane.left :]
    fitting = part[: max(rows - top, 0), : max(columns - left, 0)]
    mask[top : top + fitting.shape[0], left : left + fitting.shape[1]] = fitting
    return mask
