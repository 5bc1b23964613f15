"""Replay: what a process received and did not admit is admitted; segments of the dead are then closed for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from kontor.archive import segment_rows
from kontor.archive.admission import Thing, admit_apart, organisations
from kontor.archive.continuity import Advance
from kontor.archive.reading_back import read_back
from kontor.archive.stored import from_record
from kontor.dicom.reading import DicomRefusal
from kontor.platform.blobs import BlobError, CorruptRecord, SegmentId, SegmentInfo
from kontor.platform.clock import MICROSECONDS
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.archive.room import Archive
    from kontor.platform.blobs import Record
    from kontor.platform.database import WriteTransaction

OVERDUE_S: Final = 30  # an admission that waits for a database takes less, or fails
_GROUP: Final = 128
_log: Final = get_logger("archive")


def replay(archive: Archive, *, everything: bool = True) -> int:
    """Admit every durable record of segments whose writer is dead; return how many there were. Idempotent.

    Segments of living processes are left to them, but for records that should have been admitted long ago: their
    sender was told of a failure, or a database that crashed has lost the rows (they are committed without a sync).
    A segment that cannot be read or closed is left as it is; the doctor names it.

    `everything` looks also into the segments that the index calls closed: an older copy of the database may hold less
    of them, and a power cut may have come between row and seal. That is for a start: there can be ten thousands.

    Raises:
        DatabaseError: the index cannot be written now; nothing is lost, replay again later.
    """
    admitted, others = 0, list[SegmentInfo]()
    closed = frozenset() if everything else _closed(archive)
    for abandoned in archive.segments.claim_abandoned(closed, others):
        with _left_for_the_doctor(abandoned.segment):
            admitted += _replay_segment(archive, abandoned.segment)
            _close(archive, abandoned.segment)
    admitted += _admit_overdue(archive, [info.segment for info in others if not info.sealed])
    admitted += _admit_lagging(archive, [info for info in others if info.sealed])
    if admitted:
        _log.info("replayed", records=admitted)
    return admitted


def _closed(archive: Archive) -> frozenset[SegmentId]:
    known = archive.database.read(segment_rows.all_segments)
    return frozenset(SegmentId(segment) for segment, (_, sealed) in known.items() if sealed)


def _close(archive: Archive, segment: SegmentId) -> None:
    """Close a segment of the dead for ever, once what it holds was admitted.

    The row first, durable, and with it the admissions before, which did not wait for the disk: once the file is
    sealed nobody looks for records in it.
    """
    reached = archive.database.read(partial(segment_rows.admitted_to, segment_id=segment))
    archive.database.write(partial(_note_closed, archive, segment, reached))
    archive.segments.seal(segment, reached)


def _note_closed(archive: Archive, segment: SegmentId, reached: int, tx: WriteTransaction) -> None:
    segment_rows.restore(tx, segment, reached, archive.clock.now_us(), sealed=True)


def _admit_lagging(archive: Archive, sealed: Sequence[SegmentInfo]) -> int:
    """Admit what sealed segments hold and the index does not know: it lost their rows, or is an older copy."""
    known = archive.database.read(segment_rows.all_segments) if sealed else {}
    lagging = {
        info: known[info.segment][0] if info.segment in known else 0
        for info in sealed
        if known.get(info.segment, (0, False)) < (info.end, True)
    }
    if not lagging:
        return 0
    try:
        return _read_to_the_end(archive, lagging)
    except BlobError as error:
        _log.error("segments are read one by one", segments=len(lagging), error=type(error).__name__)
    admitted = 0
    for info, position in lagging.items():
        with _left_for_the_doctor(info.segment):
            admitted += _read_to_the_end(archive, {info: position})
    return admitted


def _read_to_the_end(archive: Archive, lagging: Mapping[SegmentInfo, int]) -> int:
    """In the order of reception over all of them: a decision may stand in a later segment than its object."""
    admitted, _ = read_back(archive, {info.segment: position for info, position in lagging.items()})
    for info in lagging:
        archive.database.write(partial(_note_closed, archive, info.segment, info.end))
    return admitted


@contextmanager
def _left_for_the_doctor(segment: SegmentId) -> Iterator[None]:
    try:
        yield
    except BlobError as error:
        _log.error("segment left as it is", segment=segment, error=type(error).__name__, detail=str(error))


def _admit_overdue(archive: Archive, being_written: Sequence[SegmentId]) -> int:
    due_us = archive.clock.now_us() - OVERDUE_S * MICROSECONDS
    admitted = 0
    for segment in being_written:
        with _left_for_the_doctor(segment):
            admitted += _replay_segment(archive, segment, due_us)
    return admitted


def _replay_segment(archive: Archive, segment: SegmentId, due_us: int | None = None) -> int:
    """Admit a segment's records from where the index ends; with `due_us` only those received before it."""
    position = archive.database.read(lambda tx: segment_rows.admitted_to(tx, segment))
    count, group = 0, list[Thing]()
    reached = end = position
    organisation_id = organisations(archive)
    for record in archive.segments.records(segment, position):
        if due_us is not None and _dated(record) > due_us:
            break
        try:
            group.append(from_record(archive.segments, organisation_id, segment, record))
        except (DicomRefusal, CorruptRecord) as error:
            # It passed the scanner once; the deep examination names it, and the others must not wait for it.
            _log.error("record cannot be admitted", segment=segment, start=record.start, error=type(error).__name__)
        end = record.end
        if len(group) >= _GROUP:
            admit_apart(archive, group, Advance(segment, reached, end))
            count, group, reached = count + len(group), [], end
    if end > reached:
        admit_apart(archive, group, Advance(segment, reached, end))
    return count + len(group)


def _dated(record: Record) -> int:
    """When an object was received or an act decided, microseconds."""
    return int(record.facts.get("received_at_us") or record.facts.get("at_us") or 0)
