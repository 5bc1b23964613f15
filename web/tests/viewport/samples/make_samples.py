"""Encodes the little pictures that the decoder tests read; run again only to change them (needs numpy and imagecodecs)."""

from pathlib import Path

import imagecodecs
import numpy as np

HERE = Path(__file__).parent
ROWS, COLUMNS = 48, 64
row, column = np.mgrid[0:ROWS, 0:COLUMNS]
ramp = (column * 37 + row * 53) % 4096
U16 = ramp.astype(np.uint16)
S16 = (ramp - 1024).astype(np.int16)
U8 = (ramp % 256).astype(np.uint8)
RGB = np.stack([(column * 4) % 256, (row * 5) % 256, ((column + row) * 2) % 256], -1).astype(np.uint8)
# Hard edges between the ends of 12 bit: a lossy wavelet oscillates there, beyond 4095 and below 0.
EDGES = np.where((row // 5 + column // 7) % 2 == 0, 0, 4095).astype(np.uint16)

SAMPLES = {
    "u16.j2k": imagecodecs.jpeg2k_encode(U16, codecformat="j2k", level=0, reversible=True, bitspersample=12),
    "s16.j2k": imagecodecs.jpeg2k_encode(S16, codecformat="j2k", level=0, reversible=True),
    "edges.j2k": imagecodecs.jpeg2k_encode(EDGES, codecformat="j2k", level=60, reversible=False),
    "rgb.j2k": imagecodecs.jpeg2k_encode(RGB, codecformat="j2k", level=0, reversible=True),
    "u16.htj2k": imagecodecs.htj2k_encode(U16, reversible=True),
    "s16.htj2k": imagecodecs.htj2k_encode(S16, reversible=True),
    "rgb.htj2k": imagecodecs.htj2k_encode(RGB, reversible=True),
    "u16.jls": imagecodecs.jpegls_encode(U16),
    "u8.jls": imagecodecs.jpegls_encode(U8),
    "rgb.jls": imagecodecs.jpegls_encode(RGB),
    "u16.ljpeg": imagecodecs.ljpeg_encode(U16, bitspersample=12),
    "u8.ljpeg": imagecodecs.ljpeg_encode(U8, bitspersample=8),
    "u8.jpg": imagecodecs.jpeg8_encode(U8, level=100),
    "rgb.jpg": imagecodecs.jpeg8_encode(RGB, level=95),
    "rgbraw.jpg": imagecodecs.jpeg8_encode(RGB, level=100, colorspace="rgb", outcolorspace="rgb"),
    "u16.jxl": imagecodecs.jpegxl_encode(U16, lossless=True),
    "u8.jxl": imagecodecs.jpegxl_encode(U8, lossless=True),
    "rgb.jxl": imagecodecs.jpegxl_encode(RGB, lossless=True),
}

for name, encoded in SAMPLES.items():
    (HERE / name).write_bytes(bytes(encoded))
