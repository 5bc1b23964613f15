"""Decisions that a rebuilt index must repeat: they stand in a segment, synced, before their rows change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.archive import instance_rows, replacement, study_rows, variant_rows
from kontor.archive.stored import ActRecord, from_place
from kontor.archive.variant_rows import VariantState
from kontor.platform.blobs import RecordKind
from kontor.platform.journal import append

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontor.access import Scope
    from kontor.archive.instance_rows import PrimaryRow, StoredObject
    from kontor.archive.model import Receipt
    from kontor.archive.room import Archive
    from kontor.platform.blobs import SegmentStore
    from kontor.platform.database import WriteTransaction

PROMOTE: Final = "promote"
CLOSE: Final = "close-variant"
BY_DECISION: Final = "replaced-by-decision"


def write_act(archive: Archive, scope: Scope, act: str, details: Mapping[str, str]) -> ActRecord:
    """Keep a decision in a segment. It is durable when this returns; apply it by admitting it.

    Raises:
        BlobError: it could not be kept, and must not be acted upon.
    """
    at_us = archive.clock.now_us()
    facts = {**details, "organisation": scope.organisation, "act": act, "actor": scope.actor.name}
    writer = archive.segments.writer()
    try:
        writer.begin(RecordKind.ACT)
        placed = writer.finish({**facts, "at_us": at_us})
    finally:
        writer.release()
    record = ActRecord(
        scope.org_id, scope.organisation, act, facts, at_us, placed.segment, placed.previous_end, placed.end
    )
    archive.continuity.received(placed.segment, placed.previous_end, placed.end, record)
    return record


def apply(tx: WriteTransaction, segments: SegmentStore, act: ActRecord) -> None:
    """Do what was decided. Idempotent; a decision about something that is gone changes nothing."""
    if act.act == PROMOTE:
        _promote(tx, segments, act)
    elif act.act == CLOSE:
        _close(tx, act)


def _promote(tx: WriteTransaction, segments: SegmentStore, act: ActRecord) -> None:
    sop_uid, digest = act.details["sop_instance"], act.details["digest"]
    primary = _locked_primary(tx, act.org_id, sop_uid)
    variants = variant_rows.of_instance(tx, act.org_id, sop_uid)
    chosen = next((row for row in variants if row.digest == digest), None)
    if primary is None or chosen is None or primary.digest == digest:
        return
    stored = instance_rows.stored(tx, act.org_id, digest, chosen.received_at, chosen.origin)
    if stored is None:
        return

    def reread(known: StoredObject) -> Receipt:
        return from_place(segments, act.org_id, known)

    former = replacement.Replacement(VariantState.REPLACED, BY_DECISION, act.at_us)
    replacement.replace_primary(tx, act.org_id, primary, reread(stored), former, reread)
    variant_rows.set_state(tx, act.org_id, sop_uid, digest, VariantState.PROMOTED, chosen.reason, act.at_us)
    replacement.count_variants(tx, act.org_id, primary)
    payload = {"sop_uid": sop_uid, "digest": digest, "study_uid": chosen.study_instance_uid}
    append(tx, act.org_id, "variant_promoted", sop_uid, payload, act.at_us)


def _close(tx: WriteTransaction, act: ActRecord) -> None:
    sop_uid, digest = act.details["sop_instance"], act.details["digest"]
    primary = _locked_primary(tx, act.org_id, sop_uid)
    variants = variant_rows.of_instance(tx, act.org_id, sop_uid)
    open_one = next((row for row in variants if row.digest == digest and row.state is VariantState.OPEN), None)
    if open_one is None or primary is None or primary.digest != act.details["equals"]:
        return
    variant_rows.set_state(tx, act.org_id, sop_uid, digest, VariantState.CLOSED, open_one.reason, act.at_us)
    replacement.count_variants(tx, act.org_id, primary)
    payload = {"sop_uid": sop_uid, "digest": digest, "study_uid": primary.study_instance_uid}
    append(tx, act.org_id, "variant_closed", sop_uid, payload, act.at_us)


def _locked_primary(tx: WriteTransaction, org_id: int, sop_uid: str) -> PrimaryRow | None:
    """Return the primary as it stands once its study is ours: another decision about it may be under way."""
    seen = instance_rows.by_uids(tx, org_id, [sop_uid]).get(sop_uid)
    if seen is None:
        return None
    study_rows.locked_by_uid(tx, org_id, seen.study_instance_uid)
    return instance_rows.by_uids(tx, org_id, [sop_uid]).get(sop_uid)
