"""Intake: a stream becomes a durable record of a segment in one pass. Nothing is held whole, nothing is indexed yet.

stream → [file prefix] → scanner     what is it, may it come in
                      ↘ segment      bytes as they came, digest of the data set, one sync
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from kontor.access import Right
from kontor.archive.header_extent import header_length
from kontor.archive.model import ExpectedUids, Origin, Place, Receipt
from kontor.dicom.reading import DicomRefusal, Part10Prefix, Scan, Scanner, TooLarge
from kontor.dicom.values import Uid, accepts_storage
from kontor.platform import metrics
from kontor.platform.blobs import RecordKind

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive.room import Archive
    from kontor.platform.blobs import Placed, SegmentWriter

Buffer = bytes | bytearray | memoryview
FROM_FILES: Final = "files"


class UidMismatch(DicomRefusal):
    """The data set is another object than the sender announced, or belongs to another study (PS3.4 B.2.3: A900)."""

    code = "uid-mismatch"


class NotStorage(DicomRefusal):
    """The SOP class is registered and is not one of composite objects that an archive keeps."""

    code = "not-storage"


def receive(
    archive: Archive,
    scope: Scope,
    origin: Origin,
    stream: Iterable[Buffer],
    *,
    transfer_syntax: Uid | None = None,
    expected: ExpectedUids | None = None,
) -> Receipt:
    """Take one object. It is durable when this returns; `admit` then makes it visible.

    Args:
        archive: the archive.
        scope: who sends, for which organisation; needs the right to store, or to import from files.
        origin: how it came; kept with the bytes.
        stream: the object's bytes; a slice may be reused by the caller when the next one is asked for.
        transfer_syntax: of a bare data set (DIMSE); None for a DICOM file, PS3.10.
        expected: what the sender announced; the data set must agree.

    Raises:
        Forbidden: the scope may not.
        DicomRefusal: this is no object to keep; nothing of it was kept.
        BlobError: it could not be kept; StorageFull and StorageUnavailable may be repeated.
        Whatever `stream` raises: nothing was kept.
    """
    scope.require(Right.IMPORT if origin.door == FROM_FILES else Right.STORE)
    began = archive.clock.monotonic()
    writer = archive.segments.writer()
    try:
        writer.begin(RecordKind.OBJECT)
        scan, syntax, offset, notes = _pass_through(
            writer, _limited(stream, archive.settings.max_object_bytes), transfer_syntax
        )
        _check(scan, expected)
        receipt = _seal(archive, scope, origin, writer, scan, syntax, offset, (*notes, *scan.notes))
    except DicomRefusal as refusal:
        metrics.objects_refused.labels(origin.door, refusal.code).inc()
        raise
    finally:
        writer.release()  # aborts what was not finished
    metrics.objects_received.labels(origin.door).inc()
    metrics.bytes_received.labels(origin.door).inc(receipt.place.length)
    metrics.reception_seconds.labels(origin.door).observe(archive.clock.monotonic() - began)
    return receipt


def _pass_through(
    writer: SegmentWriter, stream: Iterator[Buffer], syntax: Uid | None
) -> tuple[Scan, Uid, int, tuple[str, ...]]:
    """Write and scan every slice once. Return the scan, syntax, offset of the data set and the prefix's notes."""
    offset, notes = 0, tuple[str, ...]()
    rest: memoryview | None = None
    if syntax is None:
        prefix = _read_prefix(stream)
        syntax, offset, notes, rest = prefix.meta.transfer_syntax, prefix.dataset_offset, prefix.meta.notes, prefix.rest
        writer.write(prefix.prefix)
        writer.dataset_begins_here()
    scanner = Scanner(syntax)
    feed, write = scanner.feed, writer.write
    if rest is not None:
        feed(rest)
        write(rest)
    for data in stream:
        feed(memoryview(data))
        write(data)
    return scanner.finish(), syntax, offset, notes


def _limited(stream: Iterable[Buffer], limit: int) -> Iterator[Buffer]:
    """Pass slices on until the object grows longer than any may be."""
    length = 0
    for data in stream:
        length += len(data)
        if length > limit:
            raise TooLarge("longer than this archive's limit for one object")
        yield data


def _read_prefix(stream: Iterator[Buffer]) -> Part10Prefix:
    prefix = Part10Prefix(lenient=True)
    for data in stream:
        prefix.feed(memoryview(data))
        if prefix.complete:
            return prefix
    prefix.end()
    return prefix


def _check(scan: Scan, expected: ExpectedUids | None) -> None:
    header = scan.header
    if not accepts_storage(header.sop_class_uid):
        raise NotStorage("SOP Class is not a storage class")
    if expected is None:
        return
    for name, announced, found in (
        ("SOP Class UID", expected.sop_class_uid, header.sop_class_uid),
        ("SOP Instance UID", expected.sop_instance_uid, header.sop_instance_uid),
        ("Study Instance UID", expected.study_instance_uid, header.study_instance_uid),
    ):
        if announced is not None and announced != found:
            raise UidMismatch(f"{name} differs from the one announced")


def _seal(
    archive: Archive,
    scope: Scope,
    origin: Origin,
    writer: SegmentWriter,
    scan: Scan,
    syntax: Uid,
    offset: int,
    notes: tuple[str, ...],
) -> Receipt:
    """Finish the record with the facts from which the index can be made again; note it for continuity."""
    received_at_us = archive.clock.now_us()
    origin_text = origin.as_json()
    facts: dict[str, str | int | float | bool | None] = {
        "organisation": scope.organisation,
        "origin": origin_text,
        "received_at_us": received_at_us,
        "transfer_syntax": syntax,
        "sop_class": scan.header.sop_class_uid,
        "sop_instance": scan.header.sop_instance_uid,
        "notes": "\\".join(notes),
    }
    placed = writer.finish(facts, offset)
    receipt = Receipt(
        org_id=scope.org_id,
        organisation=scope.organisation,
        origin=origin_text,
        header=scan.header,
        transfer_syntax=syntax,
        digest=placed.digest,
        place=_place(placed, offset),
        header_length=header_length(scan, syntax),
        notes=notes,
        received_at_us=received_at_us,
        previous_end=placed.previous_end,
        record_end=placed.end,
    )
    archive.continuity.received(placed.segment, placed.previous_end, placed.end, receipt)
    return receipt


def _place(placed: Placed, offset: int) -> Place:
    return Place(placed.segment, placed.body_offset + offset, placed.body_length - offset)
