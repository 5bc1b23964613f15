"""A reader's work as /api/v1 shows it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kontor.access import ActorKind
from kontor.doors.api.reading_views import Claim, Mark, TakenClaim
from kontor.doors.api.study_views import StudyClaim
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.reading import Claim as HeldClaim
    from kontor.reading import Mark as KeptMark
    from kontor.reading import Taken


def mark_view(mark: KeptMark) -> Mark:
    """One mark."""
    anchor, content = mark.anchor, mark.content
    return Mark(
        id=mark.id,
        study=anchor.study_instance_uid,
        sop_instance_uid=anchor.sop_instance_uid,
        frame=anchor.frame,
        kind=anchor.kind.value,
        points=list(content.points),
        text=content.text,
        detail=msgspec.json.decode(content.detail),
        version=mark.version,
        created_at=as_iso(mark.created_at_us),
        changed_at=as_iso(mark.changed_at_us),
        removed=content.removed,
    )


def claim_view(claim: HeldClaim, *, own: bool) -> Claim:
    """One claim, as its holder or somebody else sees it."""
    return Claim(
        account=claim.login,
        name=claim.name,
        own=own,
        since=as_iso(claim.since_us),
        until=as_iso(claim.until_us),
        taken_from=claim.taken_from or None,
    )


def taken_view(taken: Taken) -> TakenClaim:
    """The claim as whoever took it just now sees it."""
    view = claim_view(taken.claim, own=True)
    return TakenClaim(**msgspec.structs.asdict(view), renewed=taken.renewed)


def row_claim(claim: HeldClaim, scope: Scope) -> StudyClaim:
    """The claim as it stands in a row of the worklist."""
    return StudyClaim(claim.name, is_own(claim, scope), as_iso(claim.since_us))


def is_own(claim: HeldClaim, scope: Scope) -> bool:
    """Whether the caller is the holder."""
    return scope.actor.kind is ActorKind.ACCOUNT and scope.actor.id == claim.account
