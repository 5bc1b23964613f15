"""/api/v1/system and /api/v1/openapi.json: what runs here, and what can be called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from kontor.access import Right
from kontor.doors.api.system_views import SystemView
from kontor.doors.api.version import program_version
from kontor.doors.http import Answer, Endpoint, Entry

if TYPE_CHECKING:
    from kontor.doors.api.examinations import LastExamination
    from kontor.doors.http import Call


def endpoints(document: Callable[[], dict[str, Any]], examination: LastExamination) -> tuple[Endpoint, ...]:
    """Rows of the route table; `document` is asked for the API's description when somebody wants it."""

    def describe(_call: Call) -> Answer:
        return Answer(msgspec.json.encode(document()), headers={"cache-control": "no-cache"})

    def show(call: Call) -> Answer:
        return Answer(_view(call, examination))

    return (
        Endpoint("GET", "/system", show, Right.OPERATE, "getSystem", "The running system", answer=SystemView),
        Endpoint("GET", "/openapi.json", describe, Entry.ANYBODY, "describeApi", "This description", tag="system"),
    )


def _view(call: Call, examination: LastExamination) -> SystemView:
    findings, examined_at = examination.shown(call.archive)
    return SystemView(
        version=program_version(),
        engine=call.archive.database.dialect.name,
        organisation=call.scope.organisation,
        ae_title=call.access.settings.ae_title,
        dimse_host=call.settings.dimse[0],
        dimse_port=call.settings.dimse[1],
        free_bytes=call.archive.segments.free_bytes(),
        findings=findings,
        examined_at=examined_at,
    )
