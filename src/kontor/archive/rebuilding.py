"""The index made again from the segments: every object and every decision, in the order in which they were made."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kontor.archive import rebuilding_rows, segment_rows
from kontor.archive.admission import Thing, admit_in, organisations
from kontor.archive.stored import from_record
from kontor.dicom.reading import DicomRefusal
from kontor.platform.blobs import CorruptRecord, SegmentId
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontor.archive.room import Archive
    from kontor.platform.blobs import SegmentInfo

_GROUP: Final = 256
_log: Final = get_logger("archive")


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild found."""

    segments: int
    records: int
    unreadable: int

    def summary(self) -> str:
        """A sentence for a person."""
        lost = f"; {self.unreadable} records could not be read" if self.unreadable else ""
        return f"Index made again from {self.records} records in {self.segments} segments{lost}."


def is_being_written(archive: Archive) -> bool:
    """Whether a living process has a segment open, this one included."""
    abandoned = {info.segment for info in archive.segments.claim_abandoned()}
    return any(not info.sealed and info.segment not in abandoned for info in archive.segments.segments())


def rebuild(archive: Archive) -> RebuildReport:
    """Empty the archive's tables and fill them again from the segments. Accounts, peers and audit stay.

    Nothing may be received meanwhile: ask `is_being_written` first.

    Raises:
        DatabaseError, BlobError: run it again; the segments are unchanged.
    """
    archive.database.write(rebuilding_rows.empty)
    archive.known.forget()
    infos = list(archive.segments.segments())
    unreadable: list[str] = []
    identify = organisations(archive)
    streams = [_things(archive, info.segment, identify, unreadable) for info in infos]
    count, group = 0, list[Thing]()
    for thing in heapq.merge(*streams, key=lambda each: each.order):
        group.append(thing)
        if len(group) == _GROUP:
            count += _admit(archive, group)
            group = []
    count += _admit(archive, group)
    for info in infos:
        archive.database.write(partial(_note, archive, info))
    return RebuildReport(len(infos), count, len(unreadable))


def _things(
    archive: Archive, segment: SegmentId, identify: Callable[[str], int], unreadable: list[str]
) -> Iterator[Thing]:
    """What one segment holds. Its records were finished in order of time, so streams can be merged."""
    for record in archive.segments.records(segment):
        try:
            yield from_record(archive.segments, identify, segment, record)
        except (DicomRefusal, CorruptRecord) as error:
            unreadable.append(f"{segment}:{record.start}")
            _log.error("record cannot be read", segment=segment, start=record.start, error=type(error).__name__)


def _admit(archive: Archive, group: list[Thing]) -> int:
    archive.known.forget()
    archive.database.write(lambda tx: admit_in(tx, archive, group, []))
    return len(group)


def _note(archive: Archive, info: SegmentInfo, tx: rebuilding_rows.WriteTransaction) -> None:
    walk = archive.segments.records(info.segment, check_bodies=False)
    end = 0
    for record in walk:
        end = record.end
    segment_rows.restore(tx, info.segment, end, archive.clock.now_us(), sealed=info.sealed)
