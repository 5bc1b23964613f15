"""Pictures and their code streams, for every codec."""

from __future__ import annotations

from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from kontor.platform.sandbox import DecodeRequest, Pixels

ROWS, COLUMNS = 60, 72


def grey(bits: int = 12, seed: int = 3) -> NDArray[np.uint16]:
    """A smooth ramp with noise."""
    noise = np.random.default_rng(seed).integers(0, 1 << (bits - 4), (ROWS, COLUMNS))
    slope = np.add.outer(np.arange(ROWS), np.arange(COLUMNS)) * ((1 << bits) // 200)
    return np.clip(slope + noise, 0, (1 << bits) - 1).astype(np.uint16)


def colour() -> NDArray[np.uint8]:
    """Three smooth planes."""
    plane = np.add.outer(np.arange(ROWS), np.arange(COLUMNS))
    return np.stack([plane, plane[::-1] + 100, 255 - plane], axis=-1).astype(np.uint8)


def rle_of(array: NDArray[Any]) -> bytes:
    """An RLE frame (PS3.5 annex G) made of literal runs."""
    size = array.dtype.itemsize
    cells = array.reshape(ROWS * COLUMNS, -1)
    segments = []
    for sample in range(cells.shape[1]):
        planes = np.ascontiguousarray(cells[:, sample]).view(np.uint8).reshape(-1, size)[:, ::-1]
        for byte in range(size):
            raw = planes[:, byte].tobytes()
            runs = b"".join(bytes([len(raw[i : i + 128]) - 1]) + raw[i : i + 128] for i in range(0, len(raw), 128))
            segments.append(runs + b"\x80" * (len(runs) % 2))
    header, offset = [len(segments)], 64
    for segment in segments:
        header.append(offset)
        offset += len(segment)
    return np.array(header + [0] * (16 - len(header)), "<u4").tobytes() + b"".join(segments)


def lossless_streams() -> dict[str, tuple[str, bytes, NDArray[Any]]]:
    """By name: codec, code stream, and the array that it must decode to."""
    wide, narrow, rgb = grey(), grey(8).astype(np.uint8), colour()
    signed = wide.astype(np.int16) - 2048
    j2k = {"level": 0, "reversible": True, "codecformat": "J2K"}
    xl = {"lossless": True, "usecontainer": False}
    made: dict[str, tuple[str, Any, NDArray[Any]]] = {
        "raw 16": ("raw", wide.tobytes(), wide),
        "raw colour": ("raw", rgb.tobytes(), rgb),
        "rle 8": ("rle", rle_of(narrow), narrow),
        "rle 16": ("rle", rle_of(wide), wide),
        "rle colour": ("rle", rle_of(rgb), rgb),
        "ljpeg predictor 6": ("ljpeg", imagecodecs.ljpeg_encode(wide, bitspersample=16), wide),
        "ljpeg predictor 1": ("ljpeg", imagecodecs.jpeg8_encode(narrow, lossless=True, predictor=1), narrow),
        "jpegls": ("jpegls", imagecodecs.jpegls_encode(wide), wide),
        "jpegls colour": ("jpegls", imagecodecs.jpegls_encode(rgb), rgb),
        "jpeg2000": ("jpeg2000", imagecodecs.jpeg2k_encode(wide, **j2k), wide),
        "jpeg2000 signed": ("jpeg2000", imagecodecs.jpeg2k_encode(signed, **j2k), signed),
        "jpeg2000 colour": ("jpeg2000", imagecodecs.jpeg2k_encode(rgb, **j2k), rgb),
        "htj2k": ("htj2k", imagecodecs.htj2k_encode(wide, reversible=True), wide),
        "htj2k signed": ("htj2k", imagecodecs.htj2k_encode(signed, reversible=True), signed),
        "htj2k colour": ("htj2k", imagecodecs.htj2k_encode(rgb, reversible=True), rgb),
        "jpegxl": ("jpegxl", imagecodecs.jpegxl_encode(wide, **xl), wide),
        "jpegxl colour": ("jpegxl", imagecodecs.jpegxl_encode(rgb, **xl), rgb),
        "deflate": ("deflate", imagecodecs.deflate_encode(wide.tobytes(), raw=True), wide),
    }
    return {name: (codec, bytes(stream), array) for name, (codec, stream, array) in made.items()}


def lossy_streams() -> dict[str, tuple[str, bytes, NDArray[Any]]]:
    """By name: codec, code stream, and the array that it must come near to."""
    wide, narrow, rgb = grey(), grey(8).astype(np.uint8), colour()
    return {
        "jpeg8": ("jpeg8", bytes(imagecodecs.jpeg8_encode(narrow, level=97)), narrow),
        "jpeg8 colour": ("jpeg8", bytes(imagecodecs.jpeg8_encode(rgb, level=97, subsampling="444")), rgb),
        "jpeg12": ("jpeg12", bytes(imagecodecs.jpeg8_encode(wide, level=97, bitspersample=12)), wide),
    }


def request_for(codec: str, stream: bytes, array: NDArray[Any]) -> DecodeRequest:
    """What a header would say of this array."""
    bits = array.dtype.itemsize * 8
    samples = array.shape[2] if array.ndim == 3 else 1
    return DecodeRequest(codec, stream, ROWS, COLUMNS, bits, bits, samples, array.dtype.kind == "i")


def array_of(pixels: Pixels) -> NDArray[Any]:
    """The answer as an array."""
    shape = (pixels.rows, pixels.columns, pixels.samples) if pixels.samples > 1 else (pixels.rows, pixels.columns)
    return np.frombuffer(pixels.data, pixels.dtype).reshape(shape)
