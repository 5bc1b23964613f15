"""Frames over a slow line: shorter, and to the last value what is stored; anything else comes as it is stored."""

from __future__ import annotations

from io import BytesIO

import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom import Dataset, dcmread
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset

from kontor.archive import HTJ2K_LOSSLESS
from kontor.platform.sandbox import Sandbox, Undecodable
from tests.archive.objects import SERIES, STUDY, dataset, part10
from tests.doors.api.conftest import Api

FRAME = f"/studies/{STUDY}/series/{SERIES}/instances/{SERIES}.1/frames/1"
SIDE = 64
SYNTAX = "x-kontor-transfer-syntax"


def slope(dtype: str, stored: int) -> NDArray[np.generic]:
    """Values over the whole stored range, smooth as an image is."""
    signed = np.dtype(dtype).kind == "i"
    low, high = (-(1 << stored - 1), (1 << stored - 1) - 1) if signed else (0, (1 << stored) - 1)
    return np.rint(np.linspace(low, high, SIDE * SIDE)).astype(dtype).reshape(SIDE, SIDE)


def bring(api: Api, values: NDArray[np.generic], stored: int, **others: object) -> None:
    image = dcmread(BytesIO(part10(dataset("1"))))
    image.Rows = image.Columns = SIDE
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    bits = values.dtype.itemsize * 8
    image.BitsAllocated, image.BitsStored, image.HighBit = bits, stored, stored - 1
    image.PixelRepresentation = int(values.dtype.kind == "i")
    for name, value in others.items():
        setattr(image, name, value)
    image.add_new(0x7FE00010, "OW", values.tobytes())
    written = DicomBytesIO()
    written.is_little_endian, written.is_implicit_VR = True, False
    write_dataset(written, Dataset(image))
    api.desk.bring(written.getvalue())


@pytest.mark.parametrize(("dtype", "stored"), [("<u2", 12), ("<i2", 16), ("<i2", 12), ("<u1", 8), ("<u2", 16)])
def test_a_light_frame_is_shorter_and_the_same(api: Api, dtype: str, stored: int) -> None:
    values = slope(dtype, stored)
    bring(api, values, stored)
    heavy = api.ask("reader", "GET", FRAME)
    light = api.ask("reader", "GET", f"{FRAME}?light=yes")
    assert heavy.body == values.tobytes()
    assert light.fields[SYNTAX] == HTJ2K_LOSSLESS
    assert len(light.body) < len(heavy.body)
    assert light.fields["content-length"] == str(len(light.body))
    assert np.array_equal(imagecodecs.htj2k_decode(light.body), values)


def test_what_comes_out_otherwise_is_not_sent(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder that is not lossless after all costs time, never a value."""
    values = slope("<u2", 12)
    bring(api, values, 12)
    honest = Sandbox.encode

    def broken(*_: object) -> bytes:
        return bytes(imagecodecs.htj2k_encode(values + np.uint16(1), reversible=True))

    monkeypatch.setattr(Sandbox, "encode", broken)
    assert api.ask("reader", "GET", f"{FRAME}?light=yes").body == values.tobytes()

    def refusing(*_: object) -> bytes:
        raise Undecodable("no")

    monkeypatch.setattr(Sandbox, "encode", refusing)
    assert api.ask("reader", "GET", f"{FRAME}?light=yes").body == values.tobytes()
    monkeypatch.setattr(Sandbox, "encode", honest)
    assert len(api.ask("reader", "GET", f"{FRAME}?light=yes").body) < values.nbytes


def test_noise_that_no_codec_shortens_comes_as_stored(api: Api) -> None:
    noise = np.random.default_rng(8).integers(0, 1 << 16, (SIDE, SIDE), dtype=np.uint16)
    bring(api, noise, 16)
    assert api.ask("reader", "GET", f"{FRAME}?light=yes").body == noise.tobytes()


def test_colour_comes_as_stored(api: Api) -> None:
    colour = np.zeros((SIDE, SIDE, 3), np.uint8)
    bring(api, colour, 8, SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=0)
    reply = api.ask("reader", "GET", f"{FRAME}?light=yes")
    assert (reply.body, reply.fields[SYNTAX]) == (colour.tobytes(), "1.2.840.10008.1.2.1")


def test_a_light_frame_of_an_object_that_is_not_shown_any_more_is_refused(api: Api) -> None:
    bring(api, slope("<u2", 12), 12)
    assert api.ask("reader", "GET", f"{FRAME}?light=yes&digest={'0' * 64}").code == "images-changed"
    assert api.ask("reader", "GET", f"{FRAME}?light=perhaps").status == 400
