"""The encoders of pictures for screens, and of frames for slow lines. Runs in the child only."""

from __future__ import annotations

import imagecodecs
import numpy as np

from kontor.platform.sandbox.requests import EncodeRequest

_PNG_LEVEL = 6


def encode(request: EncodeRequest) -> bytes:
    """Encode one checked request."""
    dtype = np.dtype(f"<{'i' if request.signed else 'u'}{request.bits // 8}")
    shape = (request.rows, request.columns, request.samples) if request.samples > 1 else (request.rows, request.columns)
    array = np.frombuffer(request.data, dtype).reshape(shape)
    if request.format == "png":
        return bytes(imagecodecs.png_encode(array, level=_PNG_LEVEL))
    if request.format == "htj2k":
        return bytes(imagecodecs.htj2k_encode(array, reversible=True))
    return bytes(imagecodecs.jpeg8_encode(array, level=request.quality))
