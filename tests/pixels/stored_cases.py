"""Stored bits (clinical rules 5 to 13), spacing, and what differs from frame to frame (rule 23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from pydicom.dataset import Dataset

from tests.pixels import encoders as enc
from tests.pixels.case import Case, item
from tests.pixels.encoders import carry
from tests.pixels.making import (
    CT,
    DX,
    ENHANCED_CT,
    ENHANCED_MR,
    MR,
    MULTI_BIT,
    MULTI_BYTE,
    MULTI_WORD,
    PARAMETRIC,
    US,
    Cells,
    body,
    image,
    ramp,
)

RD: Final = "1.2.840.10008.5.1.4.1.1.481.2"
FULL: Final[dict[str, Any]] = {"WindowCenter": 2048, "WindowWidth": 4096}
FLOAT: Final[dict[str, Any]] = {"without_dcmtk": "no floating point pixels"}
ONE_BIT: Final[dict[str, Any]] = {"without_dcmtk": "no percentiles"}
PER_FRAME: Final[dict[str, Any]] = {"without_dcmtk": "no functional groups"}


def bit_cases() -> Iterator[Case]:
    """Where the stored bits lie and what stands beside them."""
    yield Case("signed, 16 bit", "two's complement", lambda: image(
        ramp(-32768, 32767, "<i2"), sop_class=MR, WindowCenter=0, WindowWidth=65536))  # fmt: skip
    yield Case("signed, 12 bit in 16", "sign extended from bit 11", lambda: image(
        ramp(-2048, 2047, "<i2") & 0x0FFF, sop_class=CT, BitsStored=12, WindowCenter=0, WindowWidth=4096))  # fmt: skip
    yield Case("signed, 12 bit, dirty high bits", "bits above are garbage (rule 6)", lambda: image(
        ramp(-2048, 2047, "<i2") & 0x0FFF | 0x5000, sop_class=CT, BitsStored=12,
        WindowCenter=0, WindowWidth=4096))  # fmt: skip
    yield Case("unsigned, 12 bit, dirty high bits", "bits above are garbage (rule 6)", lambda: image(
        ramp(0, 4095) | 0xA000, sop_class=CT, BitsStored=12, **FULL))  # fmt: skip
    yield Case("high bit 15, 12 bit stored", "low bits are garbage", lambda: image(
        ramp(0, 4095) << 4 | 9, sop_class=CT, BitsStored=12, HighBit=15, **FULL))  # fmt: skip
    yield Case("high bit 13, 10 bit stored, signed", "garbage on both sides", lambda: image(
        (ramp(-512, 511, "<i2") & 0x3FF) << 4 | -16381, sop_class=CT, BitsStored=10, HighBit=13,
        WindowCenter=0, WindowWidth=1024))  # fmt: skip
    yield Case("unsigned, 16 bit", "full range", lambda: image(
        ramp(0, 65535), sop_class=DX, WindowCenter=32768, WindowWidth=65536))  # fmt: skip
    yield Case("signed, 8 bit", "one byte with a sign", lambda: image(
        ramp(-128, 127, "i1"), WindowCenter=0, WindowWidth=256))  # fmt: skip
    yield Case("odd length, 8 bit", "a pad byte follows", lambda: image(
        ramp(0, 255, "u1", 33, 27), WindowCenter=128, WindowWidth=256))  # fmt: skip


def wide_cases() -> Iterator[Case]:
    """Integers of 32 bits, floating point numbers, single bits."""
    yield Case("unsigned, 32 bit", "a dose grid above 2^24", lambda: image(
        (ramp(0, 4095, "<u4") * 65537 + 3), sop_class=RD, Modality="RTDOSE", RescaleSlope=None,
        WindowCenter=140_000_000, WindowWidth=270_000_000))  # fmt: skip
    yield Case("signed, 32 bit", "negative values", lambda: image(
        ramp(-2048, 2047, "<i4") * 500_000, WindowCenter=0, WindowWidth=2_000_000_000))  # fmt: skip
    yield Case("float", "NaN and infinity are padding (rule 11)", lambda: floating("<f4"), **FLOAT)
    yield Case("double", "padding range of doubles", lambda: floating("<f8"), **FLOAT)
    yield Case("1 bit", "packed, the first pixel in the lowest bit", lambda: bits(1), **ONE_BIT)
    yield Case("1 bit, third frame", "frames of 195 bits begin within bytes (rule 8)", lambda: bits(5), 2, **ONE_BIT)
    yield Case("1 bit, deflated frame", "PS3.5 A.4.13", deflated_bits, **ONE_BIT)


def floating(kind: str) -> Dataset:
    """A parametric map; Float or Double Float Pixel Data in the place of Pixel Data."""
    cells = (body(kind, 1.0) * 3 - 1).astype(kind)
    cells[0, :6] = (np.nan, np.inf, -np.inf, 2.5, -7.0, -9.0)
    double = kind == "<f8"
    more = {"WindowCenter": 0.6, "WindowWidth": 3.1, "VOILUTFunction": "LINEAR_EXACT"}
    made = image(np.zeros(cells.shape, kind), sop_class=PARAMETRIC, **more)
    for keyword in ("PixelData", "BitsStored", "HighBit", "PixelRepresentation"):
        delattr(made, keyword)
    pad = "DoubleFloat" if double else "Float"
    setattr(made, f"{pad}PixelPaddingValue", -9.0)
    setattr(made, f"{pad}PixelPaddingRangeLimit", -7.0)
    made.add_new(0x7FE00009 if double else 0x7FE00008, "OD" if double else "OF", cells.tobytes())
    return made


def bit_cells(frames: int) -> Cells:
    """Frames of 13 rows and 15 columns."""
    count = np.arange(frames * 13 * 15)
    return (count * 7 % 11 + count // 40 % 3 > 5).astype(np.uint8).reshape(frames, 13, 15)


def bits(frames: int) -> Dataset:
    """Cells of one bit, frames not aligned to bytes."""
    cells = bit_cells(frames)
    made = image(cells if frames > 1 else cells[0], sop_class=MULTI_BIT, frames=frames if frames > 1 else 0,
                 BitsAllocated=1, BitsStored=1, HighBit=0)  # fmt: skip
    packed = np.packbits(cells.ravel(), bitorder="little").tobytes()
    made.add_new(0x7FE00010, "OB", packed + b"\0" * (len(packed) % 2))
    return made


def deflated_bits() -> Dataset:
    """One frame of single bits, deflated."""
    packed = np.packbits(bit_cells(1).ravel(), bitorder="little").tobytes()
    return carry(bits(1), enc.DEFLATED_FRAME, enc.deflate(packed))


def spacing_cases() -> Iterator[Case]:
    """Proportions do not change the picture at 1 : 1; only smaller and larger ones (rule 50)."""
    yield Case("pixel aspect ratio", "4 : 3, without spacing", lambda: image(
        body("u1", 255), sop_class=US, PixelAspectRatio=[4, 3], WindowCenter=128, WindowWidth=256))  # fmt: skip
    yield Case("anisotropic spacing", "1.4 by 0.7 mm", lambda: image(
        body(), sop_class=CT, BitsStored=12, PixelSpacing=[1.4, 0.7], **FULL))  # fmt: skip


def frame_cases() -> Iterator[Case]:
    """Enhanced multi-frame objects: per frame, else shared, else top level (rule 23)."""
    for frame in (0, 2):
        yield Case(f"rescale per frame, frame {frame + 1}", "slope and intercept of its own",
                   lambda: enhanced(ENHANCED_CT), frame, **PER_FRAME)  # fmt: skip
    for frame in (0, 1):
        yield Case(f"window per frame, frame {frame + 1}", "a window of its own, shared rescale",
                   lambda: enhanced(ENHANCED_MR), frame, **PER_FRAME)  # fmt: skip
    yield Case("multi-frame, 8 bit, last frame", "classic multi-frame", lambda: image(
        np.stack([np.roll(body("u1", 255), 9 * shift, 1) for shift in range(4)]), sop_class=MULTI_BYTE, frames=4,
        WindowCenter=128, WindowWidth=256), 3)  # fmt: skip
    yield Case("multi-frame, RLE, second frame", "fragments with an offset table", lambda: carry(
        image(np.stack([body(), body() // 2]), sop_class=MULTI_WORD, frames=2, BitsStored=12, **FULL),
        enc.RLE, enc.rle(body()), enc.rle(body() // 2)), 1)  # fmt: skip


def enhanced(sop_class: str) -> Dataset:
    """Three frames of one ramp whose modality values or windows differ."""
    cells = np.stack([ramp(0, 4095)] * 3)
    rescale = [item(PixelValueTransformationSequence=[item(RescaleSlope=s, RescaleIntercept=i, RescaleType="US")])
               for s, i in ((1, -1024), (0.5, 0), (2, -3000))]  # fmt: skip
    windows = [item(FrameVOILUTSequence=[item(WindowCenter=c, WindowWidth=w, VOILUTFunction=f)])
               for c, w, f in ((40, 400, "LINEAR"), (600, 900, "SIGMOID"), (300, 200, "LINEAR"))]  # fmt: skip
    differs, shared = (rescale, windows[0]) if sop_class == ENHANCED_CT else (windows, rescale[0])
    return image(cells, sop_class=sop_class, frames=3, BitsStored=12, SharedFunctionalGroupsSequence=[shared],
                 PerFrameFunctionalGroupsSequence=differs)  # fmt: skip


def stored_cases() -> Iterator[Case]:
    """All of them."""
    for cases in (bit_cases, wide_cases, spacing_cases, frame_cases):
        yield from cases()
