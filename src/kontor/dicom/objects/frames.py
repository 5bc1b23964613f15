"""From bytes of a frame to stored values: uncompressed bytes here, compressed ones by what a decoder gave back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.objects.attributes import DicomJson
from kontor.dicom.objects.description import PixelDescription, Undisplayable, describe
from kontor.dicom.values import Uid, codec_of, transfer_syntax

Values = NDArray[Any]  # integers or floating point numbers, as the data set stores them

_CELLS_KEPT: Final = frozenset({"raw", "rle", "deflate"})  # these pack cells; others code samples (PS3.5 annex G)
_SIGN_KNOWN: Final = frozenset({"jpeg2000", "htj2k"})
_UNDONE: Final = frozenset({"YBR_RCT", "YBR_ICT"})  # transforms of JPEG 2000 that its decoder undoes


@dataclass(frozen=True, slots=True)
class FrameDecoding:
    """What a decoder has to be told for one compressed frame; the fields carry the names of its request."""

    codec: str
    data: bytes
    rows: int
    columns: int
    bits_allocated: int
    bits_stored: int
    samples: int
    signed: bool
    planar: bool
    big_endian: bool
    floating: bool
    labelled: str
    bit_offset: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Stored values: (rows, columns), or (rows, columns, 3) for colour in `space`: 'grey', 'palette', 'rgb' or 'ybr'.

    `header_conflict`: the code stream's sign contradicts Pixel Representation, or its values do not fit into
    Bits Stored (clinical rule 10). `cells`: the whole cells of a grey frame with bits beside the stored ones, where
    old overlays lie (clinical rule 47).
    """

    values: Values
    space: str
    header_conflict: bool = False
    cells: Values | None = None


def is_native(syntax: Uid) -> bool:
    """Whether frames of this transfer syntax lie uncompressed in the data set."""
    found = transfer_syntax(syntax)
    return not found.encapsulated and found.codec == "raw"


def decoding_of(syntax: Uid, dataset: DicomJson, data: bytes, frame: int = 0) -> FrameDecoding:
    """The request for a frame that `native_frame` cannot read; Undisplayable when nobody decodes the syntax."""
    description = describe(dataset)
    codec = codec_of(syntax, description.bits_allocated)
    if codec is None:
        raise Undisplayable(f"no decoder for transfer syntax {syntax}")
    one_bit_raw = codec == "raw" and description.bits_allocated == 1
    return FrameDecoding(
        codec=codec,
        data=data,
        rows=description.rows,
        columns=description.columns,
        bits_allocated=description.bits_allocated,
        bits_stored=description.bits_stored,
        samples=description.samples,
        signed=description.signed,
        planar=description.planar and codec in ("raw", "deflate"),
        big_endian=False,
        floating=description.floating,
        labelled={"RGB": "rgb"}.get(description.photometric, "ybr" if "YBR" in description.photometric else ""),
        bit_offset=frame * description.cells % 8 if one_bit_raw else 0,
    )


def decoded_frame(data: bytes, dtype: str, colour_space: str, dataset: DicomJson, syntax: Uid) -> Frame:
    """The frame of a decoder's answer: interleaved cells of `dtype`, colour space 'grey', 'rgb' or 'stored'.

    The transfer syntax says where in a cell the stored bits lie, and whether values beyond them are overshoot.
    """
    description, found = describe(dataset), transfer_syntax(syntax)
    if found.codec not in _CELLS_KEPT:
        description = replace(description, high_bit=description.bits_stored - 1)
    cells = np.frombuffer(data, dtype)
    if len(cells) != description.cells:
        raise Undisplayable(f"{len(cells)} values decoded, {description.cells} described")
    if cells.dtype.kind == "i":
        return _signed(cells, description, colour_space, lossy=found.lossy)
    if found.lossy and not description.signed:
        cells = np.minimum(cells, (1 << description.bits_stored) - 1)
    # An unsigned code stream under a signed header is read by the header, as everybody does; said where that matters.
    unsigned_stream = found.codec in _SIGN_KNOWN and description.signed and not description.is_colour
    conflict = unsigned_stream and bool(cells.max() >= 1 << (description.bits_stored - 1))
    frame = _shaped(stored_values(cells, description), description, colour_space, header_conflict=conflict)
    return _with_cells(frame, cells, description) if found.codec in _CELLS_KEPT else frame


