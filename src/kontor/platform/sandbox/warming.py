"""Load everything that a codec may load later, since a confined process opens no file."""

from __future__ import annotations

import imagecodecs
import numpy as np

from kontor.platform.sandbox.decoding import decode
from kontor.platform.sandbox.encoding import encode
from kontor.platform.sandbox.errors import Undecodable
from kontor.platform.sandbox.requests import CODECS, DecodeRequest, EncodeRequest

_SIDE = 16


def warm_up() -> None:
    """Run every codec once, on a good picture where we can make one and on nonsense."""
    grey = np.arange(_SIDE * _SIDE, dtype=np.uint8).reshape(_SIDE, _SIDE)
    wide = grey.astype(np.uint16)
    colour = np.stack([grey] * 3, axis=-1)
    _decode("jpeg8", imagecodecs.jpeg8_encode(grey), 8)
    _decode("jpeg8", imagecodecs.jpeg8_encode(colour), 8, samples=3)
    _decode("jpeg12", imagecodecs.jpeg8_encode(wide, bitspersample=12), 16)
    _decode("ljpeg", imagecodecs.ljpeg_encode(wide, bitspersample=16), 16)
    _decode("jpegls", imagecodecs.jpegls_encode(wide), 16)
    _decode("jpeg2000", imagecodecs.jpeg2k_encode(wide, level=0, reversible=True, codecformat="J2K"), 16)
    _decode("htj2k", imagecodecs.htj2k_encode(wide, reversible=True), 16)
    _decode("jpegxl", imagecodecs.jpegxl_encode(wide, lossless=True, usecontainer=False), 16)
    _decode("rle", _rle_frame(), 8)
    for codec in sorted(CODECS):
        for data in (b"", bytes(range(256)), b"\xff\xd8\xff\xd9"):
            try:
                _decode(codec, data, 16)
            except (Undecodable, RuntimeError, ValueError):
                continue
    for picture_format in ("jpeg", "png"):
        encode(EncodeRequest(picture_format, grey.tobytes(), _SIDE, _SIDE))


def _rle_frame() -> bytes:
    """One segment of two runs of 128 zeros."""
    return (1).to_bytes(4, "little") + (64).to_bytes(4, "little") + bytes(56) + b"\x81\0" * 2


def _decode(codec: str, data: bytes | bytearray, bits: int, samples: int = 1) -> None:
    decode(DecodeRequest(codec, bytes(data), _SIDE, _SIDE, bits, bits, samples))
