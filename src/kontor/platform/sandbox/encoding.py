"""The encoders of pictures for screens. Runs in the child only."""

from __future__ import annotations

import imagecodecs
import numpy as np

from kontor.platform.sandbox.requests import EncodeRequest

_PNG_LEVEL = 6


def encode(request: EncodeRequest) -> bytes:
    """Encode one checked request."""
    dtype = np.dtype("<u2" if request.bits == 16 else "u1")
    shape = (request.rows, request.columns, request.samples) if request.samples > 1 else (request.rows, request.columns)
    array = np.frombuffer(request.data, dtype).reshape(shape)
    if request.format == "png":
        return bytes(imagecodecs.png_encode(array, level=_PNG_LEVEL))
    return bytes(imagecodecs.jpeg8_encode(array, level=request.quality))
