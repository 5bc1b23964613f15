"""Colour to RGB of 8 bits: YBR, palettes, wide samples (PS3.3 C.7.6.3.1.2 and C.7.9, clinical rules 41 to 45)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson
from kontor.dicom.objects.description import Undisplayable
from kontor.dicom.objects.lookup_tables import lookup_table

Samples = NDArray[Any]

_PALETTE = (
    (Tags.RedPaletteColorLookupTableDescriptor, Tags.RedPaletteColorLookupTableData),
    (Tags.GreenPaletteColorLookupTableDescriptor, Tags.GreenPaletteColorLookupTableData),
    (Tags.BluePaletteColorLookupTableDescriptor, Tags.BluePaletteColorLookupTableData),
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
    tables = [lookup_table(dataset, descriptor, data, signed=signed) for descriptor, data in _PALETTE]
    found = [table for table in tables if table is not None]
    if len(found) < len(_PALETTE):
        raise Undisplayable("palette colour without its tables")
    # Tables of 16 bits that hold bytes occur: only the entries of all three together tell (clinical rule 41).
    shift = 8 if max(int(table.entries.max()) for table in found) > 255 else 0
    return np.stack([(table.apply(indices) >> shift).astype(np.uint8) for table in found], axis=-1)
