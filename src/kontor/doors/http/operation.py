"""What an operator's machines ask: does the process turn, is it ready, how does it do."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from kontor.access import AccessError, Forbidden, Right, prove_database
from kontor.archive import is_half_made
from kontor.doors.http.authentication import authenticate_request
from kontor.doors.http.calls import Answer, Call
from kontor.doors.http.problems import Problem
from kontor.doors.http.routes import Door, Endpoint, Entry
from kontor.doors.http.security import is_local
from kontor.platform.database import DatabaseError
from kontor.platform.metrics import metric_text

if TYPE_CHECKING:
    from kontor.access import Access
    from kontor.archive import Archive

_PROOF_HOLDS_S: Final = 1.0
_HALF_MADE: Final = "the index is being made again; if nobody does it now, kontor doctor --rebuild finishes it"
_TEXT: Final = "text/plain; charset=utf-8"


class Readiness:
    """The proof by writing and reading, at most once a second however often it is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._proved_at: float | None = None

    def prove(self, access: Access, archive: Archive) -> None:
        """Return if the database takes and gives, and its index is whole.

        Raises:
            DatabaseError, AccessError: it does not take or give.
            Problem: a rebuild of the index is under way or was interrupted.
        """
        with self._lock:
            now = access.clock.monotonic()
            if self._proved_at is not None and 0 <= now - self._proved_at < _PROOF_HOLDS_S:
                return
            self._proved_at = None
            prove_database(access)
            if is_half_made(archive):
                raise Problem("unavailable", _HALF_MADE, retry_after_s=1)
            self._proved_at = now


def operation_door() -> Door:
    """/livez, /readyz and /metrics."""
    readiness = Readiness()

    def readyz(call: Call) -> Answer:
        try:
            readiness.prove(call.access, call.archive)
        except (DatabaseError, AccessError) as error:
            raise Problem("unavailable", retry_after_s=1) from error
        return Answer(b"ready\n")

    return Door(
        "operation",
        "",
        (
            Endpoint("GET", "/livez", _livez, Entry.ANYBODY, "isAlive", "The process turns", media_type=_TEXT),
            Endpoint("GET", "/readyz", readyz, Entry.ANYBODY, "isReady", "Written and read back", media_type=_TEXT),
            Endpoint("GET", "/metrics", _metrics, Entry.ANYBODY, "metrics", "Figures for Prometheus", media_type=_TEXT),
        ),
        {},
    )


def _livez(_call: Call) -> Answer:
    return Answer(b"alive\n")


def _metrics(call: Call) -> Answer:
    """From this machine freely, from elsewhere with the right to operate."""
    if not is_local(call.request):
        caller = authenticate_request(call.access, call.request, https=False)
        if caller is None:
            raise Problem("not-signed-in")
        if Right.OPERATE not in caller.scope.rights:
            raise Forbidden(Right.OPERATE.value)
    return Answer(metric_text(), media_type="text/plain; version=0.0.4; charset=utf-8")
