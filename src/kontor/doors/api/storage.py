"""/api/v1/storage: how full the house is. What grows with the archive is counted beside the calls and remembered."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import AccessError, Right
from kontor.archive import RECENT_DAYS, Figures, count_figures, is_half_made
from kontor.doors.api.storage_views import FiguresView, StorageView
from kontor.doors.http import Answer, Endpoint
from kontor.platform.clock import as_iso
from kontor.platform.database import DatabaseError
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive import Archive
    from kontor.doors.api.examinations import LastExamination
    from kontor.doors.http import Call

_COUNTED_EVERY_S: Final = 300.0
_FIRST_COUNT_S: Final = 0.5
_log: Final = get_logger("api")


@dataclass(slots=True)
class _Count:
    """The last count of one organisation, and the one that runs."""

    began_at: float | None = None
    figures: Figures | None = None
    at_us: int = 0
    thread: threading.Thread | None = None


class LastCount:
    """Figures of each organisation, counted at most every five minutes; a small archive's at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: dict[int, _Count] = {}

    def shown(self, archive: Archive, scope: Scope) -> FiguresView | None:
        """The figures as they were last counted; None while the first count takes longer than half a second."""
        with self._lock:
            count, now = self._of.setdefault(scope.org_id, _Count()), archive.clock.monotonic()
            if count.began_at is None or now - count.began_at > _COUNTED_EVERY_S:
                count.began_at = now
                count.thread = threading.Thread(
                    target=self._count, args=(archive, scope, count), name="figures", daemon=True
                )
                count.thread.start()
        if count.figures is None and count.thread is not None:
            count.thread.join(_FIRST_COUNT_S)
        with self._lock:
            return None if count.figures is None else _view(count.figures, count.at_us)

    def _count(self, archive: Archive, scope: Scope, count: _Count) -> None:
        try:
            figures = count_figures(archive, scope)
        except (DatabaseError, AccessError) as error:
            _log.warning("figures not counted", error=type(error).__name__)
            return
        with self._lock:
            count.figures, count.at_us = figures, archive.clock.now_us()


def endpoints(examination: LastExamination) -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    counted = LastCount()

    def show(call: Call) -> Answer:
        room = call.archive.segments.room()
        findings, examined_at = examination.shown(call.archive)
        return Answer(
            StorageView(
                total_bytes=room.total_bytes,
                free_bytes=room.free_bytes,
                reserve_bytes=room.reserve_bytes,
                left_bytes=room.left_bytes,
                receives=room.left_bytes > 0,
                index_is_whole=not is_half_made(call.archive),
                figures=counted.shown(call.archive, call.scope),
                findings=findings,
                examined_at=examined_at,
            )
        )

    return (
        Endpoint("GET", "/storage", show, Right.OPERATE, "getStorage", "How full the archive is", answer=StorageView),
    )


def _view(figures: Figures, at_us: int) -> FiguresView:
    oldest, newest = figures.oldest_received_us, figures.newest_received_us
    return FiguresView(
        counted_at=as_iso(at_us),
        studies=figures.studies,
        series=figures.series,
        instances=figures.instances,
        size_bytes=figures.size_bytes,
        recent_bytes=figures.recent_bytes,
        recent_days=RECENT_DAYS,
        oldest_received_at=None if oldest is None else as_iso(oldest),
        newest_received_at=None if newest is None else as_iso(newest),
        segments=figures.segments,
        segment_bytes=figures.segment_bytes,
    )
