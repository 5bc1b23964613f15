"""The reference is right: DCMTK draws the same, and lossless code streams look like what went into them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pixels.case import Case
from tests.pixels.corpus import cases, expected
from tests.pixels.second_opinion import difference, drawn_by_dcmtk

ROUNDING = 1  # DCMTK cuts fractions off where we round half up
FIXED_POINT = 2  # and turns YBR into RGB with fractions of 8 bits
CASES = cases()


def test_the_corpus_is_wide_enough_and_its_names_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40
    assert len({case.syntax for case in CASES}) >= 20


@pytest.mark.parametrize("case", [case for case in CASES if not case.without_dcmtk], ids=lambda case: case.name)
def test_dcmtk_draws_what_the_reference_draws(case: Case) -> None:
    theirs = drawn_by_dcmtk(case)
    assert theirs is not None, "DCMTK draws nothing"
    allowed = FIXED_POINT if "YBR" in str(case.dataset().PhotometricInterpretation) else ROUNDING
    assert difference(expected(case), theirs) <= allowed


ORIGINALS = {
    "explicit little endian": [
        "implicit little endian", "explicit big endian", "deflated data set", "encapsulated uncompressed",
        "deflated frame", "RLE, grey", "JPEG lossless, predictor 4", "JPEG lossless, first order", "JPEG-LS, lossless",
        "JPEG 2000, lossless", "HTJ2K, lossless", "JPEG XL, lossless",
    ],
    "JPEG lossless, 16 bit signed": ["JPEG 2000, lossless, signed", "HTJ2K, lossless, RPCL"],
    "RGB, interleaved": [
        "RGB, planes", "RLE, RGB", "JPEG lossless, RGB", "JPEG-LS, lossless, RGB", "JPEG 2000, YBR_RCT",
        "JPEG 2000, RGB without transform", "HTJ2K, YBR_RCT", "JPEG XL, lossless, RGB", "RGB, 16 bit",
    ],
    "1 bit": ["1 bit, deflated frame"],
    "MONOCHROME1, shape absent": ["MONOCHROME1, shape INVERSE", "MONOCHROME1, shape IDENTITY"],
}  # fmt: skip


@pytest.mark.parametrize("original", ORIGINALS)
def test_pictures_of_the_same_values_are_the_same(original: str) -> None:
    by_name = {case.name: expected(case) for case in CASES}
    for name in ORIGINALS[original]:
        assert np.array_equal(by_name[name], by_name[original]), name


LOSSY = [case for case in CASES if case.tolerance and "ICCProfile" not in case.dataset()]


@pytest.mark.parametrize("case", LOSSY, ids=lambda case: case.name)
def test_lossy_pictures_are_near_to_what_went_into_them(case: Case) -> None:
    names = {1: "explicit little endian", 3: "JPEG baseline, YBR_FULL, 444"}
    assert expected(case).std() > 20, "a picture without contrast shows nothing"
    if int(case.dataset().SamplesPerPixel) == 3:
        other = next(each for each in CASES if each.name == names[3])
        assert np.abs(expected(case).astype(int) - expected(other)).max() <= 40
    elif int(case.dataset().BitsAllocated) == 16:
        other = next(each for each in CASES if each.name == names[1])
        assert np.abs(expected(case).astype(int) - expected(other)).max() <= 40
