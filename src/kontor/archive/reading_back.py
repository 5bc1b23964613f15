"""What several segments hold, in the order in which it was received and decided."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kontor.archive.admission import Thing, admit_apart, organisations
from kontor.archive.stored import from_record
from kontor.dicom.reading import DicomRefusal
from kontor.platform.blobs import CorruptRecord
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontor.archive.room import Archive
    from kontor.platform.blobs import SegmentId

_GROUP: Final = 256
_log: Final = get_logger("archive")


def read_back(archive: Archive, starts: Mapping[SegmentId, int]) -> tuple[int, int]:
    """Admit what segments hold from these positions on. Acts are repeated in their turn among objects.

    Returns:
        How many records were admitted, and how many could not be: these are named in the log and by the doctor.

    Raises:
        DatabaseUnavailable, BlobError: do it again; what was admitted is recognised.
    """
    unreadable: list[str] = []
    identify = organisations(archive)
    streams = [_things(archive, segment, start, identify, unreadable) for segment, start in starts.items()]
    count, passed_over, group = 0, 0, list[Thing]()
    for thing in heapq.merge(*streams, key=lambda each: each.order):
        group.append(thing)
        if len(group) == _GROUP:
            count, passed_over = count + len(group), passed_over + len(admit_apart(archive, group))
            group = []
    count, passed_over = count + len(group), passed_over + len(admit_apart(archive, group))
    return count - passed_over, passed_over + len(unreadable)


def _things(
    archive: Archive, segment: SegmentId, start: int, identify: Callable[[str], int], unreadable: list[str]
) -> Iterator[Thing]:
    """What one segment holds. Its records were finished in order of time, so streams can be merged."""
    for record in archive.segments.records(segment, start):
        try:
            yield from_record(archive.segments, identify, segment, record)
        except (DicomRefusal, CorruptRecord) as error:
            unreadable.append(f"{segment}:{record.start}")
            _log.error("record cannot be read", segment=segment, start=record.start, error=type(error).__name__)
