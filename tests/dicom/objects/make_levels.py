"""Writes levels.json: headers, cells and the levels that PS3.3 makes of them, for the server's and the client's tests.

Written without the product's code: one value at a time, in exact fractions. Run again after a change with
`python -m tests.dicom.objects.make_levels`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np

from tests.dicom.objects.data_sets import a_data_set, a_table

LEVELS: Final = Path(__file__).with_name("levels.json")
Cell = int | float
Grey = Callable[[Cell], float | Fraction]
HALF: Final = Fraction(1, 2)
WHITE: Final = 255


def linear(centre: float, width: float) -> Grey:
    """PS3.3 C.11.2.1.2.1; width 1 is a threshold at centre − 0.5."""
    c, w = Fraction(str(centre)) - HALF, Fraction(str(width)) - 1
    return lambda x: 0 if x <= c - w / 2 else WHITE if x > c + w / 2 else ((Fraction(x) - c) / w + HALF) * WHITE


def linear_exact(centre: float, width: float) -> Grey:
    """PS3.3 C.11.2.1.3.2."""
    c, w = Fraction(str(centre)), Fraction(str(width))
    return lambda x: 0 if x <= c - w / 2 else WHITE if x > c + w / 2 else ((Fraction(x) - c) / w + HALF) * WHITE


def sigmoid(centre: float, width: float) -> Grey:
    """PS3.3 C.11.2.1.3.1."""
    return lambda x: WHITE / (1 + math.exp(-4 * (x - centre) / width))


def entry(first: int, entries: Sequence[int]) -> Callable[[Cell], int]:
    """The entry of the nearest whole input, half up; the ends hold beyond them (PS3.3 C.11.1.1.1)."""
    return lambda x: entries[min(max(math.floor(Fraction(x) + HALF) - first, 0), len(entries) - 1)]


def voi_table(first: int, entries: Sequence[int], bits: int) -> Grey:
    """Entries fill the range of their bits (PS3.3 C.11.2.1.1)."""
    found = entry(first, entries)
    return lambda x: Fraction(found(x), (1 << bits) - 1) * WHITE


def rescaled(slope: float, intercept: float, voi: Grey) -> Grey:
    """Modality values, exact: slope and intercept are the decimals that a header writes."""
    return lambda stored: voi(stored * Fraction(str(slope)) + Fraction(str(intercept)))


def grey_case(
    name: str, cells: Sequence[Cell], kind: str, voi: Grey, *, stored: Sequence[Cell] | None = None,
    padding: tuple[float, float] | None = None, **attributes: object,
) -> dict[str, Any]:  # fmt: skip
    """`stored`: what the cells mean, where that is not the cells themselves."""
    inverted = attributes.get("PhotometricInterpretation") == "MONOCHROME1"

    def level(value: Cell) -> int:
        if not math.isfinite(value) or (padding is not None and padding[0] <= value <= padding[1]):
            return 0
        grey = voi(value)
        return math.floor((WHITE - grey if inverted else grey) + HALF)

    return case(name, cells, kind, [level(value) for value in stored or cells], 1, attributes)


def case(
    name: str, cells: Sequence[Cell], kind: str, levels: list[int], samples: int, attributes: dict[str, object]
) -> dict[str, Any]:
    """One row of pixels; `kind` is numpy's name of the cells, `levels` has one number a pixel, or three for colour."""
    array = np.array(cells, kind).reshape(1, -1)
    header = a_data_set(array, **{"Columns": array.size // samples, "SamplesPerPixel": samples} | attributes)
    if kind.startswith("f"):
        header["7FE00008" if kind == "f4" else "7FE00009"] = {"vr": "OF" if kind == "f4" else "OD"}
    written = [
        value if math.isfinite(value) else str(value).replace("inf", "Infinity") for value in array.ravel().tolist()
    ]
    return {"name": name, "header": header, "kind": kind, "cells": written, "levels": levels}


TWELVE: Final = [*range(0, 4096, 61), 1023, 1024, 1063, 1064, 4095]
SIGNED: Final = [-2048, -2047, -1025, -900, -1, 0, 1, 2, 40, 1234, 2046, 2047]
BYTES: Final = [0, 1, 5, 6, 7, 8, 9, 60, 127, 128, 200, 254, 255]
CT: Final[dict[str, object]] = {"BitsStored": 12, "RescaleSlope": 1, "RescaleIntercept": -1024}
W40_400: Final[dict[str, object]] = {"WindowCenter": 40, "WindowWidth": 400}


def window_cases() -> Iterator[dict[str, Any]]:
    """The functions of C.11.2.1, slopes and polarity."""
    for function, voi in (("LINEAR", linear), ("LINEAR_EXACT", linear_exact), ("SIGMOID", sigmoid)):
        for photometric in ("MONOCHROME2", "MONOCHROME1"):
            attributes = CT | W40_400 | {"VOILUTFunction": function, "PhotometricInterpretation": photometric}
            grey = rescaled(1, -1024, voi(40, 400))
            yield grey_case(f"{function}, {photometric}", TWELVE, "u2", grey, **attributes)
    threshold = CT | {"WindowCenter": 40, "WindowWidth": 1}
    yield grey_case("LINEAR of width 1", TWELVE, "u2", rescaled(1, -1024, linear(40, 1)), **threshold)
    small = {"BitsStored": 12, "RescaleSlope": 0.001, "RescaleIntercept": 0, "WindowCenter": 1.5, "WindowWidth": 0.7}
    # 1220 is exactly 25.5 there: halves are the pixel corpus's subject (tests/pixels).
    yield grey_case(
        "LINEAR under width 1",
        [cell for cell in TWELVE if cell != 1220],
        "u2",
        rescaled(0.001, 0, linear_exact(1.5, 0.7)),
        **small,
    )
    negative = CT | W40_400 | {"RescaleSlope": -1, "RescaleIntercept": 1000}
    yield grey_case("negative slope", TWELVE, "u2", rescaled(-1, 1000, linear(40, 400)), **negative)
    yield grey_case("identity of 8 bit", BYTES, "u1", linear(128, 256), WindowCenter=128, WindowWidth=256)


def stored_cases() -> Iterator[dict[str, Any]]:
    """Bits and signs of cells (PS3.5 section 8.1.1)."""
    window: dict[str, object] = {"WindowCenter": 0, "WindowWidth": 4000}
    dirty = [value & 0x0FFF | 0x5000 for value in SIGNED]
    yield grey_case("signed, 12 bit, dirty", dirty, "u2", linear(0, 4000), stored=SIGNED,
                    BitsStored=12, HighBit=11, PixelRepresentation=1, **window)  # fmt: skip
    shifted = [value << 3 | 0x8005 for value in TWELVE]
    yield grey_case("12 bit below high bit 14, dirty", shifted, "u2", linear(2000, 3000), stored=TWELVE,
                    BitsStored=12, HighBit=14, WindowCenter=2000, WindowWidth=3000)  # fmt: skip
    wide = [0, 1, 77_777, 524_288, 1_048_575]
    yield grey_case("20 of 32 bit", wide, "u4", linear(500_000, 900_000),
                    BitsStored=20, HighBit=19, WindowCenter=500_000, WindowWidth=900_000)  # fmt: skip
    spread = [*range(100, 200), 5000, 7, 7, 7]
    low, high = (float(end) for end in np.percentile([value for value in spread if value != 7], (1, 99)))
    yield grey_case("no window: 1st to 99th percentile without padding", spread, "u2",
                    linear_exact((low + high) / 2, high - low), padding=(7, 7), PixelPaddingValue=7)  # fmt: skip


def padding_cases() -> Iterator[dict[str, Any]]:
    """PS3.3 C.7.5.1.1.2, and what is no number."""
    window: dict[str, object] = {"WindowCenter": -1000, "WindowWidth": 3000}
    signed: dict[str, object] = {"BitsStored": 12, "PixelRepresentation": 1}
    cells = [value & 0xFFFF for value in SIGNED]
    for name, ends, held in (
        ("padding value", {"PixelPaddingValue": -900}, (-900, -900)),
        ("padding value of the other sign", {"PixelPaddingValue": 64_636}, (-900, -900)),
        ("padding range in reverse", {"PixelPaddingValue": -900, "PixelPaddingRangeLimit": 32_768}, (-32_768, -900)),
    ):
        for photometric in ("MONOCHROME1", "MONOCHROME2"):
            attributes = signed | window | ends | {"PhotometricInterpretation": photometric}
            yield grey_case(f"{name}, {photometric}", cells, "u2", linear(-1000, 3000),
                            stored=SIGNED, padding=held, **attributes)  # fmt: skip
    floats = [math.nan, math.inf, -math.inf, -1000.5, -1000, -950, -900, -899.5, 0.25, 1e6]
    for kind, prefix in (("f4", "Float"), ("f8", "DoubleFloat")):
        ends = {f"{prefix}PixelPaddingValue": -1000, f"{prefix}PixelPaddingRangeLimit": -900}
        yield grey_case(f"{prefix} padding range, MONOCHROME1", floats, kind, linear(-1000, 3000),
                        padding=(-1000, -900), PhotometricInterpretation="MONOCHROME1", **ends, **window)  # fmt: skip


def table_cases() -> Iterator[dict[str, Any]]:
    """Modality and VOI LUT: fractions, signs, and descriptors that their entries contradict."""
    steps = [0, 64, 128, 255]
    tenths = {"RescaleSlope": 0.1, "RescaleIntercept": 0, "VOILUTSequence": [a_table(0, steps, 8)]}
    yield grey_case("VOI LUT, fractional input", BYTES, "u1", rescaled(0.1, 0, voi_table(0, steps, 8)), **tenths)
    for first in (-3, 65_533):
        shifted = {"RescaleSlope": 1, "RescaleIntercept": -8, "VOILUTSequence": [a_table(first & 0xFFFF, steps, 8)]}
        shifted["VOILUTSequence"][0]["00283002"]["Value"][1] = first  # type: ignore[index]  # the item made above
        yield grey_case(
            f"VOI LUT, first input {first}", BYTES, "u1", rescaled(1, -8, voi_table(-3, steps, 8)), **shifted
        )
    for name, entries, declared, bits in (
        ("12 bit", [0, 100, 4095, 2048], 12, 12),
        ("8 bit declared, 16 written", [0, 20_000, 40_000, 65_535], 8, 16),
        ("8 bit declared, 10 written", [0, 300, 600, 1023], 8, 16),
        ("no bits declared, bytes written", [0, 255, 9, 100], 0, 8),
    ):
        yield grey_case(f"VOI LUT, {name}", BYTES, "u1", voi_table(5, entries, bits),
                        VOILUTSequence=[a_table(5, entries, declared)])  # fmt: skip
    climbing = [min(value, WHITE) for value in range(300)]
    hounsfield = [value + 1024 for value in BYTES]
    yield grey_case("VOI LUT, its sign from the transform, not from the values", hounsfield, "u2",
                    rescaled(1, -1024, voi_table(-3, climbing, 8)),
                    VOILUTSequence=[a_table(65_533, climbing, 8)], **CT)  # fmt: skip
    packed = a_data_set(LUTDescriptor=[4, 5, 8], LUTData=bytes(steps))
    yield grey_case("VOI LUT in bytes", BYTES, "u1", voi_table(5, steps, 8), VOILUTSequence=[packed])
    modality = entry(5, [1000, 900, 1100, 950])
    window = linear(1000, 300)
    yield grey_case("modality LUT beats rescale", BYTES, "u1", lambda stored: window(modality(stored)),
                    ModalityLUTSequence=[a_table(5, [1000, 900, 1100, 950])], RescaleSlope=7, RescaleIntercept=0,
                    WindowCenter=1000, WindowWidth=300)  # fmt: skip


def words(entries: Sequence[int]) -> bytes:
    """A table in words of 16 bits; `bytes` writes one in bytes."""
    return np.array(entries, "<u2").tobytes()


def colour_cases() -> Iterator[dict[str, Any]]:
    """Palettes (PS3.3 C.7.6.3.1.5) and wide samples: always eight bits in the end."""
    colours = ("Red", "Green", "Blue")
    for name, bits, tables, shift, written in (
        ("8 bit in bytes", 8, [[0, 80, 160, 255], [1, 2, 3, 4], [9, 8, 7, 6]], 0, bytes),
        ("8 bit in words", 8, [[0, 80, 160, 255], [1, 2, 3, 4], [9, 8, 7, 6]], 0, words),
        ("16 bit", 16, [[0, 0x5000, 0xA0FF, 0xFFFF], [255, 256, 511, 512], [0] * 4], 8, words),
        ("16 bit declared, bytes written", 16, [[0, 80, 160, 255], [1, 2, 3, 4], [9, 8, 7, 6]], 0, bytes),
        ("16 bit declared, words of 8 bit written", 16, [[0, 80, 160, 255], [1, 2, 3, 4], [9, 8, 7, 6]], 0, words),
        ("8 bit declared, 16 written", 8, [[0, 0x5000, 0xA0FF, 0xFFFF], [255, 256, 511, 512], [0] * 4], 8, words),
    ):
        attributes: dict[str, object] = {"PhotometricInterpretation": "PALETTE COLOR"}
        for colour, table in zip(colours, tables, strict=True):
            attributes[f"{colour}PaletteColorLookupTableDescriptor"] = [len(table), 5, bits]
            attributes[f"{colour}PaletteColorLookupTableData"] = written(table)
        levels = [entry(5, table)(index) >> shift for index in BYTES for table in tables]
        yield case(f"palette, {name}", BYTES, "u1", levels, 1, attributes)
    samples = [0, 1, 15, 16, 17, 800, 2048, 4094, 4095]
    deep: dict[str, object] = {"PhotometricInterpretation": "RGB", "BitsStored": 12, "HighBit": 13}
    yield case("RGB of 12 bit below high bit 13, dirty", [value << 2 | 0xC003 for value in samples], "u2",
               [value >> 4 for value in samples], 3, deep)  # fmt: skip
    flat: dict[str, object] = {"PhotometricInterpretation": "RGB", "BitsStored": 7, "HighBit": 6}
    sevens = [0, 1, 2, 63, 64, 65, 100, 126, 127]
    yield case("RGB of 7 bit", sevens, "u1", [value * WHITE // 127 for value in sevens], 3, flat)


def document() -> list[dict[str, Any]]:
    """All cases in their order."""
    return [*window_cases(), *stored_cases(), *padding_cases(), *table_cases(), *colour_cases()]


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(each) for each in document())
    LEVELS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
