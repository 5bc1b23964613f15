"""Colour profiles made by hand, and what LittleCMS makes of them: the reference for colours (clinical rule 46)."""

from __future__ import annotations

import io
import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

ADOBE: Final = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Columns of a wide gamut, adapted to D50."""
GAMMA: Final = b"curv" + bytes(4) + struct.pack(">IH", 1, 563)
TABLE: Final = b"curv" + bytes(4) + struct.pack(">I256H", 256, *(round(65535 * (n / 255) ** 1.8) for n in range(256)))
SRGB_FORMULA: Final = (
    b"para"
    + bytes(4)
    + struct.pack(">HH5i", 3, 0, *(round(65536 * v) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
)


def matrix_profile(curve: bytes) -> bytes:
    """A display profile of three columns and one curve (ICC.1:2010 8.4.3), version 2.4 for gamma and table."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 2) + b"x\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"x\0",
        b"wtpt": b"XYZ " + bytes(4) + _fixed(0.9642, 1.0, 0.8249),
        **{
            name: b"XYZ " + bytes(4) + _fixed(*column)
            for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), ADOBE, strict=True)
        },
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    at, directory, values = 128 + 4 + 12 * len(tags), b"", b""
    for name, value in tags.items():
        value += bytes(-len(value) % 4)
        directory += name + struct.pack(">II", at + len(values), len(value))
        values += value
    version = 0x04200000 if curve.startswith(b"para") else 0x02400000
    size = at + len(values)
    head = struct.pack(">I4sI4s4s4s12s4s", size, bytes(4), version, b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp")
    head += bytes(28) + _fixed(0.9642, 1.0, 0.8249)
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + directory + values


def _fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(65536 * number) for number in numbers))


def in_srgb(pixels: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """RGB [rows, columns, 3] by LittleCMS, relative colorimetric, without its tables of saved time."""
    converted = ImageCms.profileToProfile(
        Image.fromarray(pixels),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.NOOPTIMIZE,
    )
    assert converted is not None
    return np.asarray(converted)
