"""/api/v1/studies/{study}/claim: who reads a study. The room audits taking and taking over where it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import Act, Right
from kontor.doors.api.addresses import path_uid, row_of_key
from kontor.doors.api.reading_shapes import claim_view, is_own, taken_view
from kontor.doors.api.reading_views import ClaimState, TakeClaim, TakenClaim
from kontor.doors.api.study_views import StudyKey
from kontor.doors.http import Answer, Endpoint
from kontor.reading import claim_of, release_claim, take_claim

if TYPE_CHECKING:
    from kontor.dicom.values import Uid
    from kontor.doors.http import Call

_ONE_ACT_S: Final = 60.0
"""Looking who holds a study goes on while it is open: one act for a minute."""


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    path = "/studies/{study}/claim"
    return (
        Endpoint(
            "GET", path, _show, Right.FIND, "getClaim", "Who holds a study", query=StudyKey, answer=ClaimState,
            act=Act.FIND, once_within_s=_ONE_ACT_S, problems=("not-found",),
        ),
        Endpoint(
            "PUT", path, _take, Right.READ, "takeClaim", "Hold a study for fifteen minutes, or for as many more",
            query=StudyKey, body=TakeClaim, answer=TakenClaim, problems=("not-found", "claimed"),
        ),
        Endpoint(
            "DELETE", path, _release, Right.READ, "releaseClaim", "Give up one's own claim", query=StudyKey,
            status=204, problems=("not-found",),
        ),
    )  # fmt: skip


def _show(call: Call) -> Answer:
    claim = claim_of(call.archive, call.scope, *_study(call))
    return Answer(ClaimState(None if claim is None else claim_view(claim, own=is_own(claim, call.scope))))


def _take(call: Call) -> Answer:
    taken = take_claim(call.archive, call.scope, *_study(call), take_over=call.body(TakeClaim).take_over)
    return Answer(taken_view(taken))


def _release(call: Call) -> Answer:
    release_claim(call.archive, call.scope, *_study(call))
    return Answer()


def _study(call: Call) -> tuple[Uid, int | None]:
    return path_uid(call, "study"), row_of_key(call.query(StudyKey).study_key)
