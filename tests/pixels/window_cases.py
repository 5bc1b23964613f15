"""Modality and VOI: windows, functions, tables, polarity, padding (clinical rules 14 to 38)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from pydicom.dataset import Dataset

from tests.pixels.case import Case, item
from tests.pixels.encoders import words
from tests.pixels.making import CT, DX, MR, body, image, ramp

CT12: Final[dict[str, Any]] = {"BitsStored": 12, "RescaleSlope": 1, "RescaleIntercept": -1024}
W: Final[dict[str, Any]] = {"WindowCenter": 40, "WindowWidth": 400}
SQUARE: Final = np.arange(1500, dtype=np.int64) ** 2 * 4095 // 1499**2


def ct(**more: Any) -> Dataset:
    """All values of 12 bits with a rescale."""
    return image(ramp(0, 4095), sop_class=CT, **(CT12 | more))


def table(first: int, entries: Any, bits: int, **more: Any) -> Dataset:
    """An item of a modality or VOI LUT sequence."""
    made = item(**more)
    made.add_new(0x00283002, "SS" if first < 0 else "US", [len(entries) % 65536, first, bits])
    made.add_new(0x00283006, "OW", words(entries))
    return made


def window_cases() -> Iterator[Case]:
    """PS3.3 C.11.2.1."""
    yield Case("LINEAR", "every value of 12 bits", lambda: ct(**W))
    yield Case("LINEAR, width 1", "a threshold at centre − 0.5 (rule 27)", lambda: ct(WindowCenter=40, WindowWidth=1))
    yield Case("LINEAR, width under 1", "taken as LINEAR_EXACT (rule 27)", lambda: ct(
        RescaleSlope=0.001, RescaleIntercept=0, WindowCenter=1.5, WindowWidth=0.7),
        without_dcmtk="width under 1")  # fmt: skip
    yield Case("LINEAR_EXACT", "VOI LUT Function", lambda: ct(**W, VOILUTFunction="LINEAR_EXACT"))
    yield Case("SIGMOID", "VOI LUT Function", lambda: ct(**W, VOILUTFunction="SIGMOID"))
    yield Case("SIGMOID, MONOCHROME1", "inverted after VOI (rule 36)", lambda: ct(
        **W, VOILUTFunction="SIGMOID", PhotometricInterpretation="MONOCHROME1"))  # fmt: skip
    yield Case("identity window, 8 bit", "centre 128, width 256 changes nothing (rule 28)", lambda: image(
        ramp(0, 255, "u1"), WindowCenter=128, WindowWidth=256))  # fmt: skip
    yield Case("several windows", "the first is drawn (rule 29)", lambda: ct(
        WindowCenter=[40, -600], WindowWidth=[400, 1500], WindowCenterWidthExplanation=["A", "B"]))  # fmt: skip
    yield Case("width 0, then a valid pair", "an invalid pair is left out (rule 27)", lambda: ct(
        WindowCenter=[40, 300], WindowWidth=[0, 1500]), without_dcmtk="takes the first pair")  # fmt: skip
    yield Case("no window", "1st to 99th percentile (rule 33)", lambda: image(
        body(), sop_class=CT, **CT12), without_dcmtk="no percentiles")  # fmt: skip
    yield Case("fractional window", "centre and width with fractions", lambda: ct(
        WindowCenter="39.7", WindowWidth="123.4"))  # fmt: skip


def rescale_cases() -> Iterator[Case]:
    """Rescale and modality tables (rules 20 to 22)."""
    yield Case("negative slope", "ends change places (rule 21)", lambda: ct(
        RescaleSlope=-1, RescaleIntercept=1000, **W))  # fmt: skip
    yield Case("fractional slope", "0.001: fractions are kept", lambda: image(
        ramp(0, 65535), sop_class=MR, RescaleSlope="0.001", RescaleIntercept="-3", WindowCenter=20, WindowWidth=40),
        without_dcmtk="rounds modality values")  # fmt: skip
    yield Case("slope 0", "taken as 1 (rule 21)", lambda: ct(RescaleSlope=0, **W), without_dcmtk="slope 0 is nothing")
    yield Case("modality LUT", "before VOI, beats rescale (rule 22)", lambda: modality_table())
    yield Case("modality LUT alone", "first and last entry hold beyond its ends", lambda: modality_table(
        RescaleSlope=None, RescaleIntercept=None))  # fmt: skip


def modality_table(**more: Any) -> Dataset:
    """A table from 500 on over 12 bits."""
    rescale = {"RescaleSlope": 3, "RescaleIntercept": 1} | more
    return image(ramp(0, 4095), BitsStored=12, WindowCenter=2000, WindowWidth=3000,
                 ModalityLUTSequence=[table(500, SQUARE, 16, ModalityLUTType="US")], **rescale)  # fmt: skip


def voi_table_cases() -> Iterator[Case]:
    """VOI LUT Sequence (rule 30)."""
    yield Case("VOI LUT", "first mapped value below 0, 12 bits", lambda: ct(
        VOILUTSequence=[table(-600, SQUARE, 12)]))  # fmt: skip
    yield Case("VOI LUT of 8 bits", "entries as bytes in words", lambda: ct(
        VOILUTSequence=[table(0, np.arange(256)[::-1], 8)]))  # fmt: skip
    yield Case("VOI LUT and window, DX", "projection radiography: the table", lambda: image(
        ramp(0, 4095), sop_class=DX, BitsStored=12, WindowCenter=2000, WindowWidth=4000,
        VOILUTSequence=[table(300, SQUARE, 12)], PresentationLUTShape="IDENTITY"))  # fmt: skip
    yield Case("VOI LUT and window, CT", "others: the first window", lambda: ct(
        **W, VOILUTSequence=[table(-600, SQUARE, 12)]))  # fmt: skip
    yield Case("VOI LUT of 65536 entries", "a length of 0 means 65536", lambda: image(
        ramp(0, 65535), sop_class=DX, VOILUTSequence=[table(0, np.arange(65536)[::-1], 16)]))  # fmt: skip


def polarity_cases() -> Iterator[Case]:
    """Photometric Interpretation and Presentation LUT Shape (rules 36 and 37)."""
    for photometric in ("MONOCHROME1", "MONOCHROME2"):
        for shape in (None, "IDENTITY", "INVERSE"):
            conflict = (photometric == "MONOCHROME1") != (shape == "INVERSE") and shape is not None
            yield Case(f"{photometric}, shape {shape or 'absent'}", "contradiction" if conflict else "inverted once",
                       lambda photometric=photometric, shape=shape: image(
                           ramp(0, 4095), sop_class=DX, BitsStored=12, WindowCenter=2048, WindowWidth=4096,
                           PhotometricInterpretation=photometric, PresentationLUTShape=shape),
                       without_dcmtk="follows the shape" if conflict else "")  # fmt: skip


def padding_cases() -> Iterator[Case]:
    """Padding is black, whatever the polarity (rules 14 to 16)."""
    none: dict[str, Any] = {"without_dcmtk": "draws padding as picture"}
    yield Case("padding value", "one value", lambda: ct(**W, PixelPaddingValue=1064), **none)
    yield Case("padding range", "value to limit", lambda: ct(
        **W, PixelPaddingValue=1000, PixelPaddingRangeLimit=1100), **none)  # fmt: skip
    yield Case("padding range, other order", "limit below value", lambda: ct(
        **W, PixelPaddingValue=1100, PixelPaddingRangeLimit=1000), **none)  # fmt: skip
    yield Case("padding, MONOCHROME1", "air stays black (rule 16)", lambda: image(
        padded(), sop_class=DX, BitsStored=12, WindowCenter=2048, WindowWidth=4096, PixelPaddingValue=0,
        PhotometricInterpretation="MONOCHROME1"), **none)  # fmt: skip
    yield Case("padding, signed", "−2000 in 16 bits, auto window without it", lambda: image(
        in_units(), sop_class=CT,
        PixelPaddingValue=-2000, RescaleSlope=1, RescaleIntercept=0), **none)  # fmt: skip
    yield Case("padding with the other sign", "63536 read as −2000 (rule 9)", other_sign, **none)


def padded() -> Any:
    """The body with nothing round it."""
    cells = body()
    cells[cells < 900] = 0
    return cells


def in_units() -> Any:
    """The same in Hounsfield units, −2000 round it."""
    return np.where(padded() == 0, -2000, padded().astype("<i2") - 1024).astype("<i2")


def other_sign() -> Dataset:
    """Signed pixels whose padding value was written as US."""
    made = image(in_units(), sop_class=CT, WindowCenter=400, WindowWidth=2600)
    made.add_new(0x00280120, "US", 63536)
    return made


def value_cases() -> Iterator[Case]:
    """All of them."""
    for cases in (window_cases, rescale_cases, voi_table_cases, polarity_cases, padding_cases):
        yield from cases()
