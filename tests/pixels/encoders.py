"""Cells to compressed frames, one encoder a transfer syntax, and data sets that carry them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import imagecodecs
import numpy as np
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.native import _encode_frame
from pydicom.uid import UID

from tests.pixels.making import Cells

Encode = Callable[..., bytes]
J: Final = "1.2.840.10008.1.2.4."
RLE: Final = "1.2.840.10008.1.2.5"
DEFLATED_FRAME: Final = "1.2.840.10008.1.2.8.1"
ENCAPSULATED: Final = "1.2.840.10008.1.2.1.98"


def _plain(cells: Cells) -> bytes:
    return cells.astype(cells.dtype.newbyteorder("<")).tobytes()


def deflate(data: bytes) -> bytes:
    """Raw deflate (PS3.5 A.4.13)."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def rle(cells: Cells) -> bytes:
    """RLE by pydicom."""
    shape = cells.shape
    options = {
        "rows": shape[0], "columns": shape[1], "samples_per_pixel": shape[2] if cells.ndim == 3 else 1,
        "bits_allocated": cells.dtype.itemsize * 8, "number_of_frames": 1, "planar_configuration": 0,
        "bits_stored": cells.dtype.itemsize * 8, "pixel_representation": 0, "photometric_interpretation": "",
    }  # fmt: skip
    return _rle_frame(_plain(cells), options)


def _rle_frame(data: bytes, options: Mapping[str, Any]) -> bytes:
    from pydicom.pixels.encoders.base import EncodeRunner

    runner = EncodeRunner(UID(RLE))
    runner.set_options(**options)
    return bytes(_encode_frame(data, runner))


def jpeg(cells: Cells, **options: Any) -> bytes:
    """The DCT processes: of 8 bits, or of 12 in cells of 16."""
    bits = {"bitspersample": 12} if cells.dtype.itemsize == 2 else {}
    return bytes(imagecodecs.jpeg8_encode(cells, **{"level": 92} | bits | options))


def lossless_jpeg(cells: Cells, predictor: int, bits: int) -> bytes:
    """Process 14."""
    return bytes(imagecodecs.jpeg8_encode(cells, lossless=True, predictor=predictor, bitspersample=bits))


def jpeg_ls(cells: Cells, near: int = 0) -> bytes:
    """JPEG-LS; `near` is the largest difference that it may make."""
    return bytes(imagecodecs.jpegls_encode(cells, level=near))


def jpeg2000(cells: Cells, bits: int, *, lossy: bool = False, mct: bool = False) -> bytes:
    """A bare JPEG 2000 code stream."""
    level = {"level": 62} if lossy else {}
    options = {"codecformat": "J2K", "reversible": not lossy, "mct": mct, "bitspersample": bits}
    return bytes(imagecodecs.jpeg2k_encode(cells, **level, **options))


def htj2k(cells: Cells, *, step: float = 0, rgb: bool = False) -> bytes:
    """HTJ2K by OpenJPH, whose progression is RPCL; a quantisation step makes it lossy."""
    options: dict[str, Any] = {"reversible": not step}
    if step:
        options["level"] = step
    if cells.ndim == 3:
        options["rgb"] = rgb
    return bytes(imagecodecs.htj2k_encode(cells, **options))


def jpeg_xl(cells: Cells, *, distance: float = 0) -> bytes:
    """JPEG XL; distance 0 is lossless."""
    if distance:
        return bytes(imagecodecs.jpegxl_encode(cells, distance=distance, usecontainer=False))
    return bytes(imagecodecs.jpegxl_encode(cells, lossless=True, usecontainer=False))


def recompressed(stream: bytes) -> bytes:
    """A JPEG stream inside JPEG XL."""
    return bytes(imagecodecs.jpegxl_encode_jpeg(stream))


def carry(dataset: Dataset, syntax: str, *frames: bytes, **more: Any) -> Dataset:
    """Put code streams in the place of native pixels."""
    dataset.file_meta.TransferSyntaxUID = UID(syntax)
    even = [frame + b"\0" * (len(frame) % 2) for frame in frames]
    dataset.add_new(0x7FE00010, "OB", encapsulate(even))
    dataset["PixelData"].is_undefined_length = True
    for keyword, value in more.items():
        setattr(dataset, keyword, value)
    return dataset


def words(values: Cells | list[int]) -> bytes:
    """Entries of a table as little endian words."""
    return np.asarray(values).astype("<u2").tobytes()
