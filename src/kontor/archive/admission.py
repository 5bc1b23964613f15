"""Admission: durable objects become rows, variants and journal entries; idempotent, grouped, in order of reception."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from kontor.access import ensure_organisation
from kontor.archive import acts, instance_rows, replacement, segment_rows
from kontor.archive.continuity import Advance
from kontor.archive.desk import Desk, variant_reason
from kontor.archive.errors import AdmissionFailed
from kontor.archive.model import Admission, Outcome, Receipt
from kontor.archive.segment_rows import GapFound
from kontor.archive.stored import ActRecord, from_place, from_record
from kontor.archive.variant_rows import VariantState
from kontor.dicom.reading import DicomRefusal
from kontor.platform import metrics
from kontor.platform.blobs import CorruptRecord, SegmentId, StorageUnavailable
from kontor.platform.database import DatabaseConflict, DatabaseRejected, DatabaseUnavailable
from kontor.platform.journal import append
from kontor.platform.log import get_logger

if TYPE_CHECKING:
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
        One admission a receipt, in their order. What the index cannot hold is UNINDEXABLE and holds up nobody.

    Raises:
        DatabaseError: nothing was admitted now; the objects are kept, and admitted later by replay.
        AdmissionFailed: the same, for a reason that repetition may not cure.
    """
    if not receipts:
        return []
    admissions = archive.turns.serve(receipts, lambda group: _admit_things(archive, group))
    return [admission for admission in admissions if admission is not None]


def admit_each(archive: Archive, receipts: Sequence[Receipt]) -> list[Admission | Exception]:
    """Make received objects visible as `admit` does, but let an object that cannot be admitted fail alone.

    Returns:
        For each receipt, in their order, its admission or what stood against it.

    Raises:
        DatabaseUnavailable: nothing was admitted now, whatever the objects are.
    """
    try:
        return [*admit(archive, receipts)]
    except DatabaseUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 # handed to the caller, who knows whose object it was
        if len(receipts) == 1:
            return [error]
        return [outcome for receipt in receipts for outcome in admit_each(archive, [receipt])]


def apply_act(archive: Archive, act: ActRecord) -> None:
    """Do what a written decision says, in its turn among admissions. Raises as `admit` does, and DatabaseRejected."""
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
        if desk.misfiled:
            _file_in_order(tx, archive, org_id, desk, admitted)
        _make_room(tx, archive, org_id, desk)


def _file_in_order(tx: WriteTransaction, archive: Archive, org_id: int, desk: Desk, admitted: Admitted) -> None:
    """File objects that come after others which would be another person's with them there, and then these again."""
    archive.known.forget()
    moved, again = replacement.make_way(tx, org_id, desk.misfiled, partial(from_place, archive.segments, org_id))
    filed = Admitted()
    _admit_run(tx, archive, again, filed)
    admitted.by_receipt.update({id(receipt): filed.by_receipt[id(receipt)] for receipt in desk.misfiled})
    replacement.count_variants(tx, org_id, *moved)


def _make_room(tx: WriteTransaction, archive: Archive, org_id: int, desk: Desk) -> None:
    """Let objects that were received first, and are admitted only now, be the first."""
    reread = partial(from_place, archive.segments, org_id)
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
    """Admit a group, and before it what was lost; an object that cannot be admitted must not hold up the others."""
    _admit_lost(archive, group)
    try:
        return _admit_group(archive, group)
    except DatabaseRejected as error:
        if len(group) == 1:
            return [_refuse(archive, group[0], error)]
    return [admission for thing in group for admission in _admit_things(archive, [thing])]


def _refuse(archive: Archive, thing: Thing, error: DatabaseRejected) -> Admission:
    """Pass over an object that no index takes: its sender is told, its bytes stay, and the doctor names it."""
    _name(thing, error)
    archive.continuity.done_with(_starts([thing]))
    if not isinstance(thing, Receipt):
        raise error
    metrics.objects_admitted.labels(Outcome.UNINDEXABLE.value).inc()
    return Admission(thing, Outcome.UNINDEXABLE)


def _admit_lost(archive: Archive, group: Sequence[Thing]) -> None:
    """Admit the records of our segments whose callers were lost before they could admit them.

    Each is tried once: what cannot be read or admitted is passed over, or it would hold up its segment for ever.
    """
    lost = archive.continuity.lost({thing.segment for thing in group})
    if not lost:
        return
    things = [thing for segment, start, end in lost for thing in read_between(archive, segment, start, end)]
    if things:
        admit_apart(archive, things)
    starts: dict[str, list[int]] = defaultdict(list)
    for segment, start, _ in lost:
        starts[segment].append(start)
    archive.continuity.done_with(starts)


