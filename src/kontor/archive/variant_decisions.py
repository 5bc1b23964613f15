"""Variants: listed and promoted by people; closed by themselves when they say and show the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import Right, system_scope
from kontor.archive import instance_rows, variant_rows
from kontor.archive.acts import CLOSE, PROMOTE, write_act
from kontor.archive.admission import apply_act
from kontor.archive.comparison import say_and_show_the_same
from kontor.archive.errors import NotPromotable, NotThere
from kontor.archive.retrieval_model import Selection
from kontor.archive.retrieval_rows import stored_instances
from kontor.archive.variant_rows import VariantRow, VariantState
from kontor.dicom.values import Uid
from kontor.platform.jobs import JobHandler, enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontor.access import Scope
    from kontor.archive.instance_rows import PrimaryRow
    from kontor.archive.retrieval_model import StoredInstance
    from kontor.archive.room import Archive
    from kontor.platform.database import WriteTransaction
    from kontor.platform.jobs import JobContext
    from kontor.platform.journal import Entry, Handler

JOB_KIND: Final = "compare-variant"


@dataclass(frozen=True, slots=True)
class KeptUnderOneUid:
    """The primary of a SOP Instance UID and everything kept beside it."""

    primary: PrimaryRow
    variants: Sequence[VariantRow]


def variants(archive: Archive, scope: Scope, sop_instance_uid: Uid) -> KeptUnderOneUid:
    """Return what is kept under one SOP Instance UID, as far as this scope may know of it.

    Raises:
        Forbidden: the scope may not find.
        NotThere: no such instance for this scope.
    """
    scope.require(Right.FIND)
    primary, kept = archive.database.read(
        lambda tx: (
            instance_rows.by_uids(tx, scope.org_id, [sop_instance_uid]).get(sop_instance_uid),
            variant_rows.of_instance_for(tx, scope, sop_instance_uid),
        )
    )
    if primary is None or not _visible(archive, scope, primary):
        raise NotThere(f"instance {sop_instance_uid}")
    return KeptUnderOneUid(primary, kept)


def promote(archive: Archive, scope: Scope, identifier: int) -> None:
    """Make a variant the primary of its UID from now on; the former primary is kept as a variant.

    Raises:
        Forbidden: the scope may not promote.
        NotThere: no such variant for this scope.
        NotPromotable: it is the primary already.
        BlobError, DatabaseError: nothing changed; or it changes at the next replay.
    """
    scope.require(Right.PROMOTE)
    row = archive.database.read(lambda tx: variant_rows.visible(tx, scope, identifier))
    if row is None:
        raise NotThere(f"variant {identifier}")
    if row.state is VariantState.PROMOTED:
        raise NotPromotable("it is the primary already")
    apply_act(archive, write_act(archive, scope, PROMOTE, _named(row)))


def variant_followers(archive: Archive) -> list[tuple[str, tuple[str, ...], Handler]]:
    """The follower that asks for a new variant to be compared with its primary."""

    def ask(tx: WriteTransaction, entry: Entry) -> None:
        sop_uid, digest = str(entry.payload["sop_uid"]), str(entry.payload["digest"])
        now_us = archive.clock.now_us()
        enqueue(tx, entry.org_id, JOB_KIND, f"{sop_uid}/{digest}", {"sop_uid": sop_uid, "digest": digest}, now_us)

    return [("variants", ("variant_kept",), ask)]


def variant_jobs(archive: Archive) -> Mapping[str, JobHandler]:
    """The job that compares a variant with its primary and closes it when nothing differs."""
    return {JOB_KIND: JobHandler(lambda context: _compare(archive, context))}


def _compare(archive: Archive, context: JobContext) -> None:
    scope = system_scope(archive.access, context.org_id, "variants")
    sop_uid, digest = Uid(str(context.payload["sop_uid"])), str(context.payload["digest"])
    primary, kept = archive.database.read(
        lambda tx: (
            instance_rows.by_uids(tx, scope.org_id, [sop_uid]).get(sop_uid),
            variant_rows.of_instance(tx, scope.org_id, sop_uid),
        )
    )
    row = next((one for one in kept if one.digest == digest and one.state is VariantState.OPEN), None)
    if primary is None or row is None:
        return
    one = _stored(archive, scope, primary.study_instance_uid, sop_uid, primary.digest)
    other = _stored(archive, scope, row.study_instance_uid, sop_uid, digest)
    if say_and_show_the_same(archive, one, other, context.heartbeat):
        apply_act(archive, write_act(archive, scope, CLOSE, {**_named(row), "equals": primary.digest}))


def _stored(archive: Archive, scope: Scope, study_uid: str, sop_uid: Uid, digest: str) -> StoredInstance:
    wanted = Selection(Uid(study_uid), instance=sop_uid, digest=digest)
    return archive.database.read(lambda tx: stored_instances(tx, scope, wanted))[0]


def _visible(archive: Archive, scope: Scope, primary: PrimaryRow) -> bool:
    wanted = Selection(Uid(primary.study_instance_uid), instance=Uid(primary.sop_instance_uid))
    return bool(archive.database.read(lambda tx: stored_instances(tx, scope, wanted)))


def _named(row: VariantRow) -> dict[str, str]:
    return {"sop_instance": row.sop_instance_uid, "digest": row.digest}
