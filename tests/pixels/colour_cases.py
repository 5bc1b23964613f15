"""Colour: palettes, supplemental palettes, YBR, planes, wide samples (clinical rules 41 to 46)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from pydicom.dataset import Dataset

from tests.colour_profiles import GAMMA, SRGB_FORMULA, TABLE, matrix_profile
from tests.pixels.case import Case
from tests.pixels.encoders import words
from tests.pixels.making import ENHANCED_MR, US, Cells, colours, image, put_cells, ramp, ybr_of

NAMES: Final = ("Red", "Green", "Blue")
DISCRETE, LINEAR, INDIRECT = 0, 1, 2


def palette(count: int, top: int) -> list[Cells]:
    """Three curves of `count` entries from 0 to `top`."""
    x = np.linspace(0, 1, count)
    return [np.floor(top * curve + 0.5).astype(np.int64) for curve in (x, 1 - np.abs(2 * x - 1), (1 - x) ** 2)]


def with_palette(made: Dataset, tables: Sequence[bytes], count: int, first: int, bits: int, **more: Any) -> Dataset:
    """Descriptors and data of three tables; `segmented` writes them as segments."""
    kind = "Segmented" if more.pop("segmented", False) else ""
    sign = "SS" if first < 0 else "US"
    for name, data in zip(NAMES, tables, strict=True):
        number = 0x00281101 + NAMES.index(name)
        made.add_new(number, sign, [count % 65536, first, bits])
        padded = data + b"\0" * (len(data) % 2)
        setattr(made, f"{kind}{name}PaletteColorLookupTableData", padded)
    for keyword, value in more.items():
        setattr(made, keyword, value)
    return made


def indexed(cells: Cells, **more: Any) -> Dataset:
    """An image of indices."""
    return image(cells, sop_class=US, PhotometricInterpretation="PALETTE COLOR", **more)


def palette_cases() -> Iterator[Case]:
    """PS3.3 C.7.6.3.1.5 and C.7.9."""
    bytes_of = lambda tables: [np.asarray(one).astype("u1").tobytes() for one in tables]  # noqa: E731
    eight, sixteen = palette(200, 255), palette(256, 65535)
    yield Case("palette, 8 bit", "bytes, first mapped value 20", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), bytes_of(eight), 200, 20, 8))  # fmt: skip
    yield Case("palette, 8 bit in words", "a word for each entry", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), [words(one) for one in eight], 200, 0, 8))  # fmt: skip
    yield Case("palette, 16 bit", "high bytes are drawn", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), [words(one) for one in sixteen], 256, 0, 16))  # fmt: skip
    yield Case("palette, 16 bit, bytes inside", "entries of 0 to 255 in words (rule 41)", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), [words(one) for one in palette(256, 255)], 256, 0, 16),
        without_dcmtk="takes the high bytes")  # fmt: skip
    yield Case("palette, 65536 entries", "a length of 0, indices of 16 bit", lambda: with_palette(
        indexed(ramp(0, 65535)), [words(one) for one in palette(65536, 65535)], 65536, 0, 16))  # fmt: skip
    yield Case("palette, signed indices", "first mapped value −100", lambda: with_palette(
        indexed(ramp(-128, 127, "i1")), [words(one) for one in palette(200, 65535)], 200, -100, 16))  # fmt: skip
    yield Case("palette, segmented, 16 bit", "discrete, linear and indirect segments", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), [segments("H", top) for top in (65535, 40000, 9000)], 256, 0, 16,
        segmented=True), without_dcmtk="no segments")  # fmt: skip
    yield Case("palette, segmented, 8 bit", "segments of bytes", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), [segments("B", top) for top in (255, 140, 31)], 256, 0, 8,
        segmented=True), without_dcmtk="no segments")  # fmt: skip


def segments(kind: str, top: int) -> bytes:
    """256 entries: 16 discrete, 100 to `top`, 40 down, and both linear ones again (PS3.3 C.7.9.2)."""
    discrete = [DISCRETE, 16, *(top * step // 60 for step in range(16))]
    again = len(discrete) * struct.calcsize(kind)
    low, high = (again & 0xFF, again >> 8) if kind == "B" else (again & 0xFFFF, again >> 16)
    upper = [0, 0] if kind == "B" else []
    linear = [LINEAR, 100, top, LINEAR, 20, top // 3]
    listed = [*discrete, *linear, INDIRECT, 2, low, high, *upper]
    return struct.pack(f"<{len(listed)}{kind}", *listed)


def supplemental_cases() -> Iterator[Case]:
    """Pixel Presentation COLOR and MIXED (rule 42): grey below the first mapped value, colours from it on."""
    for presentation in ("COLOR", "MIXED"):
        yield Case(f"supplemental palette, {presentation}", "window changes grey only",
                   lambda presentation=presentation: supplemental(PixelPresentation=presentation),
                   without_dcmtk="no supplemental palette")  # fmt: skip
    yield Case("supplemental palette, MONOCHROME1", "grey inverted, colours not", lambda: supplemental(
        PixelPresentation="COLOR", PhotometricInterpretation="MONOCHROME1"),
        without_dcmtk="no supplemental palette")  # fmt: skip
    yield Case("supplemental palette, MONOCHROME", "tables are there, but not asked for", lambda: supplemental(
        PixelPresentation="MONOCHROME"))  # fmt: skip


def supplemental(**more: Any) -> Dataset:
    """12 bits, the upper 500 values are colours; rescaled, so that stored and modality values differ."""
    made = image(ramp(0, 4095), sop_class=ENHANCED_MR, frames=0, BitsStored=12, RescaleSlope=2, RescaleIntercept=-100,
                 WindowCenter=3500, WindowWidth=7000, NumberOfFrames=1, **more)  # fmt: skip
    return with_palette(made, [words(one) for one in palette(400, 65535)], 400, 3596, 16)


def sample_cases() -> Iterator[Case]:
    """Three samples a pixel."""
    yield Case("RGB, interleaved", "planar configuration 0", lambda: image(colours()))
    yield Case("RGB, planes", "planar configuration 1", lambda: planes(colours(), "RGB"))
    yield Case("YBR_FULL, interleaved", "C.7.6.3.1.2", lambda: image(
        ybr_of(colours()), PhotometricInterpretation="YBR_FULL"))  # fmt: skip
    yield Case("YBR_FULL, planes", "planar configuration 1", lambda: planes(ybr_of(colours()), "YBR_FULL"))
    yield Case("YBR_FULL_422, native", "Y1 Y2 Cb Cr for two pixels (rule 43)", shared_chrominance)
    yield Case("RGB, 16 bit", "the upper eight of twelve bits", lambda: image(
        (colours().astype("<u2") << 4 | 7).astype("<u2"), BitsStored=12))  # fmt: skip
    yield Case("RGB with a window", "colour is not windowed (rule 46)", lambda: image(
        colours(), WindowCenter=40, WindowWidth=80))  # fmt: skip
    yield Case("RGB, labelled signed", "colour is unsigned (rule 10)", lambda: image(
        colours(), PixelRepresentation=1), without_dcmtk="believes the label")  # fmt: skip
    for name, curve in (("gamma", GAMMA), ("table", TABLE), ("formula", SRGB_FORMULA)):
        yield Case(f"RGB, ICC profile, {name}", "matrix to sRGB by LittleCMS (rule 46)", partial(
            image, colours(), ICCProfile=matrix_profile(curve)), tolerance=1, without_dcmtk="no profile")  # fmt: skip
    yield Case("palette, ICC profile", "colours of the tables are converted too (rule 46)", lambda: with_palette(
        indexed(ramp(0, 255, "u1")), [words(one) for one in palette(256, 65535)], 256, 0, 16,
        ICCProfile=matrix_profile(GAMMA)), tolerance=1, without_dcmtk="no profile")  # fmt: skip


def planes(cells: Cells, photometric: str) -> Dataset:
    """One plane after the other."""
    made = image(cells, PhotometricInterpretation=photometric, PlanarConfiguration=1)
    put_cells(made, np.ascontiguousarray(cells.transpose(2, 0, 1)))
    return made


def shared_chrominance() -> Dataset:
    """Native YBR_FULL_422: chrominance of the left pixel of each pair."""
    ybr = ybr_of(colours())
    pairs = np.stack((ybr[:, 0::2, 0], ybr[:, 1::2, 0], ybr[:, 0::2, 1], ybr[:, 0::2, 2]), axis=-1)
    made = image(ybr, sop_class=US, PhotometricInterpretation="YBR_FULL_422")
    put_cells(made, pairs)
    return made


def colour_cases() -> Iterator[Case]:
    """All of them."""
    for cases in (palette_cases, supplemental_cases, sample_cases):
        yield from cases()
