"""Admission: durable objects become rows, variants and journal entries; idempotent, grouped, in order of reception."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from kontor.access import ensure_organisation
from kontor.archive import acts, instance_rows, replacement, segment_rows
from kontor.archive.desk import Desk, variant_reason
from kontor.archive.errors import AdmissionFailed
from kontor.archive.model import Admission, Receipt
from kontor.archive.segment_rows import GapFound
from kontor.archive.stored import ActRecord, from_place, from_record
from kontor.archive.variant_rows import VariantState
from kontor.platform import metrics
from kontor.platform.blobs import SegmentId
from kontor.platform.database import DatabaseConflict, DatabaseUnavailable
from kontor.platform.journal import append
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.archive.continuity import Advance
    from kontor.archive.instance_rows import StoredObject
    from kontor.archive.room import Archive
    from kontor.platform.database import WriteTransaction

_ATTEMPTS: Final = 8
_log: Final = get_logger("archive")
Thing = Receipt | ActRecord


@dataclass(slots=True)
class Admitted:
    """What one transaction did: admissions by receipt, and rows worth remembering once it is committed."""

    by_receipt: dict[int, Admission] = field(default_factory=dict)
    desks: list[Desk] = field(default_factory=list)


def admit(archive: Archive, receipts: Sequence[Receipt]) -> list[Admission]:
    """Make received objects visible. Idempotent; calls that arrive together share a transaction.

    Returns:
        One admission a receipt, in their order.

    Raises:
        DatabaseError: nothing was admitted now; the objects are kept, and admitted later by replay.
        AdmissionFailed: the same, for a reason that repetition may not cure.
    """
    if not receipts:
        return []
    admissions = archive.turns.serve(receipts, lambda group: _admit_things(archive, group))
    return [admission for admission in admissions if admission is not None]


def apply_act(archive: Archive, act: ActRecord) -> None:
    """Do what a written decision says, in its turn among admissions."""
    archive.turns.serve([act], lambda group: _admit_things(archive, group))


def admit_in(tx: WriteTransaction, archive: Archive, things: Iterable[Thing], advances: Iterable[Advance]) -> Admitted:
    """Admit objects and repeat acts in one transaction, in order of reception, and note the segments' advance.

    Raises:
        GapFound: an earlier record of a segment is not in the index.
        DatabaseConflict: another transaction was faster, or something remembered is stale: run again.
    """
    admitted = Admitted()
    run: list[Receipt] = []
    for thing in sorted(things, key=lambda each: each.order):
        if isinstance(thing, Receipt):
            run.append(thing)
            continue
        _admit_run(tx, archive, run, admitted)
        run = []
        acts.apply(tx, archive.segments, thing)
        archive.known.forget()
    _admit_run(tx, archive, run, admitted)
    for advance in advances:
        if advance.to > advance.reached:
            segment_rows.advance(tx, advance, archive.clock.now_us())
    return admitted


def _admit_run(tx: WriteTransaction, archive: Archive, run: Sequence[Receipt], admitted: Admitted) -> None:
    by_organisation: dict[int, list[Receipt]] = defaultdict(list)
    for receipt in run:
        by_organisation[receipt.org_id].append(receipt)
    for org_id, own in sorted(by_organisation.items()):
        desk = Desk(tx, archive.known, org_id, archive.clock.now_us())
        for admission in desk.admit(own):
            admitted.by_receipt[id(admission.receipt)] = admission
        admitted.desks.append(desk)
        _make_room(tx, archive, org_id, desk)


def _make_room(tx: WriteTransaction, archive: Archive, org_id: int, desk: Desk) -> None:
    """Let objects that were received first, and are admitted only now, be the first."""

    def reread(known: StoredObject) -> Receipt:
        return from_place(archive.segments, org_id, known)

    for usurper in desk.late:
        sop_uid = usurper.primary.sop_instance_uid
        if instance_rows.by_uids(tx, org_id, [sop_uid])[sop_uid].digest != usurper.primary.digest:
            _admit_run(tx, archive, [usurper.receipt], Admitted())  # another late one was faster: judge anew
            continue
        if usurper.receipt.digest == usurper.primary.digest:
            replacement.redate(tx, org_id, usurper.primary, usurper.receipt)
            continue
        reason = variant_reason(usurper.receipt, usurper.primary.study_instance_uid)
        former = replacement.Replacement(VariantState.OPEN, reason, desk.now_us)
        replacement.replace_primary(tx, org_id, usurper.primary, usurper.receipt, former, reread)
        payload = {
            "sop_uid": sop_uid,
            "digest": usurper.primary.digest,
            "study_uid": usurper.primary.study_instance_uid,
        }
        append(tx, org_id, "variant_kept", sop_uid, payload, desk.now_us)
        archive.known.forget()


def _admit_things(archive: Archive, group: Sequence[Thing]) -> list[Admission | None]:
    """Admit a group, and what was lost before it; an object that cannot be admitted must not hold up the others."""
    lost = _recover_lost(archive, group)
    if lost:
        try:
            return _admit_group(archive, group, lost)
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 # whatever one object does to us, the others must become visible
            _log.error("lost records cannot be admitted", records=len(lost), error=type(error).__name__)
    return _admit_group(archive, group, [])


def _admit_group(archive: Archive, group: Sequence[Thing], lost: Sequence[Thing]) -> list[Admission | None]:
    began = archive.clock.monotonic()
    own: list[Thing] = [*group, *lost]
    starts = _starts(own)
    filled: dict[str, int] = {}
    for _ in range(_ATTEMPTS):
        advances = [_from(advance, filled) for advance in archive.continuity.advances(starts)]
        things = [
            *own,
            *(thing for segment in filled for thing in _fill_gap(archive, segment, filled[segment], advances)),
        ]
        try:
            act = partial(admit_in, archive=archive, things=things, advances=advances)
            admitted = archive.database.write(act, replayable=True)
        except DatabaseConflict:
            archive.known.forget()
        except GapFound as gap:
            filled[gap.segment_id] = gap.admitted_to
        else:
            archive.continuity.committed(starts)
            remember(archive, admitted)
            metrics.admission_seconds.observe(archive.clock.monotonic() - began)
            return [admitted.by_receipt.get(id(thing)) for thing in group]
    raise AdmissionFailed("rows contradicted each other again and again")


def remember(archive: Archive, admitted: Admitted) -> None:
    """Keep what a committed transaction learned, and count what it did."""
    for desk in admitted.desks:
        if not desk.late:
            archive.known.remember(desk.org_id, desk.patients, desk.series.values())
    for admission in admitted.by_receipt.values():
        metrics.objects_admitted.labels(admission.outcome.value).inc()


def _starts(things: Iterable[Thing]) -> dict[str, list[int]]:
    starts: dict[str, list[int]] = defaultdict(list)
    for thing in things:
        starts[thing.segment].append(thing.previous_end)
    return starts


def _from(advance: Advance, filled: Mapping[str, int]) -> Advance:
    return replace(advance, reached=filled.get(advance.segment, advance.reached))


def _recover_lost(archive: Archive, group: Sequence[Thing]) -> list[Thing]:
    """Read again the records of our segments whose callers were lost before they could admit them."""
    lost = archive.continuity.lost({thing.segment for thing in group})
    return [thing for segment, start, end in lost for thing in read_between(archive, segment, start, end)]


def _fill_gap(archive: Archive, segment: str, start: int, advances: Iterable[Advance]) -> list[Thing]:
    """Read what lies between the index's and this process's idea of a segment's position."""
    end = next(advance.to for advance in advances if advance.segment == segment)
    return read_between(archive, segment, start, end)


def read_between(archive: Archive, segment: str, start: int, end: int) -> list[Thing]:
    """Return what the valid records of a segment between two record ends hold."""
    found = []
    for record in archive.segments.records(SegmentId(segment), start):
        if record.end > end:
            break
        found.append(from_record(archive.segments, organisations(archive), segment, record))
    return found


def organisations(archive: Archive) -> Callable[[str], int]:
    """Return a function from an organisation's name to its row; a rebuilt database gets the row again."""

    @cache
    def identifier(name: str) -> int:
        return archive.database.write(lambda tx: ensure_organisation(tx, name))

    return identifier
