"""An object in Explicit VR Little Endian with decoded pixels, frame by frame while it streams, PS3.5 annex A.2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Final

from kontor.archive.retrieval_model import Buffer, NotConvertible
from kontor.archive.retrieval_pixels import header_of, stored_frame
from kontor.dicom.dictionary import Tag, Tags
from kontor.dicom.reading import LongValue, explicit_head, explicit_pieces
from kontor.dicom.values import EXPLICIT_LITTLE, transfer_syntax
from kontor.platform.sandbox import CodecUnknown, DecodeRequest, Overrun, Undecodable

if TYPE_CHECKING:
    from kontor.archive.retrieval_opening import OpenedObject, OpenedObjects
    from kontor.dicom.objects import DicomJson
    from kontor.platform.sandbox import Pixels, Sandbox

_VALUE_MAX: Final = 0xFFFFFFFE
"""The longest native value: its length has 32 bits, and all of them set means undefined (PS3.5 7.1.1)."""

_BYTE: Final = 8


def uncompressed_file(sandbox: Sandbox, objects: OpenedObjects, opened: OpenedObject) -> Iterator[Buffer]:
    """The data set's bytes. The first frame is decoded before the first byte is given, so that errors have a status.

    Raises:
        NotConvertible: a frame cannot be decoded, or the pixels are too long for this transfer syntax.
    """
    syntax = transfer_syntax(opened.of.transfer_syntax_uid)
    pixel = opened.scan.pixel
    if pixel is None:
        return _header(opened)
    if pixel.length is None:
        return _decoded(sandbox, objects, opened)
    words = pixel.vr if pixel.vr in {"OB", "OW", "OF", "OD"} else "OW"
    word = _word(words, big_endian=syntax.big_endian)
    head = explicit_head(pixel.tag, words, pixel.length)
    return chain(_header(opened), (head,), _copied(opened, pixel.value_offset, pixel.length, word))


def _header(opened: OpenedObject, replaced: Mapping[Tag, bytes] | None = None) -> Iterator[Buffer]:
    """The header while it is read: neither it nor a long value in it is held whole."""
    length, syntax = opened.header_length, transfer_syntax(opened.encoding)
    encoding = EXPLICIT_LITTLE if syntax.encapsulated else syntax.uid
    for piece in explicit_pieces(opened.stream(0, length), length, encoding, replaced):
        if isinstance(piece, LongValue):
            yield from _copied(opened, piece.offset, piece.length, piece.word)
        else:
            yield piece


def _copied(opened: OpenedObject, offset: int, length: int, word: int) -> Iterator[Buffer]:
    for piece in opened.stream(offset, length):
        yield _swapped(piece, word) if word > 1 else piece


def _word(vr: str, *, big_endian: bool) -> int:
    return {"OW": 2, "OF": 4, "OD": 8}.get(vr, 1) if big_endian else 1


def _swapped(piece: Buffer, word: int) -> bytes:
    """Pieces are cut at whole mebibytes, so that no word is torn."""
    import numpy as np

    whole = len(piece) // word * word
    return np.frombuffer(piece[:whole], f">u{word}").astype(f"<u{word}").tobytes() + bytes(piece[whole:])


def _decoded(sandbox: Sandbox, objects: OpenedObjects, opened: OpenedObject) -> Iterator[Buffer]:
    from kontor.dicom.objects import describe

    dataset = header_of(opened)
    description = describe(dataset)
    count = len(objects.frames(opened).frames)
    width = max(description.bits_allocated // _BYTE, 1)
    length = description.cells * width * count
    if description.bits_allocated % _BYTE or not count:
        raise NotConvertible("cells of one bit, or no frames")
    if length + length % 2 > _VALUE_MAX:
        raise NotConvertible("the pixels are longer than an uncompressed value may be")
    first = _cells(sandbox, objects, opened, dataset, 1)
    replaced = _described_anew(first, dataset)
    head = explicit_head(Tags.PixelData, "OW" if width > 1 else "OB", length + length % 2)

    def made() -> Iterator[Buffer]:
        yield from _header(opened, replaced)
        yield head
        yield _of_width(first, width)
        for number in range(2, count + 1):
            yield _of_width(_cells(sandbox, objects, opened, dataset, number), width)
        yield b"\0" * (length % 2)

    return made()


def _cells(sandbox: Sandbox, objects: OpenedObjects, opened: OpenedObject, dataset: DicomJson, number: int) -> Pixels:
    from dataclasses import asdict

    from kontor.dicom.objects import Undisplayable, decoding_of

    data = stored_frame(objects, opened, number)
    try:
        request = decoding_of(opened.of.transfer_syntax_uid, dataset, data, number - 1)
        return sandbox.decode(DecodeRequest(**asdict(request)))
    except (Undisplayable, Undecodable, CodecUnknown, Overrun) as error:
        raise NotConvertible(str(error)) from error


def _of_width(pixels: Pixels, width: int) -> bytes:
    """Cells as wide as the header says: decoders give the narrowest that fits."""
    import numpy as np

    cells = np.frombuffer(pixels.data, pixels.dtype)
    if cells.dtype.itemsize == width:
        return pixels.data
    return cells.astype(f"<{cells.dtype.kind}{width}").tobytes()


def _described_anew(pixels: Pixels, dataset: DicomJson) -> dict[Tag, bytes]:
    """What decoding changed: the codec undid its colour transform, samples are interleaved (PS3.3 C.7.6.3.1)."""
    replaced: dict[Tag, bytes] = {}
    if pixels.samples > 1:
        if f"{Tags.PlanarConfiguration:08X}" in dataset:
            replaced[Tags.PlanarConfiguration] = b"\0\0"
        if pixels.colour_space == "rgb":
            replaced[Tags.PhotometricInterpretation] = b"RGB "
    return replaced
