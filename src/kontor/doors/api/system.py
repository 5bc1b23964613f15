"""/api/v1/system and /api/v1/openapi.json: what runs here, and what can be called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from kontor.access import Right
from kontor.doors.api.system_views import Finding, SystemView
from kontor.doors.api.version import program_version
from kontor.doors.http import Answer, Endpoint, Entry

if TYPE_CHECKING:
    from kontor.doors.http import Call


def endpoints(document: Callable[[], dict[str, Any]]) -> tuple[Endpoint, ...]:
    """Rows of the route table; `document` is asked for the API's description when somebody wants it."""

    def describe(_call: Call) -> Answer:
        return Answer(msgspec.json.encode(document()), headers={"cache-control": "no-cache"})

    return (
        Endpoint("GET", "/system", _show, Right.OPERATE, "getSystem", "The running system", answer=SystemView),
        Endpoint("GET", "/openapi.json", describe, Entry.ANYBODY, "describeApi", "This description", tag="system"),
    )


def _show(call: Call) -> Answer:
    from kontor.archive import examine

    archive = call.archive
    found = examine(archive, deep=False)
    view = SystemView(
        version=program_version(),
        engine=archive.database.dialect.name,
        organisation=call.scope.organisation,
        ae_title=call.access.settings.ae_title,
        free_bytes=archive.segments.free_bytes(),
        findings=[Finding(finding.code, finding.subject, finding.text) for finding in found],
    )
    return Answer(view)
