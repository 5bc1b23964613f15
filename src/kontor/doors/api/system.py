"""/api/v1/system and /api/v1/openapi.json: what runs here, and what can be called."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kontor.access import AccessError, Right
from kontor.archive import ArchiveError, examine
from kontor.doors.api.system_views import Finding, SystemView
from kontor.doors.api.version import program_version
from kontor.doors.http import Answer, Endpoint, Entry
from kontor.platform.blobs import BlobError
from kontor.platform.clock import as_iso
from kontor.platform.database import DatabaseError
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.archive import Archive
    from kontor.doors.http import Call

_FINDINGS_SHOWN: Final = 100
_EXAMINED_EVERY_S: Final = 3_600.0
_log: Final = get_logger("api")


class LastExamination:
    """What the doctor found last. It looks at every row, so it works beside the calls, at most once an hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began_at: float | None = None
        self._examined_at_us: int | None = None
        self._findings: list[Finding] = []

    def shown(self, archive: Archive) -> tuple[list[Finding], str | None]:
        """Findings and when they were made; (nothing, None) while the first examination runs."""
        with self._lock:
            now = archive.clock.monotonic()
            if self._began_at is None or now - self._began_at > _EXAMINED_EVERY_S:
                self._began_at = now
                threading.Thread(target=self._examine, args=(archive,), name="doctor", daemon=True).start()
            return self._findings, None if self._examined_at_us is None else as_iso(self._examined_at_us)

    def _examine(self, archive: Archive) -> None:
        try:
            found = examine(archive)
        except (DatabaseError, BlobError, ArchiveError, AccessError) as error:
            _log.warning("examination failed", error=type(error).__name__)
            return
        with self._lock:
            self._findings = [Finding(one.code, one.subject, one.as_line()) for one in found[:_FINDINGS_SHOWN]]
            self._examined_at_us = archive.clock.now_us()


def endpoints(document: Callable[[], dict[str, Any]]) -> tuple[Endpoint, ...]:
    """Rows of the route table; `document` is asked for the API's description when somebody wants it."""

    def describe(_call: Call) -> Answer:
        return Answer(msgspec.json.encode(document()), headers={"cache-control": "no-cache"})

    examination = LastExamination()

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
        free_bytes=call.archive.segments.free_bytes(),
        findings=findings,
        examined_at=examined_at,
    )
