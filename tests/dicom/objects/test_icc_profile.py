"""The colour profile of an image is applied before it is drawn (clinical rule 46); the reference is LittleCMS."""

from __future__ import annotations

import struct
import tracemalloc

import numpy as np
import pytest
from PIL import ImageCms

from kontor.dicom.objects import Frame, render
from tests.colour_profiles import GAMMA, SRGB_FORMULA, TABLE, in_srgb, matrix_profile
from tests.dicom.objects.data_sets import a_data_set


def colours() -> np.ndarray:
    steps = np.linspace(0, 255, 9).astype("u1")
    return np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)


def drawn(pixels: np.ndarray, profile: bytes | None) -> np.ndarray:
    dataset = a_data_set(pixels[..., 0], SamplesPerPixel=3, PhotometricInterpretation="RGB", ICCProfile=profile)
    return render(Frame(pixels, "rgb"), dataset).pixels


@pytest.mark.parametrize("curve", [GAMMA, TABLE, SRGB_FORMULA], ids=["gamma", "table", "formula"])
def test_clinical_rule_46_a_matrix_profile_is_applied_as_littlecms_does(curve: bytes) -> None:
    profile, pixels = matrix_profile(curve), colours()
    reference = in_srgb(pixels, profile).astype(int)
    assert np.abs(reference - pixels).max() > 20, "this profile changes colours"
    assert np.abs(drawn(pixels, profile).astype(int) - reference).max() <= 1


def test_srgb_by_any_name_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(drawn(colours(), profile), colours())


@pytest.mark.parametrize("cut", [0, 20, 130, 200, 300])
def test_a_profile_that_cannot_be_read_is_not_applied(cut: int) -> None:
    pixels = colours()
    assert np.array_equal(drawn(pixels, matrix_profile(TABLE)[:cut]), pixels)
    assert np.array_equal(drawn(pixels, None), pixels)


def test_a_large_picture_is_converted_in_little_room() -> None:
    pixels = np.tile(colours(), (40, 40, 1))
    rows, columns, _ = pixels.shape
    dataset = a_data_set(
        pixels[..., 0], SamplesPerPixel=3, PhotometricInterpretation="RGB", ICCProfile=matrix_profile(TABLE)
    )
    tracemalloc.start()
    whole = render(Frame(pixels, "rgb"), dataset).pixels
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert np.array_equal(whole[:27, :27], drawn(colours(), matrix_profile(TABLE)))
    assert np.array_equal(whole[-27:, -27:], whole[:27, :27])
    assert peak < 40_000_000, f"{rows} x {columns} took {peak}"


def test_numbers_of_a_hostile_profile_make_colours_and_no_error() -> None:
    hostile = matrix_profile(b"curv" + bytes(4) + struct.pack(">IH", 1, 0xFFFF))
    words = bytearray(hostile)
    at = hostile.index(b"XYZ ", 200)
    words[at + 8 : at + 12] = struct.pack(">i", -(2**31))
    assert drawn(colours(), bytes(words)).shape == colours().shape
