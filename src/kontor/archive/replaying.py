"""Replay: what a process received and did not admit is admitted; segments of the dead are then closed for ever."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kontor.archive import segment_rows
from kontor.archive.admission import Thing, admit_apart, organisations
from kontor.archive.continuity import Advance
from kontor.archive.stored import from_record
from kontor.dicom.reading import DicomRefusal
from kontor.platform.blobs import CorruptRecord
from kontor.platform.clock import MICROSECONDS
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.archive.room import Archive
    from kontor.platform.blobs import Record, SegmentId

OVERDUE_S: Final = 30  # an admission that waits for a database takes less, or fails
_GROUP: Final = 128
_log: Final = get_logger("archive")


def replay(archive: Archive) -> int:
    """Admit every durable record of segments whose writer is dead; return how many there were. Idempotent.

    Segments of living processes are left to them, but for records that should have been admitted long ago: their
    sender was told of a failure, or a database that crashed has lost the rows (they are committed without a sync).

    Raises:
        DatabaseError: the index cannot be written now; nothing is lost, replay again later.
    """
    admitted = 0
    for abandoned in archive.segments.claim_abandoned():
        admitted += _replay_segment(archive, abandoned.segment)
        reached = archive.database.read(partial(segment_rows.admitted_to, segment_id=abandoned.segment))
        archive.segments.seal(abandoned.segment, reached)
        archive.database.write(partial(segment_rows.seal, segment_id=abandoned.segment))
    admitted += _admit_overdue(archive)
    if admitted:
        _log.info("replayed", records=admitted)
    return admitted


def _admit_overdue(archive: Archive) -> int:
    known = archive.database.read(segment_rows.all_segments)
    due_us = archive.clock.now_us() - OVERDUE_S * MICROSECONDS
    return sum(
        _replay_segment(archive, info.segment, due_us)
        for info in archive.segments.segments()
        if not info.sealed and not known.get(info.segment, (0, False))[1]
    )


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
