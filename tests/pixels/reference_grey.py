"""From stored values to grey: padding, modality, VOI, polarity (PS3.3 C.11), each distinct value once."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from tests.pixels.reference_cells import Stored

Values = NDArray[Any]
Number = int | float | Fraction
Grey = Callable[[Number], Number]
TABLE_FIRST: Final = {"CR", "DX", "MG", "IO", "PX"}
HALF: Final = Fraction(1, 2)
WHITE: Final = 255


def grey_of(dataset: Dataset, frame: int, stored: Stored) -> NDArray[np.uint8]:
    """Levels before padding is drawn."""
    values = stored.values
    distinct, places = np.unique(np.nan_to_num(values, posinf=0, neginf=0), return_inverse=True)
    signed = bool(values.dtype.kind == "i" and (values.min() < 0 or dataset.get("PixelRepresentation", 0) == 1))
    modality = modality_of(dataset, frame, signed=signed)
    meant = [modality(value) for value in distinct.tolist()]
    voi = voi_of(dataset, frame, signed=signed or min(meant) < 0)
    if voi is None:
        kept = np.asarray([float(value) for value in meant])[places].reshape(values.shape)[~padding_of(dataset, values)]
        voi = automatic(kept)
    inverted = str(dataset.get("PhotometricInterpretation", "")) == "MONOCHROME1"
    levels = [_level(voi(value), inverted=inverted) for value in meant]
    return np.asarray(levels, np.uint8)[places].reshape(values.shape)


def _level(grey: Number, *, inverted: bool) -> int:
    return math.floor((WHITE - grey if inverted else grey) + HALF)


def macro(dataset: Dataset, frame: int, keyword: str) -> Dataset:
    """A functional group: per frame, else shared, else the data set itself."""
    per_frame = list(dataset.get("PerFrameFunctionalGroupsSequence", None) or [])
    shared = list(dataset.get("SharedFunctionalGroupsSequence", None) or [])
    for group in [*per_frame[frame : frame + 1], *shared[:1]]:
        if group.get(keyword):
            return group[keyword][0]
    return dataset


def padding_of(dataset: Dataset, values: Values) -> NDArray[np.bool_]:
    """Rule 14."""
    if values.dtype.kind == "f":
        name = "DoubleFloatPixelPadding" if values.dtype.itemsize == 8 else "FloatPixelPadding"
        ends = [dataset.get(f"{name}Value"), dataset.get(f"{name}RangeLimit")]
        found = ~np.isfinite(values)
    else:
        ends = [dataset.get("PixelPaddingValue"), dataset.get("PixelPaddingRangeLimit")]
        ends = [None if end is None else _of_sign(int(end), signed=dataset.PixelRepresentation == 1) for end in ends]
        found = np.zeros(values.shape, np.bool_)
    if ends[0] is None:
        return found
    low, high = sorted((ends[0], ends[0] if ends[1] is None else ends[1]))
    return found | (values >= low) & (values <= high)


def _of_sign(value: int, *, signed: bool) -> int:
    """The same 16 bits by Pixel Representation (rule 9)."""
    if signed and value > 32767:
        return value - 65536
    return value + 65536 if not signed and value < 0 else value


def _exact(value: Any) -> Fraction:
    """A decimal as the header writes it."""
    return Fraction(str(value).strip())


def modality_of(dataset: Dataset, frame: int, *, signed: bool) -> Grey:
    """Stored value to modality value."""
    if dataset.get("ModalityLUTSequence"):
        table = table_of(dataset.ModalityLUTSequence[0], signed=signed)
        return lambda value: table(value)[0]
    group = macro(dataset, frame, "PixelValueTransformationSequence")
    slope, intercept = group.get("RescaleSlope"), group.get("RescaleIntercept")
    m = Fraction(1) if slope in (None, "") or float(slope) == 0 else _exact(slope)
    b = Fraction(0) if intercept in (None, "") else _exact(intercept)
    return lambda value: Fraction(value) * m + b


def table_of(item: Dataset, *, signed: bool) -> Callable[[Number], tuple[int, int]]:
    """The entry for an input, nearest whole number half up, and the largest entry that its bits allow."""
    count, first, bits = (int(value) for value in item.LUTDescriptor)
    first = _of_sign(first, signed=signed)
    data = item["LUTData"].value
    entries = np.frombuffer(data, "<u2") if isinstance(data, bytes) else np.asarray(data)
    entries = entries[: count or 65536].astype(np.int64)
    top = (1 << bits) - 1 if entries.max() < 1 << bits else 255 if entries.max() < 256 else 65535

    def entry(value: Number) -> tuple[int, int]:
        place = math.floor(Fraction(value) + HALF) - first
        return int(entries[min(max(place, 0), len(entries) - 1)]), top

    return entry


def voi_of(dataset: Dataset, frame: int, *, signed: bool) -> Grey | None:
    """The image's own VOI: projection radiography its first table, others their first valid window (rule 30)."""
    group = macro(dataset, frame, "FrameVOILUTSequence")
    window = _window_of(group)
    sequence = group.get("VOILUTSequence") or dataset.get("VOILUTSequence")
    table = table_of(sequence[0], signed=signed) if sequence else None
    by_table: Grey | None = None
    if table is not None:
        by_table = lambda value: Fraction(table(value)[0] * WHITE, table(value)[1])  # noqa: E731
    ordered = (by_table, window) if dataset.get("Modality") in TABLE_FIRST else (window, by_table)
    return next((found for found in ordered if found is not None), None)


def _numbers(value: Any) -> list[Fraction]:
    if value is None or value == "":
        return []
    several = hasattr(value, "__iter__") and not isinstance(value, str)
    return [_exact(each) for each in (value if several else [value])]


def _window_of(group: Dataset) -> Grey | None:
    pairs = zip(_numbers(group.get("WindowCenter")), _numbers(group.get("WindowWidth")), strict=False)
    function = str(group.get("VOILUTFunction", "LINEAR") or "LINEAR")
    found = next(((centre, width) for centre, width in pairs if width > 0), None)
    if found is None:
        return None
    if function == "SIGMOID":
        return sigmoid(*found)
    return linear_exact(*found) if function == "LINEAR_EXACT" or found[1] < 1 else linear(*found)


def linear(centre: Number, width: Number) -> Grey:
    """PS3.3 C.11.2.1.2.1."""
    c, w = Fraction(centre) - HALF, Fraction(width) - 1
    return lambda x: 0 if Fraction(x) <= c - w / 2 else WHITE if Fraction(x) > c + w / 2 else (
        (Fraction(x) - c) / w + HALF) * WHITE  # fmt: skip


def linear_exact(centre: Number, width: Number) -> Grey:
    """PS3.3 C.11.2.1.3.2."""
    c, w = Fraction(centre), Fraction(width)
    return lambda x: 0 if Fraction(x) <= c - w / 2 else WHITE if Fraction(x) > c + w / 2 else (
        (Fraction(x) - c) / w + HALF) * WHITE  # fmt: skip


def sigmoid(centre: Number, width: Number) -> Grey:
    """PS3.3 C.11.2.1.3.1."""
    return lambda x: WHITE / (1 + math.exp(min(float(-4 * (x - centre) / width), 700)))


def automatic(values: Values) -> Grey:
    """Rule 33."""
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return linear_exact(0.5, 1)
    low, high = (float(end) for end in np.percentile(finite, (1, 99)))
    if low == high:
        low, high = float(finite.min()), float(finite.max())
    return linear_exact((low + high) / 2, (high - low) or 1.0)