def _admit_group(archive: Archive, group: Sequence[Thing]) -> list[Admission | None]:
    began = archive.clock.monotonic()
    starts = _starts(group)
    for _ in range(_ATTEMPTS):
        advances = archive.continuity.advances(starts)
        try:
            act = partial(admit_in, archive=archive, things=group, advances=advances)
            admitted = archive.database.write(act, replayable=True)
        except DatabaseConflict:
            archive.known.forget()
        except GapFound as gap:
            missing = read_between(archive, gap.segment_id, gap.admitted_to, gap.reached)
            admit_apart(archive, missing, Advance(gap.segment_id, gap.admitted_to, gap.reached))
        else:
            archive.continuity.committed(starts)
            remember(archive, admitted)
            metrics.admission_seconds.observe(archive.clock.monotonic() - began)
            return [admitted.by_receipt.get(id(thing)) for thing in group]
    raise AdmissionFailed("rows contradicted each other again and again")


def admit_apart(archive: Archive, things: Sequence[Thing], *advances: Advance) -> list[Thing]:
    """Admit what nobody waits for; if it cannot be admitted as a whole, one by one, so that each fails only itself.

    Returns:
        What was passed over: its bytes stay, and the doctor names it.

    Raises:
        DatabaseUnavailable, StorageUnavailable: it is the database or the store that fails, and no object.
    """
    try:
        _write(archive, things, advances)
    except (DatabaseUnavailable, StorageUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 # whatever an object does to us, the others must become visible
        _log.error("records are admitted one by one", records=len(things), error=type(error).__name__)
    else:
        return []
    passed_over = [thing for thing in things if not _is_admitted_alone(archive, thing)]
    _write(archive, [], advances)
    return passed_over


def _is_admitted_alone(archive: Archive, thing: Thing) -> bool:
    try:
        _write(archive, [thing], [])
    except (DatabaseUnavailable, StorageUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 # as above
        _name(thing, error)
        return False
    return True


def _name(thing: Thing, error: Exception) -> None:
    _name_record(thing.segment, thing.record_end, type(error).__name__)


def _name_record(segment: str, end: int, error: str) -> None:
    _log.error("record cannot be admitted", error=error, segment=segment, end=end)


def _write(archive: Archive, things: Sequence[Thing], advances: Sequence[Advance]) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            admitted = archive.database.write(lambda tx: admit_in(tx, archive, things, advances), replayable=True)
        except DatabaseConflict:
            archive.known.forget()
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            remember(archive, admitted)
            return


def remember(archive: Archive, admitted: Admitted) -> None:
    """Keep what a committed transaction learned, and count what it did."""
    for desk in admitted.desks:
        if not desk.late and not desk.misfiled:
            archive.known.remember(desk.org_id, desk.patients, desk.series.values())
    for admission in admitted.by_receipt.values():
        metrics.objects_admitted.labels(admission.outcome.value).inc()


def _starts(things: Iterable[Thing]) -> dict[str, list[int]]:
    starts: dict[str, list[int]] = defaultdict(list)
    for thing in things:
        starts[thing.segment].append(thing.previous_end)
    return starts


def read_between(archive: Archive, segment: str, start: int, end: int) -> list[Thing]:
    """Return what the records of a segment between two record ends hold.

    What cannot be read is passed over: the log names it here, the deep examination later.

    Raises:
        StorageUnavailable: the segment cannot be read now.
    """
    found = list[Thing]()
    walk = archive.segments.records(SegmentId(segment), start)
    for record in walk:
        if record.end > end:
            break
        try:
            found.append(from_record(archive.segments, organisations(archive), segment, record))
        except (DicomRefusal, CorruptRecord) as error:
            _name_record(segment, record.end, type(error).__name__)
    for damage in walk.damages:
        if damage.offset < end:
            _name_record(segment, damage.offset + damage.length, damage.kind.value)
    return found


def organisations(archive: Archive) -> Callable[[str], int]:
    """Return a function from an organisation's name to its row; a rebuilt database gets the row again."""

    @cache
    def identifier(name: str) -> int:
        return archive.database.write(lambda tx: ensure_organisation(tx, name))

    return identifier
