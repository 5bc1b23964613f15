"""What an object carries whole: its document (PS3.3 C.24.2) or its video stream (PS3.5 A.4.5), bytes as they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kontor.archive.retrieval_model import Buffer, Part, ValueNotThere
from kontor.archive.retrieval_opening import document_of
from kontor.dicom.reading import BulkPolicy, enclosed_media_type, find_bulk
from kontor.dicom.values import transfer_syntax

if TYPE_CHECKING:
    from kontor.archive.retrieval_opening import OpenedObject, OpenedObjects
    from kontor.dicom.reading import DicomJson

_DOCUMENT: Final = "00420011"
_DOCUMENT_LENGTH: Final = "00420015"
_SHORT: Final = 1 << 10
_HEAD: Final = 1 << 10
"""Bytes that tell what a document or stream is; a transport stream shows it by its third packet."""


def enclosed(objects: OpenedObjects, opened: OpenedObject) -> Part:
    """The document or video of an object as it lies within it, with the type that its own bytes tell.

    Raises:
        ValueNotThere: it carries none.
    """
    pieces = _video(objects, opened) if transfer_syntax(opened.of.transfer_syntax_uid).video else _document(opened)
    length = sum(count for _, count in pieces)
    if not length:
        raise ValueNotThere("the object carries no document and no video")
    head = b"".join(bytes(piece) for piece in _stretch(opened, pieces, 0, min(_HEAD, length)))
    return Part(
        opened.of,
        enclosed_media_type(head),
        _stretch(opened, pieces, 0, length),
        length,
        open_range=lambda start, count: _stretch(opened, pieces, start, count),
    )


def _video(objects: OpenedObjects, opened: OpenedObject) -> Sequence[tuple[int, int]]:
    """The fragments of the stream, without the offset table before them."""
    return objects.frames(opened).whole


def _document(opened: OpenedObject) -> Sequence[tuple[int, int]]:
    """The value of Encapsulated Document, without the byte that made its length even."""
    found = find_bulk(opened.stream(0, opened.header_length), opened.encoding, _DOCUMENT)
    if found is None:
        return ()
    length = max(0, min(found.length, opened.length - found.offset))
    declared = _declared_length(document_of(opened, BulkPolicy(_SHORT)))
    return ((found.offset, declared if declared == length - 1 else length),)


def _declared_length(header: DicomJson) -> int | None:
    """Encapsulated Document Length (0042,0015)."""
    values = header.get(_DOCUMENT_LENGTH, {}).get("Value")
    first = values[0] if isinstance(values, list) and values else None
    return first if isinstance(first, int) else None


def _stretch(opened: OpenedObject, pieces: Sequence[tuple[int, int]], start: int, count: int) -> Iterator[Buffer]:
    """`count` bytes from `start` on, counted over all pieces."""
    for offset, length in pieces:
        if count <= 0:
            return
        if start < length:
            taken = min(length - start, count)
            yield from opened.stream(offset + start, taken)
            count -= taken
        start = max(0, start - length)
