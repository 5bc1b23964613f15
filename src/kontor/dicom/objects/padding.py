"""Which pixels are padding: not part of the picture, drawn as background (PS3.3 C.7.5.1.1.2, clinical rule 14)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, number

_FLOAT: Final = (Tags.FloatPixelPaddingValue, Tags.FloatPixelPaddingRangeLimit)
_DOUBLE: Final = (Tags.DoubleFloatPixelPaddingValue, Tags.DoubleFloatPixelPaddingRangeLimit)


def padding_mask(stored: NDArray[Any], dataset: DicomJson, *, signed: bool) -> NDArray[np.bool_] | None:
    """True where a stored value is padding; None when nothing is. NaN and infinity are padding."""
    if stored.dtype.kind == "f":
        mask = ~np.isfinite(stored)
        pair = _DOUBLE if stored.dtype.itemsize == 8 else _FLOAT
        bounds = (number(dataset, pair[0]), number(dataset, pair[1]))
    else:
        mask = np.zeros(stored.shape, np.bool_)
        bounds = (
            _signed(number(dataset, Tags.PixelPaddingValue), signed),
            _signed(number(dataset, Tags.PixelPaddingRangeLimit), signed),
        )
    if bounds[0] is not None:
        other = bounds[0] if bounds[1] is None else bounds[1]
        low, high = min(bounds[0], other), max(bounds[0], other)
        mask |= (stored >= low) & (stored <= high)
    return mask if mask.any() else None


def _signed(value: float | None, signed: bool) -> float | None:
    """Read a value by Pixel Representation, also where the sender chose the other sign (clinical rule 9)."""
    if value is None:
        return None
    if signed and value > 32_767:
        return value - 65_536
    return value + 65_536 if not signed and value < 0 else value
