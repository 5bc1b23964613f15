"""/api/v1/audit: the audit, newest first, for those who may read it; reading it is audited too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from kontor.access import Act, AuditQuery, Outcome, Right, audit_length, list_audit, system_scope
from kontor.access import AuditRow as StoredRow
from kontor.archive import Attribute, Condition, Level, Match, Query, find
from kontor.doors.api.audit_export import audit_csv
from kontor.doors.api.audit_views import AuditCriteria, AuditFilter, AuditPage, AuditRow, ChainView
from kontor.doors.api.examinations import CHAIN
from kontor.doors.api.instants import instant
from kontor.doors.http import Answer, Endpoint, inadmissible
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.doors.api.examinations import LastExamination
    from kontor.doors.http import Call

_STUDIES_MAX: Final = 100
"""Studies that one patient id or accession number may stand for; whoever has more asks by study."""


def endpoints(examination: LastExamination) -> tuple[Endpoint, ...]:
    """Rows of the route table."""

    def chain(call: Call) -> Answer:
        findings, checked_at = examination.shown(call.archive)
        found = [one.text for one in findings if one.code in CHAIN]
        whole = None if checked_at is None else not found
        return Answer(ChainView(whole, audit_length(call.access, call.scope), checked_at, found))

    return (
        Endpoint(
            "GET", "/audit", _list, Right.AUDIT, "listAudit", "The audit, newest first",
            query=AuditFilter, answer=AuditPage, act=Act.READ_AUDIT, problems=("inadmissible",),
        ),
        Endpoint(
            "GET", "/audit/chain", chain, Right.AUDIT, "checkAudit", "Whether the chain is whole", answer=ChainView,
            background=True,
        ),
        Endpoint(
            "GET", "/audit/rows.csv", _export, Right.AUDIT, "exportAudit", "All rows that match, for a spreadsheet",
            query=AuditCriteria, act=Act.EXPORT_AUDIT, media_type="text/csv; charset=utf-8",
            problems=("inadmissible",),
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    wanted = call.query(AuditFilter)
    if wanted.before is not None and wanted.after is not None:
        raise inadmissible("after", "either before or after")
    query = _query(call, wanted, wanted.before, wanted.after)
    rows = list_audit(call.access, call.scope, query, wanted.limit + 1)
    more = len(rows) > wanted.limit
    newer = wanted.after is not None
    shown = rows[-wanted.limit :] if newer else rows[: wanted.limit]
    # A page that was gone to has come from somewhere; at its far end the row too many tells.
    has_newer = more if newer else wanted.before is not None
    has_older = newer or more
    page = AuditPage(
        [_row(row) for row in shown],
        shown[-1].seq if shown and has_older else None,
        shown[0].seq if shown and has_newer else None,
    )
    return Answer(page, subject=str(call.request.query_params))


def _export(call: Call) -> Answer:
    query = _query(call, call.query(AuditCriteria))
    headers = {"content-disposition": 'attachment; filename="kontor-audit.csv"'}
    return Answer(audit_csv(call.access, call.scope, query), headers=headers, subject=str(call.request.query_params))


def _query(call: Call, wanted: AuditCriteria, before: int | None = None, after: int | None = None) -> AuditQuery:
    named = [
        ("patient_id", Attribute.PATIENT_ID, wanted.patient_id),
        ("accession", Attribute.ACCESSION, wanted.accession),
    ]
    given = [one for one in named if one[2]]
    if len(given) > 1:
        raise inadmissible("accession", "either a patient id or an accession number")
    return AuditQuery(
        before_seq=before,
        after_seq=after,
        actor_name=wanted.actor,
        act=wanted.act,
        subject=wanted.subject,
        outcome=wanted.outcome,
        since_us=instant("since", wanted.since),
        until_us=instant("until", wanted.until),
        subjects=_studies(call, *given[0]) if given else None,
        or_mentions=f"={quote_plus(given[0][2])}" if given else "",
    )


def _studies(call: Call, field: str, attribute: Attribute, value: str) -> tuple[str, ...]:
    """Studies that have the value. Only their UIDs are used, to find rows that the auditor may read anyway.

    Problem `inadmissible` where there are more than can be looked at: an answer that leaves some out would look whole.
    """
    scope = system_scope(call.access, call.scope.org_id, "audit")
    query = Query(Level.STUDY, (Condition(attribute, Match.EQUAL, (value,)),), limit=_STUDIES_MAX + 1)
    found = tuple(row.study_instance_uid for row in find(call.archive, scope, query).rows)
    if len(found) > _STUDIES_MAX:
        raise inadmissible(field, f"has more than {_STUDIES_MAX} studies: ask by accession number or by study")
    return found


def _row(row: StoredRow) -> AuditRow:
    entry = row.entry
    return AuditRow(
        seq=row.seq,
        at=as_iso(entry.at_us),
        actor_kind=entry.actor_kind,
        actor=entry.actor_name,
        act=Act(entry.act),
        subject=entry.subject,
        outcome=Outcome(entry.outcome),
        detail=json.loads(entry.detail),
    )
