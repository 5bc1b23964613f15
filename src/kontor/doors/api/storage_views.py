"""What /api/v1/storage gives."""

from __future__ import annotations

import msgspec

from kontor.doors.api.system_views import Finding


class FiguresView(msgspec.Struct, frozen=True):
    """Counts of the caller's organisation and of all segments, as they were at `counted_at`."""

    counted_at: str
    studies: int
    series: int
    instances: int
    size_bytes: int
    recent_bytes: int  # came within the last `recent_days`
    recent_days: int
    oldest_received_at: str | None
    newest_received_at: str | None
    segments: int
    segment_bytes: int


class StorageView(msgspec.Struct, frozen=True):
    """Room on the disk of the segments, figures, and whether anything keeps images from being received.

    Below `reserve_bytes` free, `receives` is false: senders are told, nothing is deleted, reading goes on. `figures` is
    null until the first count has ended.
    """

    total_bytes: int
    free_bytes: int
    reserve_bytes: int
    left_bytes: int
    receives: bool
    index_is_whole: bool
    figures: FiguresView | None
    findings: list[Finding]
    examined_at: str | None
