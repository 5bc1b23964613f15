"""The doctor: whether every byte is where the index says, every record is in it, and all work is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kontor.access import verify_chain
from kontor.archive import examination_queries, segment_rows
from kontor.archive.rebuilding import is_half_made
from kontor.platform.blobs import BlobError, CorruptRecord, DamageKind, RecordKind, SegmentId
from kontor.platform.jobs import dead_jobs
from kontor.platform.journal import parked_entries
from kontor.platform.log import hashed

if TYPE_CHECKING:
    from kontor.archive.examination_queries import Placed
    from kontor.archive.room import Archive
    from kontor.platform.blobs import SegmentInfo

_AT_ONCE: Final = 500  # digests in one query
_SENTENCES: Final = {
    "damaged": "bytes are damaged; restore this segment from a copy",
    "unreadable": "the segment cannot be read; look at the disk and at the file's owner, restore it from a copy",
    "segment-missing": "the index names a segment that is not there; restore it from a copy",
    "missing-bytes": "the index names a data set that is not where it should be",
    "not-admitted": "durable records are not in the index; a start of Kontor admits them",
    "half-made": "a rebuild of the index was not finished, objects are missing in it; kontor doctor --rebuild",
    "not-indexed": "a record was passed over and is in no index; kontor doctor --rebuild",
    "instance-without-bytes": "an instance has no bytes; kontor doctor --rebuild",
    "variant-without-bytes": "a variant has no bytes; kontor doctor --rebuild",
    "series-miscounted": "a series' counts are wrong; kontor doctor --rebuild",
    "study-miscounted": "a study's counts are wrong; kontor doctor --rebuild",
    "variants-miscounted": "a study's count of open variants is wrong; kontor doctor --rebuild",
    "parked": "an entry of the journal could not be handled and waits for you",
    "dead-job": "a job was given up and waits for you",
    "audit-chain": "the audit was changed, or its key is not the one it was written with",
    "connections": "the server allows fewer connections than the processes may open; raise max_connections",
    "audit-anchors": "the file that shows whether the audit lost its end cannot be read",
    "disk-full": "free space is below the watermark; nothing is received",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not in order: a stable code, what it is about, and details for whoever repairs it."""

    code: str
    subject: str
    detail: str = ""

    def as_line(self) -> str:
        """A sentence for a person."""
        return f"{self.code}: {self.subject}: {_SENTENCES[self.code]}{f' ({self.detail})' if self.detail else ''}"

    def as_json(self) -> dict[str, str]:
        """The same for a program."""
        return {**asdict(self), "sentence": _SENTENCES[self.code]}


def examine(archive: Archive, *, deep: bool = False) -> list[Finding]:
    """Look at everything; `deep` reads every stored byte and compares digests. Changes nothing.

    Segments that a living process writes are examined up to what is in the index.
    """
    return [*_bytes(archive, deep=deep), *_rows(archive), *_work(archive), *_audit(archive), *_disk(archive)]


def _bytes(archive: Archive, *, deep: bool) -> Iterator[Finding]:
    known = archive.database.read(segment_rows.all_segments)
    unreadable: list[SegmentId] = []
    there = {info.segment: info for info in archive.segments.segments(unreadable)}
    named = archive.database.read(examination_queries.segments_named, unhurried=True)
    for segment in unreadable:
        yield Finding("unreadable", segment)
    for name in sorted(named - set(there) - set(unreadable)):
        yield Finding("segment-missing", name)
    abandoned = {info.segment for info in archive.segments.claim_abandoned()}
    for segment, info in there.items():
        admitted_to = known.get(segment, (0, False))[0]
        at_rest = info.sealed or segment in abandoned
        yield from _segment(archive, info, admitted_to, at_rest=at_rest, deep=deep)


def _segment(archive: Archive, info: SegmentInfo, admitted_to: int, *, at_rest: bool, deep: bool) -> Iterator[Finding]:
    segment = info.segment
    placed = archive.database.read(lambda tx: examination_queries.placed_in(tx, segment), unhurried=True)
    walk = archive.segments.records(segment, check_bodies=deep)
    lie, admitted, waiting = dict[int, tuple[str, int]](), dict[str, int](), 0
    try:
        for record in walk:
            length = record.body_length - record.dataset_offset
            lie[record.body_offset + record.dataset_offset] = (record.digest, length)
            waiting += record.end > admitted_to
            if record.kind is RecordKind.OBJECT and record.end <= admitted_to:
                admitted[record.digest] = record.start
    except CorruptRecord as error:
        yield Finding("damaged", segment, str(error))
        return
    except BlobError as error:
        yield Finding("unreadable", segment, str(error))
        return
    for damage in walk.damages:
        if damage.kind is not DamageKind.UNFINISHED and damage.offset < max(admitted_to, info.size if at_rest else 0):
            yield Finding("damaged", segment, f"{damage.length} bytes at {damage.offset}: {damage.kind.value}")
    if waiting and at_rest:
        yield Finding("not-admitted", segment, f"{waiting} records")
    yield from _misplaced(segment, placed, lie)
    yield from _passed_over(archive, segment, admitted, {one.digest for one in placed})


def _misplaced(segment: SegmentId, placed: list[Placed], lie: dict[int, tuple[str, int]]) -> Iterator[Finding]:
    for one in placed:
        if lie.get(one.offset) != (one.digest, one.length):
            yield Finding("missing-bytes", f"{segment}:{one.offset}", f"digest {one.digest[:16]}…")


def _passed_over(archive: Archive, segment: SegmentId, admitted: dict[str, int], here: set[str]) -> Iterator[Finding]:
    """Objects below the index's position that it does not know, here or where equal bytes lie."""
    unknown = [digest for digest in admitted if digest not in here]
    for start in range(0, len(unknown), _AT_ONCE):
        some = unknown[start : start + _AT_ONCE]
        known = archive.database.read(partial(examination_queries.placed_digests, digests=some))
        for digest in sorted(set(some) - known):
            yield Finding("not-indexed", f"{segment}:{admitted[digest]}", f"digest {digest[:16]}…")


def _rows(archive: Archive) -> Iterator[Finding]:
    if is_half_made(archive):
        yield Finding("half-made", "index")
    found = archive.database.read(lambda tx: list(examination_queries.contradictions(tx)), unhurried=True)
    for code, uid in found:
        yield Finding(code, hashed(uid))


def _work(archive: Archive) -> Iterator[Finding]:
    parked, dead = archive.database.read(lambda tx: (parked_entries(tx), dead_jobs(tx)))
    for entry in parked:
        yield Finding("parked", f"{entry.follower}:{entry.seq}", entry.error.partition(":")[0])
    for job in dead:
        yield Finding("dead-job", f"{job.kind}:{job.id}", job.error.partition(":")[0])


def _audit(archive: Archive) -> Iterator[Finding]:
    try:
        found = verify_chain(archive.access)
    except (OSError, ValueError) as error:
        yield Finding("audit-anchors", "keys/audit.anchors", type(error).__name__)
        return
    if found is not None:
        yield Finding("audit-chain", f"row {found.seq}", found.damage.value)


def _disk(archive: Archive) -> Iterator[Finding]:
    if archive.segments.free_bytes() == 0:
        yield Finding("disk-full", "segments")
