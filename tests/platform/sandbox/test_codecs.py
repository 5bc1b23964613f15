"""Every codec gives back what was put in, and refuses what contradicts the header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import imagecodecs
import numpy as np
import pytest

from kontor.platform.sandbox import CodecUnknown, DecodeRequest, EncodeRequest, Sandbox, Undecodable, decoding
from kontor.platform.sandbox.code_streams import jpegxl_size
from tests.platform.sandbox.pictures import (
    COLUMNS,
    ROWS,
    array_of,
    colour,
    grey,
    lossless_streams,
    lossy_streams,
    request_for,
)

LOSSLESS = lossless_streams()
LOSSY = lossy_streams()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(1)
    yield made
    made.close()


@pytest.mark.parametrize("name", sorted(LOSSLESS))
def test_lossless_streams_come_back_exactly(name: str, sandbox: Sandbox) -> None:
    codec, stream, array = LOSSLESS[name]
    pixels = sandbox.decode(request_for(codec, stream, array))
    assert np.array_equal(array_of(pixels), array)
    expected = "grey" if array.ndim == 2 else "rgb" if codec in ("jpeg2000", "htj2k", "jpegxl") else "stored"
    assert pixels.colour_space == expected


@pytest.mark.parametrize("name", sorted(LOSSY))
def test_lossy_streams_come_near(name: str, sandbox: Sandbox) -> None:
    codec, stream, array = LOSSY[name]
    pixels = sandbox.decode(request_for(codec, stream, array))
    limit = 8 if array.dtype.itemsize == 1 else 64
    assert np.abs(array_of(pixels).astype(int) - array.astype(int)).max() <= limit
    assert pixels.colour_space == ("rgb" if array.ndim == 3 else "grey")


@pytest.mark.parametrize("labelled", ["rgb", "ybr", ""])
def test_a_jpeg_marker_has_the_last_word_on_colour(labelled: str, sandbox: Sandbox) -> None:
    rgb = colour()
    for space in ("RGB", "YCBCR"):  # with an Adobe and with a JFIF marker
        stream = bytes(imagecodecs.jpeg8_encode(rgb, level=97, subsampling="444", outcolorspace=space))
        pixels = sandbox.decode(replace(request_for("jpeg8", stream, rgb), labelled=labelled))
        assert np.abs(array_of(pixels).astype(int) - rgb.astype(int)).max() <= 8, space


def test_raw_cells_are_put_in_order(sandbox: Sandbox) -> None:
    rgb, wide = colour(), grey()
    planar = replace(request_for("raw", rgb.transpose(2, 0, 1).tobytes(), rgb), planar=True)
    assert np.array_equal(array_of(sandbox.decode(planar)), rgb)
    big = replace(request_for("raw", wide.astype(">u2").tobytes(), wide), big_endian=True)
    assert np.array_equal(array_of(sandbox.decode(big)), wide)
    real = np.linspace(-1, 1, ROWS * COLUMNS, dtype="f4").reshape(ROWS, COLUMNS)
    assert np.array_equal(
        array_of(sandbox.decode(replace(request_for("raw", real.tobytes(), real), floating=True))), real
    )
    bits = np.random.default_rng(1).integers(0, 2, ROWS * COLUMNS + 3).astype("u1")
    packed = DecodeRequest("raw", np.packbits(bits, bitorder="little").tobytes(), ROWS, COLUMNS, 1, 1, bit_offset=3)
    assert np.array_equal(array_of(sandbox.decode(packed)).ravel(), bits[3:])


@pytest.mark.parametrize("name", sorted(LOSSLESS | LOSSY))
@pytest.mark.parametrize("change", [{"rows": ROWS + 1}, {"columns": COLUMNS * 2}, {"rows": 60_000, "columns": 4000}])
def test_a_stream_of_another_size_than_the_header_is_refused(
    name: str, change: dict[str, int], sandbox: Sandbox
) -> None:
    codec, stream, array = (LOSSLESS | LOSSY)[name]
    with pytest.raises(Undecodable):
        sandbox.decode(replace(request_for(codec, stream, array), **change))  # type: ignore[arg-type]  # numbers only


@pytest.mark.parametrize("container", [False, True])
@pytest.mark.parametrize(("rows", "columns"), [(64, 48), (300, 257), (8, 8), (90, 160), (7, 9), (9_000, 3), (256, 256)])
def test_a_jpeg_xl_stream_says_its_size_before_it_is_decoded(rows: int, columns: int, container: bool) -> None:
    cells = np.zeros((rows, columns), np.uint8)
    stream = imagecodecs.jpegxl_encode(cells, lossless=True, usecontainer=container)
    assert jpegxl_size(stream) == (rows, columns)


def test_a_jpeg_xl_stream_of_another_size_reaches_no_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_: object, **__: object) -> None:
        raise AssertionError("memory is spent on it")

    monkeypatch.setattr(decoding.imagecodecs, "jpegxl_decode", decode)
    stream = imagecodecs.jpegxl_encode(np.zeros((4_000, 4_000), np.uint8))
    for data in (stream, stream[:3], b"", b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(64)):
        with pytest.raises(Undecodable):
            decoding.decode(DecodeRequest("jpegxl", data, ROWS, COLUMNS, 1, 8))


@pytest.mark.parametrize("name", sorted(LOSSLESS | LOSSY))
def test_nothing_and_half_of_it_are_never_a_picture_of_another_size(name: str, sandbox: Sandbox) -> None:
    codec, stream, array = (LOSSLESS | LOSSY)[name]
    for cut in (0, 1, 30, len(stream) // 2):
        try:
            pixels = sandbox.decode(replace(request_for(codec, stream, array), data=stream[:cut]))
        except Undecodable:
            continue
        assert array_of(pixels).shape == array.shape


@pytest.mark.parametrize(
    "change",
    [
        {"rows": 0},
        {"rows": 70_000},
        {"columns": -1},
        {"samples": 5},
        {"bits_allocated": 12},
        {"bits_stored": 17},
        {"rows": 65_535, "columns": 65_535},
    ],
)
def test_impossible_requests_reach_no_decoder(change: dict[str, int]) -> None:
    with pytest.raises(Undecodable):
        Sandbox(0).decode(replace(request_for("raw", b"", grey()), **change))  # type: ignore[arg-type]  # numbers only


def test_a_deflated_frame_never_inflates_beyond_its_size(sandbox: Sandbox) -> None:
    bomb = bytes(imagecodecs.deflate_encode(bytes(200 << 20), raw=True))
    with pytest.raises(Undecodable, match="inflates"):
        sandbox.decode(request_for("deflate", bomb, grey()))


def test_unknown_codecs_and_formats_are_named() -> None:
    with pytest.raises(CodecUnknown):
        Sandbox(0).decode(request_for("mpeg2", b"", grey()))
    with pytest.raises(CodecUnknown):
        Sandbox(0).encode(EncodeRequest("gif", b"", 1, 1))


@pytest.mark.parametrize("samples", [1, 3])
def test_pictures_are_encoded_for_screens(samples: int, sandbox: Sandbox) -> None:
    array = colour() if samples == 3 else grey(8).astype("u1")
    jpeg = sandbox.encode(EncodeRequest("jpeg", array.tobytes(), ROWS, COLUMNS, samples, quality=95))
    png = sandbox.encode(EncodeRequest("png", array.tobytes(), ROWS, COLUMNS, samples))
    assert jpeg.startswith(b"\xff\xd8\xff")
    assert np.array_equal(imagecodecs.png_decode(png), array)
    wide = grey()
    sixteen = sandbox.encode(EncodeRequest("png", wide.tobytes(), ROWS, COLUMNS, 1, 16))
    assert np.array_equal(imagecodecs.png_decode(sixteen), wide)
    with pytest.raises(Undecodable):
        sandbox.encode(EncodeRequest("jpeg", array.tobytes()[:-1], ROWS, COLUMNS, samples))
