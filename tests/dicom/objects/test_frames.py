"""Stored values of compressed frames: which bits of a cell count, whose sign holds, where overshoot ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kontor.dicom.objects import Frame, decoded_frame
from kontor.dicom.values import Uid
from tests.dicom.objects.data_sets import a_data_set

RLE = Uid("1.2.840.10008.1.2.5")
DEFLATED_FRAME = Uid("1.2.840.10008.1.2.8.1")
J2K = Uid("1.2.840.10008.1.2.4.90")
JPEG_LS = Uid("1.2.840.10008.1.2.4.80")
JPEG_XL = Uid("1.2.840.10008.1.2.4.110")
HTJ2K = Uid("1.2.840.10008.1.2.4.201")
J2K_LOSSY = Uid("1.2.840.10008.1.2.4.91")


def decoded(cells: NDArray[Any], syntax: Uid, **attributes: object) -> Frame:
    dataset = a_data_set(cells, **attributes)
    return decoded_frame(cells.tobytes(), cells.dtype.str, "stored", dataset, syntax)


@pytest.mark.parametrize("syntax", [RLE, DEFLATED_FRAME])
def test_packed_cells_hold_the_stored_bits_where_the_header_says(syntax: Uid) -> None:
    frame = decoded(np.array([[0x8000, 0x1230]], "u2"), syntax, BitsStored=12, HighBit=15)
    assert frame.values.tolist() == [[2048, 291]]


def test_a_code_stream_holds_its_samples_in_the_low_bits_whatever_the_high_bit() -> None:
    frame = decoded(np.array([[0x800, 0x123]], "u2"), J2K, BitsStored=12, HighBit=15)
    assert frame.values.tolist() == [[0x800, 0x123]]


def test_lossy_overshoot_ends_at_the_largest_stored_value() -> None:
    cells = np.array([[4095, 4096, 6783]], "u2")
    assert decoded(cells, J2K_LOSSY, BitsStored=12).values.tolist() == [[4095, 4095, 4095]]
    signed = np.array([[-2050, 2050, 7]], "i2")
    frame = decoded(signed, J2K_LOSSY, BitsStored=12)
    assert frame.values.tolist() == [[-2048, 2047, 7]]
    assert not frame.header_conflict


@pytest.mark.parametrize(("largest", "conflict"), [(2047, False), (2048, True)])
@pytest.mark.parametrize(("syntax", "knows_a_sign"), [(J2K, True), (HTJ2K, True), (JPEG_LS, False), (JPEG_XL, False)])
def test_an_unsigned_code_stream_under_a_signed_header_is_read_by_the_header_and_said(
    syntax: Uid, *, knows_a_sign: bool, largest: int, conflict: bool
) -> None:
    frame = decoded(np.array([[7, largest]], "u2"), syntax, BitsStored=12, PixelRepresentation=1)
    assert frame.values.tolist() == [[7, largest if largest < 2048 else largest - 4096]]
    assert frame.header_conflict == (conflict and knows_a_sign)


def test_a_code_stream_that_contradicts_the_header_is_followed_and_said() -> None:
    cells = np.array([[-1000, 2050]], "i2")
    agreeing = decoded(cells, J2K)
    assert (agreeing.values.tolist(), agreeing.header_conflict) == (cells.tolist(), False)
    for contradicting in ({"PixelRepresentation": 0}, {"BitsStored": 12}):
        frame = decoded(cells, J2K, **contradicting)
        assert (frame.values.tolist(), frame.header_conflict) == (cells.tolist(), True)
