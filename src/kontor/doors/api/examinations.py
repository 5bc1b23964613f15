"""What the doctor found last, for everybody who asks: it looks at every row, so nobody waits for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from kontor.access import AccessError
from kontor.archive import ArchiveError, examine
from kontor.doors.api.system_views import Finding
from kontor.platform.blobs import BlobError
from kontor.platform.clock import as_iso
from kontor.platform.database import DatabaseError
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.archive import Archive

_FINDINGS_SHOWN: Final = 100
CHAIN: Final = frozenset({"audit-chain", "audit-anchors"})
"""Codes of findings about the audit itself: however many others there are, these are told."""
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
        told = [one for at, one in enumerate(found) if at < _FINDINGS_SHOWN or one.code in CHAIN]
        with self._lock:
            self._findings = [Finding(one.code, one.subject, one.as_line()) for one in told]
            self._examined_at_us = archive.clock.now_us()