def native_frame(data: bytes, dataset: DicomJson, syntax: Uid, frame: int = 0, pixel_vr: str = "") -> Frame:
    """Frame number `frame` (0-based) from its own uncompressed bytes (PS3.5 section 8).

    With cells of one bit, `data` begins at the byte that holds the frame's first bit. `pixel_vr` 'OW' says that
    8 bit cells of a big-endian data set come in swapped pairs.
    """
    description = describe(dataset)
    big_endian = transfer_syntax(syntax).big_endian
    if description.bits_allocated == 1:
        offset = frame * description.cells % 8
        return _shaped(_bits(data, offset, description.cells), description, "stored")
    needed = description.native_bits // 8
    if len(data) < needed:
        raise Undisplayable(f"{len(data)} of {needed} bytes of pixels")
    if big_endian and description.bits_allocated == 8 and pixel_vr == "OW":
        data = np.frombuffer(data, ">u2", len(data) // 2).astype("<u2").tobytes()
    kind = "f" if description.floating else "u"
    dtype = np.dtype(f"{'>' if big_endian else '<'}{kind}{description.bits_allocated // 8}")
    cells = np.frombuffer(data, dtype, needed // dtype.itemsize)
    if description.photometric == "YBR_FULL_422":
        return Frame(_upsampled(cells, description), "ybr")
    if description.planar and description.is_colour:
        cells = cells.reshape(3, description.rows, description.columns).transpose(1, 2, 0).reshape(-1)
    return _with_cells(_shaped(stored_values(cells, description), description, "stored"), cells, description)


def stored_values(cells: Values, description: PixelDescription) -> Values:
    """Take the stored bits out of their cells and extend the sign (PS3.5 section 8.1.1, clinical rules 5 and 6)."""
    if cells.dtype.kind == "f":
        return cells
    unsigned = cells.astype(cells.dtype.newbyteorder("="))
    width = unsigned.dtype.itemsize * 8
    stored = min(description.bits_stored, width)
    shift = description.high_bit + 1 - description.bits_stored
    if 0 < shift < width:
        unsigned >>= unsigned.dtype.type(shift)
    if not description.signed or description.is_colour:
        masked: Values = unsigned & unsigned.dtype.type((1 << stored) - 1)
        return masked
    room = width - stored
    signed: Values = (unsigned << unsigned.dtype.type(room)).view(f"i{width // 8}") >> room
    return signed


def _signed(cells: Values, description: PixelDescription, colour_space: str, *, lossy: bool) -> Frame:
    """The code stream knows its sign, and it is not padded with foreign bits: it is followed, not the header."""
    half = 1 << (description.bits_stored - 1)
    if not description.signed:
        return _shaped(cells, description, colour_space, header_conflict=True)
    if lossy and description.bits_stored < cells.dtype.itemsize * 8:
        cells = np.clip(cells, -half, half - 1)
    outside = bool(cells.min() < -half or cells.max() >= half)
    return _shaped(cells, description, colour_space, header_conflict=outside)


def _shaped(cells: Values, description: PixelDescription, colour_space: str, *, header_conflict: bool = False) -> Frame:
    """Give cells their shape and name their space: what the codec says beats the label."""
    if not description.is_colour:
        space = "palette" if description.photometric == "PALETTE COLOR" else "grey"
        plane = cells.reshape(description.rows, description.columns, -1)[:, :, 0]
        return Frame(plane, space, header_conflict)
    labelled = "ybr" if description.photometric.startswith("YBR") and description.photometric not in _UNDONE else "rgb"
    space = "rgb" if colour_space == "rgb" else labelled
    return Frame(cells.reshape(description.rows, description.columns, 3), space, header_conflict)


def _with_cells(frame: Frame, cells: Values, description: PixelDescription) -> Frame:
    """Keep the cells where something may lie beside the stored bits."""
    spare = description.samples == 1 and description.bits_stored < description.bits_allocated
    return replace(frame, cells=cells.reshape(frame.values.shape)) if spare else frame


def _bits(data: bytes, offset: int, count: int) -> Values:
    """Cells of one bit, the first in the lowest bit (PS3.5 section 8.1.1); frames are not aligned to bytes."""
    cells = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")[offset : offset + count]
    if len(cells) < count:
        raise Undisplayable(f"{len(cells)} of {count} bits of pixels")
    return cells


def _upsampled(cells: Values, description: PixelDescription) -> Values:
    """YBR_FULL_422 runs Y1 Y2 Cb Cr for each pair of pixels (C.7.6.3.1.2)."""
    if description.columns % 2:
        raise Undisplayable("YBR_FULL_422 with an odd number of columns")
    pairs = cells.reshape(description.rows, description.columns // 2, 4)
    picture = np.empty((description.rows, description.columns, 3), cells.dtype.newbyteorder("="))
    picture[:, 0::2, 0], picture[:, 1::2, 0] = pairs[:, :, 0], pairs[:, :, 1]
    picture[:, :, 1], picture[:, :, 2] = np.repeat(pairs[:, :, 2], 2, 1), np.repeat(pairs[:, :, 3], 2, 1)
    return picture
