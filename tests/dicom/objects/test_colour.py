"""Colour bars through every interpretation come out as RGB (clinical rules 41 to 45 and 60)."""

from __future__ import annotations

import numpy as np
import pytest

from kontor.dicom.objects import Frame, Undisplayable, native_frame, render
from kontor.dicom.values import EXPLICIT_BIG, EXPLICIT_LITTLE
from tests.dicom.objects.data_sets import a_data_set, as_frame

BARS = np.array(
    [[[255, 255, 255], [255, 255, 0], [0, 255, 255], [0, 255, 0], [255, 0, 0], [0, 0, 255], [0, 0, 0], [90, 90, 90]]],
    "u1",
)


def ybr(rgb: np.ndarray) -> np.ndarray:
    """RGB to YBR_FULL, PS3.3 C.7.6.3.1.2."""
    matrix = np.array([[0.299, 0.587, 0.114], [-0.1687, -0.3313, 0.5], [0.5, -0.4187, -0.0813]])
    return np.clip(np.round(rgb.astype(float) @ matrix.T + [0, 128, 128]), 0, 255).astype("u1")


def colour_data_set(photometric: str, **attributes: object) -> dict[str, dict[str, object]]:
    shape = np.zeros(BARS.shape[:2], "u1")
    return a_data_set(shape, SamplesPerPixel=3, PhotometricInterpretation=photometric, **attributes)


@pytest.mark.parametrize("planar", [0, 1])
@pytest.mark.parametrize("photometric", ["RGB", "YBR_FULL"])
def test_bars_are_rgb_in_both_planar_configurations(photometric: str, planar: int) -> None:
    cells = BARS if photometric == "RGB" else ybr(BARS)
    dataset = colour_data_set(photometric, PlanarConfiguration=planar)
    data = cells.transpose(2, 0, 1).tobytes() if planar else cells.tobytes()
    drawn = render(native_frame(data, dataset, EXPLICIT_LITTLE), dataset).pixels
    assert np.abs(drawn.astype(int) - BARS.astype(int)).max() <= 3


def test_ybr_full_422_shares_its_chrominance() -> None:
    pairs = np.repeat(BARS, 2, axis=1)
    cells = ybr(pairs)
    packed = np.stack((cells[:, 0::2, 0], cells[:, 1::2, 0], cells[:, 0::2, 1], cells[:, 0::2, 2]), axis=-1)
    dataset = colour_data_set("YBR_FULL_422", Columns=16)
    drawn = render(native_frame(packed.tobytes(), dataset, EXPLICIT_LITTLE), dataset).pixels
    assert np.abs(drawn.astype(int) - pairs.astype(int)).max() <= 3


def test_what_the_codec_turned_into_rgb_is_not_turned_again() -> None:
    dataset = colour_data_set("YBR_RCT")
    assert np.array_equal(render(Frame(BARS, "rgb"), dataset).pixels, BARS)


def test_wide_colour_gives_its_upper_bits() -> None:
    dataset = a_data_set(
        np.zeros(BARS.shape[:2], "u2"), SamplesPerPixel=3, PhotometricInterpretation="RGB", BitsStored=12
    )
    wide = BARS.astype("u2") << 4
    assert np.array_equal(render(as_frame(wide, dataset), dataset).pixels, BARS)


@pytest.mark.parametrize(("bits", "factor"), [(16, 257), (8, 1), (16, 1)])
def test_a_palette_gives_its_colours_and_holds_its_ends(bits: int, factor: int) -> None:
    indices = np.array([[0, 10, 11, 12, 13, 14, 15, 99]], "u1")
    tables = {
        f"{name}PaletteColorLookupTable{part}": value
        for channel, name in enumerate(("Red", "Green", "Blue"))
        for part, value in (
            ("Descriptor", [6, 10, bits]),
            ("Data", (BARS[0, :6, channel].astype("<u2") * factor).tobytes()),
        )
    }
    dataset = a_data_set(indices, PhotometricInterpretation="PALETTE COLOR", **tables)
    drawn = render(as_frame(indices, dataset), dataset).pixels[0]
    assert drawn.tolist() == BARS[0, [0, 0, 1, 2, 3, 4, 5, 5]].tolist()


def test_a_palette_without_tables_is_refused() -> None:
    indices = np.zeros((2, 2), "u1")
    dataset = a_data_set(indices, PhotometricInterpretation="PALETTE COLOR")
    with pytest.raises(Undisplayable):
        render(as_frame(indices, dataset), dataset)


def test_bits_are_packed_from_the_lowest_and_frames_are_not_aligned() -> None:
    bits = np.random.default_rng(7).integers(0, 2, (3, 5, 7)).astype("u1")
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    dataset = a_data_set(Rows=5, Columns=7, BitsAllocated=1, BitsStored=1, HighBit=0)
    for number in range(3):
        frame = native_frame(packed[number * 35 // 8 :], dataset, EXPLICIT_LITTLE, number)
        assert np.array_equal(frame.values, bits[number])
    assert set(render(frame, dataset).pixels.ravel().tolist()) == {0, 255}


def test_big_endian_words_and_swapped_bytes_are_put_right() -> None:
    words = np.array([[1, 256, 4095, 65535]], "u2")
    assert np.array_equal(native_frame(words.astype(">u2").tobytes(), a_data_set(words), EXPLICIT_BIG).values, words)
    cells = np.array([[1, 2, 3, 4]], "u1")
    swapped = native_frame(bytes([2, 1, 4, 3]), a_data_set(cells), EXPLICIT_BIG, 0, "OW")
    assert np.array_equal(swapped.values, cells)
