"""The value-of-interest transform: windows and tables to 0…1 (PS3.3 C.11.2, clinical rules 27 to 33)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, functional_group, items, numbers, text, texts
from kontor.dicom.objects.lookup_tables import HALF_SLACK, LookupTable, lookup_table

Numbers = NDArray[Any]

LINEAR: Final = "LINEAR"
LINEAR_EXACT: Final = "LINEAR_EXACT"
SIGMOID: Final = "SIGMOID"
_TABLE_FIRST: Final = frozenset({"CR", "DX", "MG", "IO", "PX"})
_AUTO_PERCENTILES: Final = (1.0, 99.0)


@dataclass(frozen=True, slots=True)
class Window:
    """Centre and width in modality values; `width` > 0."""

    centre: float
    width: float
    function: str = LINEAR
    explanation: str = ""

    def apply(self, values: Numbers) -> NDArray[np.float64]:
        """From modality values to 0…1 (PS3.3 C.11.2.1.2 and C.11.2.1.3). LINEAR under width 1 is taken as exact."""
        x = values.astype(np.float64)
        if self.function == SIGMOID:
            exponent = np.clip(-4.0 * (x - self.centre) / self.width, -700.0, 700.0)
            return 1.0 / (1.0 + np.exp(exponent))
        if self.function == LINEAR_EXACT or self.width < 1:
            return np.clip((x - self.centre) / self.width + 0.5, 0.0, 1.0)
        centre, width = self.centre - 0.5, self.width - 1.0
        if width == 0:
            return (x > centre + HALF_SLACK).astype(np.float64)
        return np.clip((x - centre) / width + 0.5, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class VoiTable:
    """A VOI LUT item as a transform."""

    table: LookupTable

    def apply(self, values: Numbers) -> NDArray[np.float64]:
        """From modality values to 0…1."""
        shares: NDArray[np.float64] = self.table.apply(values) / self.table.maximum
        return shares


Voi = Window | VoiTable


def windows(dataset: DicomJson, frame: int) -> tuple[Window, ...]:
    """The windows of a frame, in their order, invalid pairs left out; unequal counts end with the shorter one."""
    group = functional_group(dataset, frame, Tags.FrameVOILUTSequence)
    centres, widths = numbers(group, Tags.WindowCenter), numbers(group, Tags.WindowWidth)
    names = texts(group, Tags.WindowCenterWidthExplanation)
    function = text(group, Tags.VOILUTFunction).upper()
    function = function if function in (LINEAR_EXACT, SIGMOID) else LINEAR
    return tuple(
        Window(centre, width, function, names[index] if index < len(names) else "")
        for index, (centre, width) in enumerate(zip(centres, widths, strict=False))
        if width > 0 and math.isfinite(centre) and math.isfinite(width)
    )


def voi_tables(dataset: DicomJson, frame: int, *, signed: bool) -> tuple[VoiTable, ...]:
    """The VOI LUT items of a frame; they are alternatives."""
    group = functional_group(dataset, frame, Tags.FrameVOILUTSequence)
    sequence = items(group, Tags.VOILUTSequence) or items(dataset, Tags.VOILUTSequence)
    tables = (lookup_table(item, Tags.LUTDescriptor, Tags.LUTData, signed=signed) for item in sequence)
    return tuple(VoiTable(table) for table in tables if table is not None)


def default_voi(dataset: DicomJson, frame: int, modality: str, *, signed: bool) -> Voi | None:
    """What the data set asks for: projection radiography its first table, others their first window."""
    tables = voi_tables(dataset, frame, signed=signed)
    found: tuple[Voi, ...] = windows(dataset, frame)
    ordered = (*tables, *found) if modality in _TABLE_FIRST else (*found, *tables)
    return ordered[0] if ordered else None


def auto_window(values: Numbers, padding: NDArray[np.bool_] | None = None) -> Window:
    """First to 99th percentile of the modality values without padding (clinical rule 33)."""
    counted = values if padding is None else values[~padding]
    finite = counted[np.isfinite(counted)]
    if finite.size == 0:
        return Window(0.5, 1.0, LINEAR_EXACT, "auto")
    low, high = (float(bound) for bound in np.percentile(finite, _AUTO_PERCENTILES))
    if low == high:  # nearly all values are equal, as in a sparse mask
        low, high = float(finite.min()), float(finite.max())
    return Window((low + high) / 2, (high - low) or 1.0, LINEAR_EXACT, "auto")
