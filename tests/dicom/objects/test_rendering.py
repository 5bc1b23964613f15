"""Every level of synthetic ramps against an independent calculation, one value at a time (clinical rules 58 and 59)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kontor.dicom.objects import (
    Undisplayable,
    Window,
    auto_window,
    decoded_frame,
    has_polarity_conflict,
    is_inverted,
    modality_values,
    render,
    windows,
)
from kontor.dicom.values import Uid
from tests.dicom.objects.data_sets import a_data_set, a_table, as_frame


def ramp(low: int, high: int, dtype: str) -> NDArray[Any]:
    """All values from low to high in rows of 256, the last one repeated."""
    values = np.arange(low, high + 1)
    return np.resize(np.append(values, [high] * (-len(values) % 256)), (-(-len(values) // 256), 256)).astype(dtype)


def reference(x: float, centre: float, width: float, function: str) -> float:
    """PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2, as they stand there, in exact fractions; 0 to 255."""
    if function == "SIGMOID":
        return 255 / (1 + math.exp(min(700.0, -4 * (x - centre) / width)))
    v, c, w = Fraction(x), Fraction(centre), Fraction(width)
    half = Fraction(1, 2)
    if function == "LINEAR_EXACT":
        low, high, share = c - w / 2, c + w / 2, (v - c) / w + half
    else:
        low, high = c - half - (w - 1) / 2, c - half + (w - 1) / 2
        share = (v - (c - half)) / (w - 1) + half if w > 1 else Fraction(0)
    return 0.0 if v <= low else 255.0 if v > high else float(share * 255)


CASES: list[tuple[NDArray[Any], dict[str, object]]] = [
    (ramp(0, 255, "u1"), {}),
    (ramp(0, 4095, "u2"), {"BitsStored": 12}),
    (ramp(0, 65535, "u2"), {}),
    (ramp(-2048, 2047, "i2"), {"BitsStored": 12}),
    (ramp(-32768, 32767, "i2"), {}),
    (ramp(0, 4095, "u2"), {"BitsStored": 12, "RescaleSlope": -1, "RescaleIntercept": 4095}),
    (ramp(0, 4095, "u2"), {"BitsStored": 12, "RescaleSlope": 0.001, "RescaleIntercept": 0}),
    (ramp(0, 4095, "u2"), {"BitsStored": 12, "RescaleSlope": 1, "RescaleIntercept": -1024}),
]
WINDOWS = [(128, 256), (2048, 4096), (40, 1), (40, 2), (2, 3.5), (-600, 1500), (40.25, 400), (32768, 65536)]


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
@pytest.mark.parametrize(("centre", "width"), WINDOWS)
@pytest.mark.parametrize("case", range(len(CASES)))
def test_every_level_of_a_ramp_equals_the_standard(case: int, centre: float, width: float, function: str) -> None:
    values, attributes = CASES[case]
    dataset = a_data_set(values, **attributes, WindowCenter=centre, WindowWidth=width, VOILUTFunction=function)
    drawn = render(as_frame(values, dataset), dataset).pixels.ravel()
    slope, intercept = float(attributes.get("RescaleSlope", 1)), float(attributes.get("RescaleIntercept", 0))  # type: ignore[arg-type]  # numbers in every case
    flat = values.ravel()
    for index in range(0, len(flat), max(1, len(flat) // 4099)):
        expected = reference(float(flat[index]) * slope + intercept, centre, width, function)
        assert abs(int(drawn[index]) - expected) <= 0.5001, f"value {flat[index]}"


def test_the_identity_window_of_eight_bits_changes_nothing() -> None:
    values = ramp(0, 255, "u1")
    dataset = a_data_set(values, WindowCenter=128, WindowWidth=256)
    assert np.array_equal(render(as_frame(values, dataset), dataset).pixels, values)


def test_bits_outside_the_stored_field_are_garbage() -> None:
    values = ramp(0, 4095, "u2")
    dirty = values << 2 | 0xC003
    dataset = a_data_set(dirty, BitsStored=12, HighBit=13)
    assert np.array_equal(as_frame(dirty, dataset).values, values)
    signed = ramp(-2048, 2047, "i2")
    dirty_signed = (signed.view("u2") & 0x0FFF) | 0x5000
    dataset = a_data_set(dirty_signed, BitsStored=12, HighBit=11, PixelRepresentation=1)
    assert np.array_equal(as_frame(dirty_signed, dataset).values, signed)


def test_floating_point_pixels_are_windowed_and_what_is_no_number_is_black() -> None:
    values = np.linspace(-1, 1, 512, dtype="f4").reshape(2, 256)
    values[0, :3] = np.nan, np.inf, -np.inf
    dataset = a_data_set(
        values, FloatPixelPaddingValue=-99, WindowCenter=0, WindowWidth=2, VOILUTFunction="LINEAR_EXACT"
    )
    dataset["7FE00008"] = {"vr": "OF"}
    drawn = render(as_frame(values, dataset), dataset).pixels
    assert drawn[0, :3].tolist() == [0, 0, 0]
    expected = [reference(float(value), 0, 2, "LINEAR_EXACT") for value in values[1]]
    assert np.abs(drawn[1] - np.array(expected)).max() <= 0.5001


@pytest.mark.parametrize("first", [-100, 0, 50])
def test_a_modality_table_holds_its_ends_and_beats_rescale(first: int) -> None:
    values = ramp(-200, 199, "i2")
    table = a_table(first & 0xFFFF, list(range(1000, 1100)))
    dataset = a_data_set(values, ModalityLUTSequence=[table], RescaleSlope=7, RescaleIntercept=0)
    found = modality_values(as_frame(values, dataset), dataset).ravel()
    for stored, modality in zip(values.ravel().tolist(), found.tolist(), strict=True):
        assert modality == 1000 + min(max(stored - first, 0), 99)


def test_a_voi_table_is_applied_after_rescale_and_first_for_projection_radiography() -> None:
    values = ramp(0, 255, "u1")
    table = a_table((-56) & 0xFFFF, [(index * index) // 64 for index in range(128)], 8)
    shared = {"VOILUTSequence": [table], "RescaleSlope": 1, "RescaleIntercept": -100}
    dataset = a_data_set(values, **shared, Modality="DX", WindowCenter=50, WindowWidth=10)
    picture = render(as_frame(values, dataset), dataset)
    entries = [min(max(value - 100 + 56, 0), 127) ** 2 // 64 for value in range(256)]
    assert np.abs(picture.pixels.ravel() - np.array(entries)).max() <= 1
    assert picture.drawn_with == "table"
    other = a_data_set(values, **shared, Modality="CT", WindowCenter=50, WindowWidth=10)
    assert render(as_frame(values, other), other).drawn_with == "default"


def test_each_frame_has_its_own_slope_and_window() -> None:
    values = ramp(0, 255, "u1")
    group = [
        a_data_set(
            PixelValueTransformationSequence=[a_data_set(RescaleSlope=slope, RescaleIntercept=0)],
            FrameVOILUTSequence=[a_data_set(WindowCenter=128, WindowWidth=256)],
        )
        for slope in (1, 0.5)
    ]
    dataset = a_data_set(values, PerFrameFunctionalGroupsSequence=group)
    frame = as_frame(values, dataset)
    assert render(frame, dataset, number=0).pixels.max() == 255
    assert render(frame, dataset, number=1).pixels.max() == 128


@pytest.mark.parametrize("shape", ["IDENTITY", "INVERSE", None])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_photometric_interpretation_decides_the_polarity_once(photometric: str, shape: str | None) -> None:
    values = np.array([[10, 200]], "u1")
    shapes = {"PresentationLUTShape": shape} if shape else {}
    dataset = a_data_set(values, PhotometricInterpretation=photometric, WindowCenter=128, WindowWidth=256, **shapes)
    low, high = render(as_frame(values, dataset), dataset).pixels[0].tolist()
    assert (low > high) == (photometric == "MONOCHROME1")
    assert (low, high) in ((10, 200), (245, 55))
    assert is_inverted(dataset) == (photometric == "MONOCHROME1")
    contradicting = {("MONOCHROME1", "IDENTITY"), ("MONOCHROME2", "INVERSE")}
    assert has_polarity_conflict(dataset) == ((photometric, shape) in contradicting)


@pytest.mark.parametrize(("value", "limit"), [(0, 5), (5, 0)])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_padding_is_black_in_both_polarities_and_left_out_of_the_auto_window(
    value: int, limit: int, photometric: str
) -> None:
    values = np.concatenate((np.full(500, 3), np.linspace(1000, 2000, 500))).astype("u2").reshape(10, 100)
    dataset = a_data_set(
        values, PhotometricInterpretation=photometric, PixelPaddingValue=value, PixelPaddingRangeLimit=limit
    )
    picture = render(as_frame(values, dataset), dataset)
    assert picture.drawn_with == "auto"
    assert picture.pixels[values == 3].tolist() == [0] * 500
    assert picture.pixels[values > 1000].std() > 60


def test_padding_is_compared_with_stored_values_in_their_sign() -> None:
    values = np.array([[-2000, 0, 100, 50]], "i2")
    dataset = a_data_set(values, PixelPaddingValue=63536, WindowCenter=0, WindowWidth=5000)
    assert (render(as_frame(values, dataset), dataset).pixels[0] == 0).tolist() == [True, False, False, False]


@pytest.mark.parametrize("kind", ["Float", "DoubleFloat"])
def test_floating_point_padding_has_the_pair_of_ends_of_its_width(kind: str) -> None:
    values = np.array([[-1001, -1000, -950, -900, -899, 0]], "f4" if kind == "Float" else "f8")
    ends = {f"{kind}PixelPaddingValue": -1000, f"{kind}PixelPaddingRangeLimit": -900}
    other = {f"{'Float' if kind == 'DoubleFloat' else 'DoubleFloat'}PixelPaddingValue": 0}
    dataset = a_data_set(values, **ends, **other, WindowCenter=-1000, WindowWidth=9000)
    dataset["7FE00008" if kind == "Float" else "7FE00009"] = {"vr": "OF"}
    drawn = render(as_frame(values, dataset), dataset).pixels[0]
    assert (drawn == 0).tolist() == [False, True, True, True, False, False]


def test_padding_is_read_in_the_sign_of_the_code_stream() -> None:
    values = np.array([[-2000, 0, 500]], "i2")
    dataset = a_data_set(values, PixelRepresentation=0, PixelPaddingValue=63536, WindowCenter=0, WindowWidth=9000)
    frame = decoded_frame(values.tobytes(), "<i2", "grey", dataset, Uid("1.2.840.10008.1.2.4.90"))
    assert (render(frame, dataset).pixels[0] == 0).tolist() == [True, False, False]


def test_windows_that_say_nothing_are_left_out() -> None:
    dataset = a_data_set(WindowCenter=[40, 50, 60], WindowWidth=[0, 300], WindowCenterWidthExplanation=["A", "B", "C"])
    assert windows(dataset, 0) == (Window(50, 300, "LINEAR", "B"),)


def test_an_auto_window_ends_at_percentiles() -> None:
    values = np.concatenate((np.arange(0, 1000), [60000])).astype(float)
    window = auto_window(values)
    assert 960 < window.width < 1000
    assert auto_window(np.zeros((4, 4))).width > 0
    assert auto_window(np.array([np.nan])).width > 0


def test_a_slope_of_zero_is_taken_as_one() -> None:
    values = ramp(0, 255, "u1")
    dataset = a_data_set(values, RescaleSlope=0, RescaleIntercept=5)
    assert np.array_equal(modality_values(as_frame(values, dataset), dataset), values + 5.0)


def test_a_small_picture_keeps_true_proportions_and_the_mean() -> None:
    values = np.tile(np.array([0, 255], "u1"), (400, 100))
    dataset = a_data_set(values, WindowCenter=128, WindowWidth=256, PixelSpacing=[1, 2])
    picture = render(as_frame(values, dataset), dataset, side=100)
    assert (picture.rows, picture.columns) == (100, 100)
    assert abs(float(picture.pixels.mean()) - 127.5) < 1
    small = render(as_frame(values[:50, :30], square := a_data_set(values[:50, :30])), square, side=100)
    assert (small.rows, small.columns) == (50, 30)


@pytest.mark.parametrize("where", ["SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"])
def test_enhanced_objects_keep_their_proportions_a_frame_or_for_all(where: str) -> None:
    values = np.zeros((30, 30), np.uint16)
    group = a_data_set(PixelMeasuresSequence=[a_data_set(PixelSpacing=[0.3, 0.1])])
    dataset = a_data_set(values, WindowCenter=1, WindowWidth=2, **{where: [group]})
    picture = render(as_frame(values, dataset), dataset, side=30)
    assert (picture.rows, picture.columns) == (30, 10)


def test_what_is_no_picture_is_refused() -> None:
    for wrong in ({"Rows": 0}, {"SamplesPerPixel": 2}, {"BitsAllocated": 12}, {"Rows": 70_000}, {"Rows": 300}):
        values = ramp(0, 255, "u1")
        dataset = a_data_set(values, **wrong)
        with pytest.raises(Undisplayable):
            as_frame(values, dataset)
