"""RGB of samples, palettes and supplemental palettes (PS3.3 C.7.6.3.1.2, C.7.6.3.1.5, C.7.9, C.7.6.23)."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from tests.colour_profiles import in_srgb
from tests.pixels.reference_cells import Stored

Values = NDArray[Any]
Picture = NDArray[np.uint8]
NAMES: Final = ("Red", "Green", "Blue")


def rgb_of(dataset: Dataset, stored: Stored) -> Picture:
    """Three samples, or indices; in sRGB where the image says what its colours are (rule 46)."""
    rgb = _own_rgb(dataset, stored)
    return in_srgb(rgb, dataset.ICCProfile) if "ICCProfile" in dataset else rgb


def _own_rgb(dataset: Dataset, stored: Stored) -> Picture:
    if stored.values.ndim == 2:
        return coloured(stored.values, dataset)
    bits = int(dataset.BitsStored)
    values = stored.values.astype(np.int64)
    eight = values >> bits - 8 if bits >= 8 else values * 255 // ((1 << bits) - 1)
    return _rgb_of_ybr(eight) if stored.space in ("YBR_FULL", "YBR_FULL_422") else eight.astype(np.uint8)


def _rgb_of_ybr(ybr: Values) -> Picture:
    y, b, r = (ybr[..., index].astype(np.float64) for index in range(3))
    green = y - (0.114 * 1.772 * (b - 128) + 0.299 * 1.402 * (r - 128)) / 0.587
    rgb = np.stack((y + 1.402 * (r - 128), green, y + 1.772 * (b - 128)), axis=-1)
    return np.clip(np.floor(rgb + 0.5), 0, 255).astype(np.uint8)


def supplement(grey: Picture, dataset: Dataset, stored: Stored) -> Picture:
    """Colours for stored values from the first mapped one on, where Pixel Presentation asks for them (rule 42)."""
    if dataset.get("PixelPresentation") not in ("COLOR", "MIXED") or not _descriptor(dataset, "Red"):
        return grey
    first = _descriptor(dataset, "Red")[1]
    rgb = np.repeat(grey[..., None], 3, axis=-1)
    mapped = stored.values >= first
    rgb[mapped] = coloured(stored.values, dataset)[mapped]
    return rgb


def coloured(values: Values, dataset: Dataset) -> Picture:
    """Indices through three tables; the high byte of 16 bit entries, unless all entries fit into a byte."""
    tables = [_entries(dataset, name) for name in NAMES]
    shift = 8 if max(max(table) for table in tables) > 255 else 0
    channels = []
    for name, table in zip(NAMES, tables, strict=True):
        first = _descriptor(dataset, name)[1]
        places = np.clip(values.astype(np.int64) - first, 0, len(table) - 1)
        channels.append(np.asarray(table)[places] >> shift)
    return np.stack(channels, axis=-1).astype(np.uint8)


def _descriptor(dataset: Dataset, name: str) -> list[int]:
    found = dataset.get(f"{name}PaletteColorLookupTableDescriptor")
    if found is None:
        return []
    count, first, bits = (int(value) for value in found)
    first = first - 65536 if dataset.PixelRepresentation == 1 and first > 32767 else first
    return [count or 65536, first, bits]


def _entries(dataset: Dataset, name: str) -> list[int]:
    count, _, bits = _descriptor(dataset, name)
    data = dataset.get(f"{name}PaletteColorLookupTableData")
    if data is not None:
        kind = "<u2" if len(data) >= 2 * count else "u1"
        return np.frombuffer(data, kind)[:count].tolist()
    data = dataset[f"Segmented{name}PaletteColorLookupTableData"].value
    return _expanded(np.frombuffer(data, "u1" if bits == 8 else "<u2").tolist(), bits)[:count]


def _expanded(words: list[int], bits: int) -> list[int]:
    """Segments to entries (PS3.3 C.7.9.2): 0 discrete, 1 linear to an end, 2 segments from an offset in bytes again."""
    entries: list[int] = []
    size, offsets = (1, 4) if bits == 8 else (2, 2)

    def segment(at: int) -> int:
        kind, length = words[at], words[at + 1]
        if kind == 0:
            entries.extend(words[at + 2 : at + 2 + length])
            return at + 2 + length
        if kind == 1:
            start, end = entries[-1], words[at + 2]
            entries.extend(math.floor(start + (end - start) * step / length + 0.5) for step in range(1, length + 1))
            return at + 3
        low = sum(word << 8 * size * place for place, word in enumerate(words[at + 2 : at + 2 + offsets]))
        there = low // size
        for _ in range(length):
            there = segment(there)
        return at + 2 + offsets

    at = 0
    while at + 2 < len(words):
        at = segment(at)
    return entries
