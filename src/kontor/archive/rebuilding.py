"""The index made again from the segments: every object and every decision, in the order in which they were made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kontor.archive import rebuilding_rows, segment_rows
from kontor.archive.reading_back import read_back

if TYPE_CHECKING:
    from kontor.archive.room import Archive
    from kontor.platform.blobs import SegmentInfo
    from kontor.platform.database import WriteTransaction


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild found."""

    segments: int
    records: int
    unreadable: int

    def summary(self) -> str:
        """A sentence for a person."""
        lost = f"; {self.unreadable} records could not be admitted" if self.unreadable else ""
        return f"Index made again from {self.records} records in {self.segments} segments{lost}."


def is_being_written(archive: Archive) -> bool:
    """Whether a living process has a segment open, this one included."""
    abandoned = {info.segment for info in archive.segments.claim_abandoned()}
    return any(not info.sealed and info.segment not in abandoned for info in archive.segments.segments())


def is_half_made(archive: Archive) -> bool:
    """Whether a rebuild was begun and not finished: the index does not say all that there is.

    Raises:
        DatabaseError: it cannot be asked.
    """
    return archive.database.read(rebuilding_rows.marked_at) is not None


def rebuild(archive: Archive) -> RebuildReport:
    """Empty the archive's tables and fill them again from the segments. Accounts, peers and audit stay.

    Nothing may be received meanwhile: ask `is_being_written` first. Until it is finished, `is_half_made` says so.

    Raises:
        DatabaseError, BlobError: run it again; the segments are unchanged.
    """
    infos = list(archive.segments.segments())
    archive.database.write(partial(_begin, archive), unhurried=True)
    archive.known.forget()
    records, unreadable = read_back(archive, {info.segment: 0 for info in infos})
    notes = [(info, _end(archive, info)) for info in infos]
    archive.database.write(partial(_finish, archive, notes), unhurried=True)
    return RebuildReport(len(infos), records, unreadable)


def _begin(archive: Archive, tx: WriteTransaction) -> None:
    rebuilding_rows.mark(tx, archive.clock.now_us())
    rebuilding_rows.empty(tx)


def _end(archive: Archive, info: SegmentInfo) -> int:
    """How far a segment was read: what is sealed can hold nothing further."""
    if info.sealed:
        return info.end
    walk = archive.segments.records(info.segment, check_bodies=False)
    return max((record.end for record in walk), default=0)


def _finish(archive: Archive, notes: list[tuple[SegmentInfo, int]], tx: WriteTransaction) -> None:
    """Durable, and with it the admissions before, which did not wait for the disk."""
    for info, end in notes:
        segment_rows.restore(tx, info.segment, end, archive.clock.now_us(), sealed=info.sealed)
    rebuilding_rows.clear_mark(tx)
