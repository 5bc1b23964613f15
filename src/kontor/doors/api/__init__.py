"""/api/v1: what the browser client and scripts call. `routes()` is the door, its document is OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from kontor.doors.api import (
    accounts,
    audit,
    claims,
    enclosed,
    events,
    imports,
    jobs,
    marks,
    peers,
    sessions,
    storage,
    studies,
    system,
    variants,
    views,
)
from kontor.doors.api.examinations import LastExamination
from kontor.doors.api.translations import TRANSLATIONS
from kontor.doors.api.version import program_version
from kontor.doors.http import Door, openapi_document

PREFIX = "/api/v1"


def routes(ends: Callable[[], bool] = lambda: False) -> list[Door]:
    """The door, new for each application; `ends` says that its process is about to end."""
    examination = LastExamination()
    endpoints = (
        *sessions.endpoints(),
        *studies.endpoints(),
        *enclosed.endpoints(),
        *variants.endpoints(),
        *marks.endpoints(),
        *claims.endpoints(),
        *views.endpoints(),
        *events.endpoints(ends),
        *accounts.endpoints(),
        *peers.endpoints(),
        *imports.endpoints(),
        *audit.endpoints(examination),
        *jobs.endpoints(),
        *storage.endpoints(examination),
        *system.endpoints(document, examination),
    )
    return [Door("api", PREFIX, endpoints, TRANSLATIONS)]


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of this door."""
    return openapi_document(routes(), program_version())


__all__ = ["document", "routes"]
