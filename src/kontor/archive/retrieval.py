"""Retrieving: objects out of the archive in the form that was asked for, streamed, and only after the audit row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from kontor.access import Act, Outcome, Right, record, record_once
from kontor.archive.errors import NotThere
from kontor.archive.retrieval_enclosed import enclosed
from kontor.archive.retrieval_model import (
    AsStored,
    Buffer,
    BulkData,
    Enclosed,
    Form,
    FrameCutShort,
    FrameNotThere,
    Frames,
    Metadata,
    NotConvertible,
    Part,
    Parts,
    Rendered,
    Selection,
    StoredInstance,
    Uncompressed,
    ValueNotThere,
    etag_of,
)
from kontor.archive.retrieval_opening import document_of
from kontor.archive.retrieval_part10 import file_prefix
from kontor.archive.retrieval_pixels import decoded_cells, draw, header_of, stored_frame
from kontor.archive.retrieval_rows import stored_instances
from kontor.archive.retrieval_uncompressed import uncompressed_file
from kontor.dicom.reading import BulkPolicy, find_bulk
from kontor.dicom.values import EXPLICIT_LITTLE
from kontor.platform.blobs import SegmentId

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive.retrieval_opening import OpenedObject
    from kontor.archive.room import Archive
    from kontor.dicom.objects import DicomJson
    from kontor.dicom.reading import FrameIndex

READ_ONCE_S: Final = 300.0
"""Small reads of one series by one actor (frames, headers, pictures) are one act to a person for so long."""

DICOM: Final = "application/dicom"
DICOM_JSON: Final = "application/dicom+json"
OCTETS: Final = "application/octet-stream"


def locate(archive: Archive, scope: Scope, wanted: Selection, form: Form) -> list[StoredInstance]:
    """The objects of a selection, in a stable order; the act is audited when this returns.

    Raises:
        Forbidden: the scope may not read.
        NotThere: nothing of that name is visible; this is audited too.
        AuditUnwritable: nothing may leave.
    """
    scope.require(Right.READ)
    act = Act.RETRIEVE if isinstance(form, AsStored | Uncompressed) else Act.READ
    found = archive.database.read(lambda tx: stored_instances(tx, scope, wanted))
    if not found:
        record(archive.access, scope, act, str(wanted), Outcome.FAILURE, reason="not there")
        raise NotThere("nothing of that name")
    if act is Act.RETRIEVE:
        record(archive.access, scope, act, str(wanted), Outcome.SUCCESS, form=type(form).__name__, objects=len(found))
    else:
        of_series = Selection(wanted.study, wanted.series, study_row=found[0].study_row)
        record_once(archive.access, scope, act, str(of_series), READ_ONCE_S)
    return found


def retrieve(archive: Archive, scope: Scope, wanted: Selection, form: Form) -> Parts:
    """Give out objects in one form. The parts are made while the answer streams; no object is held whole.

    Raises:
        as `locate`; and where the answer is a single value or picture, before anything left:
        FrameNotThere, ValueNotThere, NotRenderable, NotConvertible, SandboxUnavailable.
    """
    return give(archive, locate(archive, scope, wanted, form), form)


def give(archive: Archive, found: Sequence[StoredInstance], form: Form) -> Parts:
    """The second half of `retrieve`, for doors that choose the form by what was found."""
    match form:
        case AsStored():
            stream: Iterator[Part] = (_as_stored(archive, one) for one in found)
        case Uncompressed():
            stream = (_uncompressed(archive, one) for one in found)
        case Metadata():
            stream = iter((_metadata(archive, found, form),))
        case Frames():
            stream = _frames(archive, found[0], form)
        case BulkData():
            stream = iter((_bulk_data(archive, found[0], form),))
        case Enclosed():
            stream = iter((enclosed(archive.opened, _opened(archive, found[0])),))
        case Rendered():
            stream = iter((_rendered(archive, found, form),))
    return Parts(found, stream, etag_of(found, form))


def _opened(archive: Archive, one: StoredInstance) -> OpenedObject:
    return archive.opened.open(archive.segments, one)


def _as_stored(archive: Archive, one: StoredInstance) -> Part:
    sop_class = one.sop_class_uid or _opened(archive, one).scan.header.sop_class_uid
    prefix = file_prefix(sop_class, one.sop_instance_uid, one.transfer_syntax_uid)
    body = archive.segments.stream(_segment(one), one.offset, one.length)
    length = len(prefix) + one.length
    return Part(one, DICOM, _after(prefix, body), length, one.transfer_syntax_uid)


def _uncompressed(archive: Archive, one: StoredInstance) -> Part:
    if one.transfer_syntax_uid == EXPLICIT_LITTLE:
        return _as_stored(archive, one)
    opened = _opened(archive, one)
    prefix = file_prefix(opened.scan.header.sop_class_uid, one.sop_instance_uid, EXPLICIT_LITTLE)
    body = uncompressed_file(archive.sandbox, archive.opened, opened)
    return Part(one, DICOM, _after(prefix, body), None, EXPLICIT_LITTLE)


def _metadata(archive: Archive, found: Sequence[StoredInstance], form: Metadata) -> Part:
    return Part(found[0], DICOM_JSON, _metadata_array(archive, found, form.root))


def _metadata_array(archive: Archive, found: Sequence[StoredInstance], root: str) -> Iterator[Buffer]:
    opening = b"["
    for one in found:
        yield opening + msgspec.json.encode(metadata_of(archive, one, root))
        opening = b","
    yield b"]"


def metadata_of(archive: Archive, one: StoredInstance, root: str) -> DicomJson:
    """The header of one object with addresses for what is too long for it, PS3.18 10.4.1.1.2."""
    opened = _opened(archive, one)
    base = f"{root}/{instance_path(one)}/bulkdata/"
    document = document_of(opened, BulkPolicy(uri=lambda path: base + path), opened.scan.pixel)
    document["00083002"] = {"vr": "UI", "Value": [one.transfer_syntax_uid]}
    return document


def instance_path(one: StoredInstance) -> str:
    """The path of an instance below a DICOMweb service."""
    return f"studies/{one.study_instance_uid}/series/{one.series_instance_uid}/instances/{one.sop_instance_uid}"


def _require_frame(index: FrameIndex, number: int, promised: int) -> None:
    """Raises FrameCutShort for a frame that the header promises and the bytes do not hold, else FrameNotThere."""
    if 1 <= number <= len(index.frames) and index.frames[number - 1].parts:
        return
    if index.frames and 1 <= number <= max(promised, len(index.frames)):
        raise FrameCutShort("the pixel data end before or within this frame")
    raise FrameNotThere("no frame of this number")


def _frames(archive: Archive, one: StoredInstance, form: Frames) -> Iterator[Part]:
    """Every frame is found (and the first one decoded) before the first part is given, so that errors have a status."""
    opened = _opened(archive, one)
    index = archive.opened.frames(opened)
    for number in form.numbers:
        _require_frame(index, number, opened.scan.header.instance.frames)
    dataset = header_of(opened) if form.decoded else {}

    def made() -> Iterator[Part]:
        for number in form.numbers:
            data = stored_frame(archive.opened, opened, number)
            if form.decoded:
                data = decoded_cells(archive.sandbox, opened, data, dataset, number)
            syntax = EXPLICIT_LITTLE if form.decoded else one.transfer_syntax_uid
            yield Part(one, OCTETS, (data,), len(data), syntax, number)

    return _with_first(made())


def _bulk_data(archive: Archive, one: StoredInstance, form: BulkData) -> Part:
    opened = _opened(archive, one)
    pixel = opened.scan.pixel
    if pixel is not None and form.path == f"{pixel.tag:08X}":
        offset, length = pixel.value_offset, pixel.length
        if length is None:
            length = _encapsulated_length(archive, opened)
    else:
        found = find_bulk(opened.stream(0, opened.header_length), opened.encoding, form.path)
        if found is None:
            raise ValueNotThere("no such value")
        offset, length = found.offset, found.length
    length = max(0, min(length, opened.length - offset))
    return Part(
        one,
        OCTETS,
        opened.stream(offset, length),
        length,
        one.transfer_syntax_uid,
        open_range=lambda start, count: opened.stream(offset + start, count),
    )


def _rendered(archive: Archive, found: Sequence[StoredInstance], form: Rendered) -> Part:
    one = representative(found)
    picture, number = draw(archive.sandbox, archive.opened, _opened(archive, one), form)
    return Part(one, f"image/{form.format}", (picture,), len(picture), frame=number)


def representative(found: Sequence[StoredInstance]) -> StoredInstance:
    """The object that stands for several: the middle one of the largest series' images, by position or number."""
    images = [one for one in found if one.header_length is not None] or list(found)
    ordered = sorted(images, key=lambda one: (one.series_instance_uid, one.geometry_key, one.instance_number or 0))
    return ordered[len(ordered) // 2]


def _encapsulated_length(archive: Archive, opened: OpenedObject) -> int:
    """Bytes of encapsulated pixel data from its offset table's item to the end of its delimiter."""
    pixel = opened.scan.pixel
    if pixel is None:
        raise ValueNotThere("no pixel data")
    whole = archive.opened.frames(opened).whole
    end = whole[-1][0] + whole[-1][1] if whole else pixel.value_offset
    return min(end + 8, opened.length) - pixel.value_offset


def _segment(one: StoredInstance) -> SegmentId:
    return SegmentId(one.segment)


def _after(prefix: bytes, body: Iterable[Buffer]) -> Iterator[Buffer]:
    yield prefix
    yield from body


def _with_first(stream: Iterator[Part]) -> Iterator[Part]:
    """The same parts, the first one made already."""
    first = next(stream, None)
    if first is None:
        raise NotConvertible("nothing to give")

    def again() -> Iterator[Part]:
        yield first
        yield from stream

    return again()
