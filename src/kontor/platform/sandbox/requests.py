"""What the sandbox is asked and what it answers: plain values, checked before any decoder sees them. No DICOM here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kontor.platform.sandbox.errors import CodecUnknown, Undecodable

CODECS: Final = frozenset(
    {"raw", "rle", "jpeg8", "jpeg12", "ljpeg", "jpegls", "jpeg2000", "htj2k", "jpegxl", "deflate"}
)
FORMATS: Final = frozenset({"jpeg", "png", "htj2k"})
DTYPES: Final = frozenset({"|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<f4", "<f8"})
SIDE_MAX: Final = 65_535  # rows and columns are 16 bit numbers (PS3.3 C.7.6.3)
FRAME_BYTES_MAX: Final = 512 << 20
_SAMPLES: Final = frozenset({1, 2, 3, 4})
_SAMPLES_OF: Final = {"jpeg": (1, 3), "png": (1, 3), "htj2k": (1,)}
_BITS_OF: Final = {"jpeg": (8,), "png": (8, 16), "htj2k": (8, 16)}
_BITS_ALLOCATED: Final = frozenset({1, 8, 16, 32, 64})


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """One frame. `bits_*`, `samples` and `signed` are what the header says of it.

    `planar`: raw data holds one plane after the other. `big_endian`: raw data does. `floating`: raw 32 and 64 bit
    cells are IEEE numbers. `labelled` says how colour is labelled ('rgb', 'ybr', ''): it decides only where a JPEG
    stream itself says nothing. `bit_offset`: bits to skip in `data`, since frames of 1 bit cells are not aligned.
    """

    codec: str
    data: bytes
    rows: int
    columns: int
    bits_allocated: int
    bits_stored: int
    samples: int = 1
    signed: bool = False
    planar: bool = False
    big_endian: bool = False
    floating: bool = False
    labelled: str = ""
    bit_offset: int = 0

    @property
    def cells(self) -> int:
        """Values in the frame."""
        return self.rows * self.columns * self.samples

    @property
    def frame_bytes(self) -> int:
        """Bytes of the frame when decoded: cells of 1 bit become bytes."""
        return self.cells * max(1, self.bits_allocated // 8)

    def check(self, frame_bytes_max: int = FRAME_BYTES_MAX) -> None:
        """CodecUnknown or Undecodable unless a decoder may look at this."""
        if self.codec not in CODECS:
            raise CodecUnknown(self.codec)
        if not (0 < self.rows <= SIDE_MAX and 0 < self.columns <= SIDE_MAX):
            raise Undecodable(f"{self.rows} rows, {self.columns} columns")
        if self.samples not in _SAMPLES or self.bits_allocated not in _BITS_ALLOCATED:
            raise Undecodable(f"{self.samples} samples of {self.bits_allocated} bits")
        if not 0 < self.bits_stored <= self.bits_allocated:
            raise Undecodable(f"{self.bits_stored} of {self.bits_allocated} bits stored")
        if self.frame_bytes > frame_bytes_max:
            raise Undecodable(f"a frame of {self.frame_bytes} bytes")
        if len(self.data) > 2 * frame_bytes_max:
            raise Undecodable(f"{len(self.data)} bytes for a frame of {self.frame_bytes}")


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded frame: rows of columns of samples, interleaved, little endian, numpy's `dtype`.

    Cells are as the codec gave them: unused high bits are not masked and the sign is not extended.
    `colour_space`: 'grey', 'rgb' (the codec undid its own colour transform), or 'stored' (as the header labels it).
    """

    data: bytes
    dtype: str
    rows: int
    columns: int
    samples: int
    colour_space: str


@dataclass(frozen=True, slots=True)
class EncodeRequest:
    """A picture to encode: `data` as in Pixels, cells of 8 bits (or 16 for 'png'), 1 or 3 samples; quality 1–100.

    'htj2k' is lossless: cells of 8 or 16 bits, `signed` or not, of one sample.
    """

    format: str
    data: bytes
    rows: int
    columns: int
    samples: int = 1
    bits: int = 8
    quality: int = 85
    signed: bool = False

    def check(self, frame_bytes_max: int = FRAME_BYTES_MAX) -> None:
        """CodecUnknown or Undecodable unless an encoder may look at this."""
        if self.format not in FORMATS:
            raise CodecUnknown(self.format)
        length = self.rows * self.columns * self.samples * self.bits // 8
        fits = self.samples in _SAMPLES_OF[self.format] and self.bits in _BITS_OF[self.format]
        if not fits or len(self.data) != length or not 0 < length <= frame_bytes_max or not 0 < self.quality <= 100:
            raise Undecodable(
                f"{len(self.data)} bytes for {self.rows}×{self.columns}×{self.samples} of {self.bits} bits"
            )
