"""Data sets of images from arrays of cells, and the patterns that they show."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID

Cells = NDArray[Any]

ROWS: Final = 64
COLUMNS: Final = 80
EXPLICIT: Final = "1.2.840.10008.1.2.1"
CT: Final = "1.2.840.10008.5.1.4.1.1.2"
MR: Final = "1.2.840.10008.5.1.4.1.1.4"
DX: Final = "1.2.840.10008.5.1.4.1.1.1.1"
US: Final = "1.2.840.10008.5.1.4.1.1.6.1"
XA: Final = "1.2.840.10008.5.1.4.1.1.12.1"
SECONDARY: Final = "1.2.840.10008.5.1.4.1.1.7"
MULTI_BYTE: Final = "1.2.840.10008.5.1.4.1.1.7.2"
MULTI_WORD: Final = "1.2.840.10008.5.1.4.1.1.7.3"
MULTI_BIT: Final = "1.2.840.10008.5.1.4.1.1.7.1"
ENHANCED_CT: Final = "1.2.840.10008.5.1.4.1.1.2.1"
ENHANCED_MR: Final = "1.2.840.10008.5.1.4.1.1.4.1"
ENHANCED_XA: Final = "1.2.840.10008.5.1.4.1.1.12.1.1"
PARAMETRIC: Final = "1.2.840.10008.5.1.4.1.1.30"
_MODALITY: Final = {
    CT: "CT",
    MR: "MR",
    DX: "DX",
    US: "US",
    XA: "XA",
    ENHANCED_XA: "XA",
    ENHANCED_CT: "CT",
    ENHANCED_MR: "MR",
}


def image(cells: Cells, *, sop_class: str = SECONDARY, syntax: str = EXPLICIT, frames: int = 0, **more: Any) -> Dataset:
    """A data set whose native pixels are `cells`: (rows, columns), colour with a third axis, frames before all.

    Bits Stored and High Bit fill the cells unless `more` says otherwise; any attribute of `more` wins.
    """
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = UID(syntax)
    made.SOPClassUID, made.Modality = sop_class, _MODALITY.get(sop_class, "OT")
    shape = cells.shape[1:] if frames else cells.shape
    bits = cells.dtype.itemsize * 8
    stored = int(more.get("BitsStored", bits))
    described = {
        "Rows": shape[0],
        "Columns": shape[1],
        "SamplesPerPixel": shape[2] if len(shape) == 3 else 1,
        "PhotometricInterpretation": "RGB" if len(shape) == 3 else "MONOCHROME2",
        "BitsAllocated": bits,
        "BitsStored": stored,
        "HighBit": stored - 1,
        "PixelRepresentation": int(cells.dtype.kind == "i"),
    }
    if len(shape) == 3:
        described["PlanarConfiguration"] = 0
    if frames:
        described["NumberOfFrames"] = frames
    for keyword, value in (described | more).items():
        if value is not None:
            setattr(made, keyword, value)
    put_cells(made, cells)
    return made


def put_cells(dataset: Dataset, cells: Cells) -> None:
    """Native little endian pixel data, padded to even length."""
    data = cells.astype(cells.dtype.newbyteorder("<")).tobytes()
    dataset.add_new(0x7FE00010, "OB" if cells.dtype.itemsize == 1 else "OW", data + b"\0" * (len(data) % 2))


def ramp(low: int, high: int, kind: str = "<u2", rows: int = ROWS, columns: int = COLUMNS) -> Cells:
    """All values from low to high (inclusive) as evenly as they fit, row by row."""
    count = rows * columns
    return (low + np.arange(count, dtype=np.int64) * (high - low + 1) // count).astype(kind).reshape(rows, columns)


def body(kind: str = "<u2", top: int = 4095, rows: int = ROWS, columns: int = COLUMNS) -> Cells:
    """A round body with a soft edge on a slope: smooth, as lossy codecs expect of an image."""
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float64)
    distance = np.hypot((y - rows / 2) / (rows / 2), (x - columns / 2) / (columns / 2))
    soft = 1 / (1 + np.exp(12 * (distance - 0.7)))
    wave = 0.12 * np.sin(x / 5) * np.cos(y / 7)
    return np.clip(top * (0.08 + 0.1 * x / columns + 0.6 * soft + wave * soft), 0, top).astype(kind)


def colours(rows: int = ROWS, columns: int = COLUMNS) -> Cells:
    """RGB of 8 bits: bars of the pure colours above, smooth mixtures below."""
    y, x = np.mgrid[0:rows, 0:columns]
    smooth = np.stack((x * 255 // (columns - 1), y * 255 // (rows - 1), 255 - x * 255 // (columns - 1)), axis=-1)
    bar = x * 8 // columns
    bars = np.stack((bar & 1, bar >> 1 & 1, bar >> 2 & 1), axis=-1) * 255
    return np.where((y < rows // 3)[..., None], bars, smooth).astype(np.uint8)


def soft_colours(rows: int = ROWS, columns: int = COLUMNS) -> Cells:
    """RGB of 8 bits without edges."""
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float64)
    red, green = 128 + 100 * np.sin(x / 18), 128 + 100 * np.cos(y / 15)
    return np.stack((red, green, 128 + 90 * np.sin((x + y) / 25)), axis=-1).astype(np.uint8)


def ybr_of(rgb: Cells) -> Cells:
    """RGB to YBR_FULL (PS3.3 C.7.6.3.1.2), rounded."""
    red, green, blue = (rgb[..., index].astype(np.float64) for index in range(3))
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    ybr = np.stack((y, 128 + (blue - y) / 1.772, 128 + (red - y) / 1.402), axis=-1)
    return np.clip(np.floor(ybr + 0.5), 0, 255).astype(np.uint8)
