"""/api/v1/instances/{sop}/variants, /variants, /quarantine: what is kept and waits for a human's decision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kontor.access import Act, Right
from kontor.archive import Attribute, Condition, Level, Match, Query, Sort, find, promote
from kontor.archive import variants as variants_of
from kontor.doors.api.addresses import path_uid
from kontor.doors.api.claimed_studies import study_views
from kontor.doors.api.study_views import (
    OriginView,
    PrimaryView,
    QuarantineFilter,
    QuarantinePage,
    QuarantineRow,
    VariantList,
    VariantRow,
)
from kontor.doors.http import Answer, Endpoint
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.archive import PrimaryRow as StoredPrimary
    from kontor.archive import VariantRow as StoredVariant
    from kontor.doors.http import Call

_UNCERTAIN: Final = (Condition(Attribute.IDENTITY, Match.ONE_OF, ("provisional", "unresolved")),)
_SAME_QUESTION_S: Final = 60.0


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    return (
        Endpoint(
            "GET", "/instances/{sop}/variants", _list, Right.FIND, "listVariants",
            "All kept under one SOP Instance UID", answer=VariantList, act=Act.FIND, problems=("not-found",),
        ),
        Endpoint(
            "POST", "/variants/{id}/promote", _promote, Right.PROMOTE, "promoteVariant",
            "Show this variant from now on", status=204, act=Act.PROMOTE, problems=("not-found", "conflict"),
        ),
        Endpoint(
            "GET", "/quarantine", _quarantine, Right.FIND, "listQuarantine", "Studies without a certain patient",
            query=QuarantineFilter, answer=QuarantinePage, act=Act.FIND, once_within_s=_SAME_QUESTION_S,
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    found = variants_of(call.archive, call.scope, path_uid(call, "sop"))
    return Answer(VariantList(_primary(found.primary), [_variant(row) for row in found.variants]))


def _promote(call: Call) -> Answer:
    promote(call.archive, call.scope, call.path_number("id"))
    return Answer()


def _quarantine(call: Call) -> Answer:
    wanted = call.query(QuarantineFilter)
    query = Query(Level.STUDY, _UNCERTAIN, Sort.RECEIVED, limit=wanted.limit, after=wanted.after, counted=True)
    page = find(call.archive, call.scope, query)
    studies = study_views(call, page.rows)
    view = QuarantinePage(
        [QuarantineRow(study, study.identity) for study in studies],
        page.next or None,
        "more" if page.total is None else page.total,
    )
    return Answer(view, subject=f"quarantine {call.request.query_params}")


def _primary(row: StoredPrimary) -> PrimaryView:
    return PrimaryView(
        sop_instance_uid=row.sop_instance_uid,
        digest=row.digest,
        length=row.length,
        transfer_syntax=row.transfer_syntax_uid,
        received_at=as_iso(row.received_at),
        origin=_origin(row.origin),
    )


def _variant(row: StoredVariant) -> VariantRow:
    return VariantRow(
        id=str(row.id),
        sop_instance_uid=row.sop_instance_uid,
        study_instance_uid=row.study_instance_uid,
        series_instance_uid=row.series_instance_uid,
        digest=row.digest,
        length=row.length,
        transfer_syntax=row.transfer_syntax_uid,
        state=row.state.value,
        reason=row.reason,
        received_at=as_iso(row.received_at),
        closed_at=None if row.closed_at is None else as_iso(row.closed_at),
        origin=_origin(row.origin),
    )


def _origin(text: str) -> OriginView:
    stored = json.loads(text) if text else {}
    return OriginView(
        stored.get("door", ""), stored.get("actor", ""), stored.get("address", ""), stored.get("calling_ae", "")
    )
