"""Colour to RGB of 8 bits: YBR, palettes, wide samples (PS3.3 C.7.6.3.1.2 and C.7.9, clinical rules 41 to 45)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, text
from kontor.dicom.objects.description import Undisplayable
from kontor.dicom.objects.lookup_tables import LookupTable, lookup_table

Samples = NDArray[Any]

_COLOURED: Final = frozenset({"COLOR", "MIXED"})

_PALETTE: Final = (
    (
        Tags.RedPaletteColorLookupTableDescriptor,
        Tags.RedPaletteColorLookupTableData,
        Tags.SegmentedRedPaletteColorLookupTableData,
    ),
    (
        Tags.GreenPaletteColorLookupTableDescriptor,
        Tags.GreenPaletteColorLookupTableData,
        Tags.SegmentedGreenPaletteColorLookupTableData,
    ),
    (
        Tags.BluePaletteColorLookupTableDescriptor,
        Tags.BluePaletteColorLookupTableData,
        Tags.SegmentedBluePaletteColorLookupTableData,
    ),
)


def to_eight_bits(samples: Samples, bits_stored: int) -> NDArray[np.uint8]:
    """The upper eight of the stored bits; narrower samples are stretched to the full range."""
    if bits_stored > 8:
        return (samples.astype(np.uint64) >> np.uint64(bits_stored - 8)).astype(np.uint8)
    if bits_stored < 8:
        return (samples.astype(np.uint32) * 255 // ((1 << bits_stored) - 1)).astype(np.uint8)
    return samples.astype(np.uint8)


def rgb_of_ybr(samples: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """YBR_FULL to RGB (PS3.3 C.7.6.3.1.2)."""
    y, cb, cr = (samples[..., index].astype(np.float64) for index in range(3))
    cb, cr = cb - 128.0, cr - 128.0
    rgb = np.stack((y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb), axis=-1)
    return np.clip(np.floor(rgb + 0.5), 0, 255).astype(np.uint8)


def rgb_of_palette(indices: Samples, dataset: DicomJson, *, signed: bool) -> NDArray[np.uint8]:
    """Indices through the three tables; entries of 16 bits give their high byte. Undisplayable without tables."""
    found = _tables(dataset, signed=signed)
    if found is None:
        raise Undisplayable("palette colour without its tables")
    return _through(found, indices)


def with_supplement(grey: NDArray[np.uint8], stored: Samples, dataset: DicomJson, *, signed: bool) -> NDArray[np.uint8]:
    """Grey below the palette's first mapped value, colours from it on (PS3.3 C.7.6.23, clinical rule 42).

    The grey picture itself where Pixel Presentation does not ask for colour or the tables are missing.
    """
    if text(dataset, Tags.PixelPresentation).upper() not in _COLOURED:
        return grey
    found = _tables(dataset, signed=signed)
    mapped = stored >= found[0].first if found is not None else None
    if found is None or mapped is None or not mapped.any():
        return grey
    picture = np.repeat(grey[..., np.newaxis], 3, axis=-1)
    picture[mapped] = _through(found, stored[mapped])
    return picture


def _tables(dataset: DicomJson, *, signed: bool) -> list[LookupTable] | None:
    tables = [lookup_table(dataset, where, data, signed=signed, segmented=parts) for where, data, parts in _PALETTE]
    found = [table for table in tables if table is not None]
    return found if len(found) == len(_PALETTE) else None


def _through(found: list[LookupTable], indices: Samples) -> NDArray[np.uint8]:
    # Tables of 16 bits that hold bytes occur: only the entries of all three together tell (clinical rule 41).
    shift = 8 if max(int(table.entries.max()) for table in found) > 255 else 0
    return np.stack([(table.apply(indices) >> shift).astype(np.uint8) for table in found], axis=-1)
