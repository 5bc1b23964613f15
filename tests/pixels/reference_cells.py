"""Stored values of a frame: bytes by pydicom, cells by numpy, code streams by Pillow where it can, else imagecodecs."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Any, Final

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset, FileDataset
from pydicom.encaps import get_frame
from pydicom.pixels.decoders.rle import _rle_decode_frame

Values = NDArray[Any]
J: Final = "1.2.840.10008.1.2.4."
LOSSY: Final = {J + number for number in ("50", "51", "53", "55", "81", "91", "203", "111", "112")}
PACKED: Final = {"1.2.840.10008.1.2.1.98": "raw", "1.2.840.10008.1.2.8.1": "deflate", "1.2.840.10008.1.2.5": "rle"}


@dataclass
class Stored:
    """(rows, columns) or (rows, columns, 3). `raw`: the whole cells, where bits beside the stored ones are kept.

    `space` is 'rgb' where the codec gave RGB, else what Photometric Interpretation says.
    """

    values: Values
    raw: Values | None
    space: str


def cells_of(dataset: FileDataset, frame: int) -> Stored | None:
    """The stored values of frame `frame` (from 0); None for a data set without pixels."""
    for keyword, kind in (("FloatPixelData", "f4"), ("DoubleFloatPixelData", "f8")):
        if keyword in dataset:
            data, shape = dataset[keyword].value, (dataset.Rows, dataset.Columns)
            count = shape[0] * shape[1]
            order = _order(dataset)
            return Stored(np.frombuffer(data, order + kind)[frame * count :][:count].reshape(shape), None, "grey")
    if "PixelData" not in dataset:
        return None
    syntax = dataset.file_meta.TransferSyntaxUID
    if not dataset["PixelData"].is_undefined_length:
        return _native(dataset, frame)
    fragments = get_frame(dataset.PixelData, frame, number_of_frames=int(dataset.get("NumberOfFrames", 1) or 1))
    if syntax in PACKED:
        return _packed(dataset, fragments, PACKED[syntax])
    return _coded(dataset, fragments, str(syntax))


def _order(dataset: FileDataset) -> str:
    return ">" if dataset.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.2" else "<"


def _shape(dataset: Dataset) -> tuple[int, ...]:
    samples = int(dataset.get("SamplesPerPixel", 1) or 1)
    return (dataset.Rows, dataset.Columns, samples) if samples > 1 else (dataset.Rows, dataset.Columns)


def _native(dataset: FileDataset, frame: int) -> Stored:
    shape, bits = _shape(dataset), int(dataset.BitsAllocated)
    count = int(np.prod(shape))
    data = dataset.PixelData
    if bits == 1:
        return _bits(np.frombuffer(data, np.uint8), frame * count, shape)
    if bits == 8 and _order(dataset) == ">" and dataset["PixelData"].VR == "OW":
        data = np.frombuffer(data, ">u2").astype("<u2").tobytes()
    cells = np.frombuffer(data, f"{_order(dataset)}u{bits // 8}").astype(f"u{bits // 8}")
    if dataset.PhotometricInterpretation == "YBR_FULL_422":
        return Stored(_spread(cells[frame * count * 2 // 3 :][: count * 2 // 3], shape), None, "YBR_FULL")
    return _laid_out(dataset, cells[frame * count :][:count], int(dataset.get("PlanarConfiguration", 0) or 0))


def _bits(data: Values, first: int, shape: tuple[int, ...]) -> Stored:
    bits = np.unpackbits(data, bitorder="little")[first:][: int(np.prod(shape))]
    return Stored(bits.reshape(shape), None, "grey")


def _spread(cells: Values, shape: tuple[int, ...]) -> Values:
    """Y1 Y2 Cb Cr to two pixels that share their chrominance."""
    quads = cells.reshape(-1, 4)
    pixels = np.stack((quads[:, [0, 2, 3]], quads[:, [1, 2, 3]]), axis=1)
    return pixels.reshape(shape)


def _laid_out(dataset: Dataset, cells: Values, planar: int) -> Stored:
    shape = _shape(dataset)
    if len(shape) == 3 and planar == 1:
        cells = cells.reshape(shape[2], shape[0], shape[1]).transpose(1, 2, 0)
    cells = cells.reshape(shape)
    return Stored(_field(dataset, cells, int(dataset.HighBit)), cells, str(dataset.PhotometricInterpretation))


def _field(dataset: Dataset, cells: Values, high: int) -> Values:
    """Bits high … high − stored + 1, with the sign extended for grey (rules 5, 6 and 10)."""
    stored = int(dataset.BitsStored)
    value = cells.astype(np.int64) >> (high - stored + 1) & (1 << stored) - 1
    if dataset.PixelRepresentation == 1 and cells.ndim == 2:
        value = np.where(value >> stored - 1 & 1, value - (1 << stored), value)
    return value


def _packed(dataset: Dataset, data: bytes, how: str) -> Stored:
    shape, bits = _shape(dataset), int(dataset.BitsAllocated)
    if how == "deflate":
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data)
    if how == "rle":
        samples = shape[2] if len(shape) == 3 else 1
        data = bytes(_rle_decode_frame(data, shape[0], shape[1], samples, bits))
    if bits == 1:
        return _bits(np.frombuffer(data, np.uint8), 0, shape)
    planar = 1 if how == "rle" else int(dataset.get("PlanarConfiguration", 0) or 0)
    return _laid_out(dataset, np.frombuffer(data, f"<u{bits // 8}", int(np.prod(shape))), planar)


def _coded(dataset: Dataset, data: bytes, syntax: str) -> Stored:
    cells, space = _decoded(dataset, data, syntax)
    stored, signed = int(dataset.BitsStored), dataset.PixelRepresentation == 1
    cells = cells.reshape(_shape(dataset))
    if cells.dtype.kind == "i":  # the code stream says its sign itself
        half = 1 << stored - 1
        values = np.clip(cells.astype(np.int64), -half, half - 1) if signed and syntax in LOSSY else cells
        return Stored(values, None, space)
    if syntax in LOSSY and not signed:
        cells = np.minimum(cells, (1 << stored) - 1)
    return Stored(_field(dataset, cells, stored - 1), None, space)


def _decoded(dataset: Dataset, data: bytes, syntax: str) -> tuple[Values, str]:
    """Cells and the space that they are in."""
    label, colour = str(dataset.PhotometricInterpretation), int(dataset.SamplesPerPixel) == 3
    number = syntax.removeprefix(J)
    if number in ("50", "51", "53", "55"):
        return _jpeg(data, label, colour=colour)
    if number in ("57", "70"):
        return imagecodecs.jpegsof3_decode(data), label
    if number in ("80", "81"):
        return imagecodecs.jpegls_decode(data), label
    if number in ("90", "91"):
        return imagecodecs.jpeg2k_decode(data), "RGB" if _has_transform(data) else label
    if number in ("201", "202", "203"):
        return imagecodecs.htj2k_decode(data), "RGB" if _has_transform(data) else label
    if number in ("110", "111", "112"):
        return imagecodecs.jpegxl_decode(data), "RGB"
    raise ValueError(syntax)


def _jpeg(data: bytes, label: str, *, colour: bool) -> tuple[Values, str]:
    """8 bits by Pillow, which believes the stream's markers; 12 bits by imagecodecs."""
    frame_header = max(data.find(b"\xff\xc0\x00"), data.find(b"\xff\xc1\x00"), data.find(b"\xff\xc2\x00"))
    if data[frame_header + 4] == 12:
        return imagecodecs.jpeg8_decode(data), label
    opened = Image.open(io.BytesIO(data))
    if not colour:
        return np.asarray(opened.convert("L")), label
    silent = b"JFIF\0" not in data and b"Adobe" not in data
    if silent and label == "RGB":
        return imagecodecs.jpeg8_decode(data, colorspace="RGB", outcolorspace="RGB"), "RGB"
    return np.asarray(opened.convert("RGB")), "RGB"


def _has_transform(data: bytes) -> bool:
    """Whether the code stream's COD segment names a component transform (ISO 15444-1 A.6.1)."""
    at = data.find(b"\xff\x52")
    return at > 0 and data[at + 8] == 1
