"""The decoders, behind one call. Runs in the child only: the service never loads a codec."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from kontor.platform.sandbox.code_streams import StreamFacts, jpeg2000_facts, jpeg_facts, jpegxl_size
from kontor.platform.sandbox.errors import Undecodable
from kontor.platform.sandbox.requests import DTYPES, DecodeRequest, Pixels

Array = NDArray[Any]  # cells of any of DTYPES: which one is only known when the stream was read


def decode(request: DecodeRequest) -> Pixels:
    """Decode one checked request; Undecodable when the result is not what the request says."""
    array, colour_space = _DECODERS[request.codec](request)
    expected = (request.rows, request.columns) + ((request.samples,) if request.samples > 1 else ())
    if array.shape != expected and array.shape != (request.rows, request.columns, request.samples):
        raise Undecodable(f"decoded to {array.shape}, expected {expected}")
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    if little.dtype.str not in DTYPES:
        raise Undecodable(f"decoded to cells of {little.dtype.str}")
    grey = "grey" if request.samples == 1 else colour_space
    return Pixels(little.tobytes(), little.dtype.str, request.rows, request.columns, request.samples, grey)


def _require(facts: StreamFacts, request: DecodeRequest) -> None:
    """The stream must have the header's size before memory is spent on it."""
    size = (facts.rows, facts.columns, facts.components)
    if size != (request.rows, request.columns, request.samples):
        raise Undecodable(f"stream has {size}, header {(request.rows, request.columns, request.samples)}")


def _raw(request: DecodeRequest) -> tuple[Array, str]:
    """Uncompressed cells (PS3.5 section 8); a shorter frame is refused, a longer one ends at its size."""
    if request.bits_allocated == 1:
        return _unpacked_bits(request)
    kind = "f" if request.floating else "u"
    order = ">" if request.big_endian else "<"
    dtype = np.dtype(f"{order}{kind}{request.bits_allocated // 8}")
    if len(request.data) < request.frame_bytes:
        raise Undecodable(f"{len(request.data)} of {request.frame_bytes} bytes")
    cells = np.frombuffer(request.data, dtype, request.cells)
    if request.planar and request.samples > 1:
        return cells.reshape(request.samples, request.rows, request.columns).transpose(1, 2, 0), "stored"
    return cells.reshape(request.rows, request.columns, request.samples), "stored"


def _unpacked_bits(request: DecodeRequest) -> tuple[Array, str]:
    """Cells of one bit, the first in the lowest bit of the first byte (PS3.5 section 8.1.1)."""
    bits = np.unpackbits(np.frombuffer(request.data, np.uint8), bitorder="little")
    cells = bits[request.bit_offset : request.bit_offset + request.cells]
    if len(cells) < request.cells:
        raise Undecodable(f"{len(cells)} of {request.cells} bits")
    return cells.reshape(request.rows, request.columns, request.samples), "stored"


def _rle(request: DecodeRequest) -> tuple[Array, str]:
    """RLE (PS3.5 annex G): a segment for each byte of each sample, most significant byte first."""
    if request.bits_allocated == 1:
        return _rle_bits(request)
    data, size = request.data, request.bits_allocated // 8
    count = int.from_bytes(data[:4], "little")
    if len(data) < 64 or count != request.samples * size:
        raise Undecodable(f"{count} RLE segments")
    offsets = [int.from_bytes(data[4 * index : 4 * index + 4], "little") for index in range(1, count + 1)]
    ends = [*offsets[1:], len(data)]
    plane = request.rows * request.columns
    planes = np.empty((request.samples, plane, size), np.uint8)
    for index, (begin, end) in enumerate(zip(offsets, ends, strict=True)):
        if not 64 <= begin <= end <= len(data):
            raise Undecodable("RLE segment outside the frame")
        sample, byte = divmod(index, size)
        planes[sample, :, size - 1 - byte] = _unpacked_run(data[begin:end], plane)
    cells = planes.reshape(request.samples, -1).view(f"<u{size}")
    return cells.reshape(request.samples, request.rows, request.columns).transpose(1, 2, 0), "stored"


