"""/api/v1/audit: the audit, newest first, for those who may read it; reading it is audited too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from kontor.access import Act, AuditQuery, Right, list_audit
from kontor.access import AuditRow as StoredRow
from kontor.doors.api.instants import instant
from kontor.doors.api.system_views import AuditFilter, AuditPage, AuditRow
from kontor.doors.http import Answer, Endpoint
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.doors.api.system_views import AuditOutcome
    from kontor.doors.http import Call


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    return (
        Endpoint(
            "GET", "/audit", _list, Right.AUDIT, "listAudit", "The audit, newest first",
            query=AuditFilter, answer=AuditPage, act=Act.READ_AUDIT, problems=("inadmissible",),
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    wanted = call.query(AuditFilter)
    query = AuditQuery(
        before_seq=wanted.before,
        actor_name=wanted.actor,
        act=wanted.act,
        subject=wanted.subject,
        outcome=wanted.outcome,
        since_us=instant("since", wanted.since),
        until_us=instant("until", wanted.until),
    )
    rows = list_audit(call.access, call.scope, query, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = AuditPage([_row(row) for row in shown], shown[-1].seq if len(rows) > wanted.limit else None)
    return Answer(page, subject=str(call.request.query_params))


def _row(row: StoredRow) -> AuditRow:
    entry = row.entry
    return AuditRow(
        seq=row.seq,
        at=as_iso(entry.at_us),
        actor_kind=entry.actor_kind,
        actor=entry.actor_name,
        act=entry.act,
        subject=entry.subject,
        outcome=cast("AuditOutcome", entry.outcome),
        detail=json.loads(entry.detail),
    )
