"""Modality values: what a stored value means, before any window (PS3.3 C.11.1, clinical rules 20 to 23)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, functional_group, items, number, text
from kontor.dicom.objects.lookup_tables import LookupTable, lookup_table

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class ModalityTransform:
    """A table, or `slope` and `intercept`; `unit` is Rescale Type, '' when nothing can be said."""

    slope: float = 1.0
    intercept: float = 0.0
    unit: str = ""
    table: LookupTable | None = None
    header_conflict: bool = False

    def apply(self, stored: Numbers) -> NDArray[np.float64]:
        """Modality values of stored values, in double precision."""
        if self.table is not None:
            return self.table.apply(stored).astype(np.float64)
        return stored.astype(np.float64) * self.slope + self.intercept

    def can_be_negative(self, *, signed: bool) -> bool:
        """Whether modality values can be, of pixels that are `signed`: it tells how a VOI table's first input is read.

        From the header alone, so that all frames of a stack read it alike (PS3.3 C.11.2.1.1).
        """
        return self.table is None and (signed or self.slope < 0 or self.intercept < 0)


def modality_transform(dataset: DicomJson, frame: int, *, signed: bool) -> ModalityTransform:
    """The transform of a frame (0-based): per frame, shared, or of the whole data set; a table beats rescale."""
    sequence = items(dataset, Tags.ModalityLUTSequence)
    rescale = functional_group(dataset, frame, Tags.PixelValueTransformationSequence)
    slope, intercept = number(rescale, Tags.RescaleSlope), number(rescale, Tags.RescaleIntercept)
    if sequence:
        table = lookup_table(sequence[0], Tags.LUTDescriptor, Tags.LUTData, signed=signed)
        if table is not None:
            both = slope is not None
            return ModalityTransform(unit=text(sequence[0], Tags.ModalityLUTType), table=table, header_conflict=both)
    if slope is None and intercept is None:
        return ModalityTransform()
    unit = text(rescale, Tags.RescaleType)
    offset = intercept if intercept is not None and math.isfinite(intercept) else 0.0
    if slope is not None and (slope == 0 or not math.isfinite(slope)):
        return ModalityTransform(1.0, offset, header_conflict=True)
    return ModalityTransform(1.0 if slope is None else slope, offset, unit)