def _rle_bits(request: DecodeRequest) -> tuple[Array, str]:
    """Cells of one bit: one segment of packed bits."""
    if len(request.data) < 64 or request.data[:4] != b"\1\0\0\0":
        raise Undecodable("RLE segments")
    begin = int.from_bytes(request.data[4:8], "little")
    packed = _unpacked_run(request.data[max(64, begin) :], (request.cells + 7) // 8)
    bits = np.unpackbits(packed, bitorder="little")[: request.cells]
    return bits.reshape(request.rows, request.columns, request.samples), "stored"


def _unpacked_run(segment: bytes, length: int) -> NDArray[np.uint8]:
    """One PackBits segment of exactly `length` bytes; bytes after that are padding."""
    target = bytearray(length)
    done = imagecodecs.packbits_decode(segment, out=target)
    if len(done) < length:
        raise Undecodable(f"{len(done)} of {length} bytes in an RLE segment")
    return np.frombuffer(done, np.uint8, length)


def _jpeg(request: DecodeRequest) -> tuple[Array, str]:
    """DCT processes of 8 and 12 bits, sequential and progressive. Colour is turned into RGB here, once."""
    facts = jpeg_facts(request.data)
    _require(facts, request)
    if facts.components != 3:
        return imagecodecs.jpeg8_decode(request.data), "grey"
    inside = facts.colour or ("rgb" if request.labelled == "rgb" else "ybr")
    source = "RGB" if inside == "rgb" else "YCBCR"
    return imagecodecs.jpeg8_decode(request.data, colorspace=source, outcolorspace="RGB"), "rgb"


def _lossless_jpeg(request: DecodeRequest) -> tuple[Array, str]:
    """JPEG process 14, any predictor: no colour transform is known to it."""
    _require(jpeg_facts(request.data), request)
    return imagecodecs.jpegsof3_decode(request.data), "stored"


def _jpegls(request: DecodeRequest) -> tuple[Array, str]:
    """JPEG-LS, lossless and near-lossless; CharLS takes seconds to notice that a stream has no end: look first."""
    _require(jpeg_facts(request.data), request)
    if b"\xff\xd9" not in request.data:
        raise Undecodable("JPEG-LS stream is cut off")
    return imagecodecs.jpegls_decode(request.data), "stored"


def _jpeg2000(request: DecodeRequest) -> tuple[Array, str]:
    """JPEG 2000 part 1; OpenJPEG undoes the component transform."""
    facts = jpeg2000_facts(request.data)
    _require(facts, request)
    return imagecodecs.jpeg2k_decode(request.data, numthreads=1), facts.colour or "stored"


def _htj2k(request: DecodeRequest) -> tuple[Array, str]:
    """High-throughput JPEG 2000; OpenJPH undoes the component transform."""
    facts = jpeg2000_facts(request.data)
    _require(facts, request)
    return imagecodecs.htj2k_decode(request.data), facts.colour or "stored"


def _jpegxl(request: DecodeRequest) -> tuple[Array, str]:
    """JPEG XL: the decoder hands back RGB."""
    size = jpegxl_size(request.data)
    if size != (request.rows, request.columns):
        raise Undecodable(f"stream has {size}, header {(request.rows, request.columns)}")
    return imagecodecs.jpegxl_decode(request.data, numthreads=1), "rgb"


def _deflate(request: DecodeRequest) -> tuple[Array, str]:
    """Deflated image frame (PS3.5 A.4.13): raw deflate of an uncompressed frame, never inflated beyond its size."""
    size = (request.cells + 7) // 8 if request.bits_allocated == 1 else request.frame_bytes
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(request.data, size + 2)
    except zlib.error as error:
        raise Undecodable(str(error)) from error
    if not size <= len(data) <= size + 1:
        raise Undecodable(f"inflates to {len(data)} bytes or more, expected {size}")
    fields = {name: getattr(request, name) for name in DecodeRequest.__slots__}
    return _raw(DecodeRequest(**fields | {"data": data, "codec": "raw"}))


_DECODERS: Final[Mapping[str, Callable[[DecodeRequest], tuple[Array, str]]]] = {
    "raw": _raw,
    "rle": _rle,
    "jpeg8": _jpeg,
    "jpeg12": _jpeg,
    "ljpeg": _lossless_jpeg,
    "jpegls": _jpegls,
    "jpeg2000": _jpeg2000,
    "htj2k": _htj2k,
    "jpegxl": _jpegxl,
    "deflate": _deflate,
}
