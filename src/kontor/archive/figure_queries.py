"""Figures of an organisation's archive: sums over its studies. They grow with the archive, so they are remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kontor.archive.segment_rows import HOUSE
from kontor.archive.tables import segment, study

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.platform.database import ReadTransaction


@dataclass(frozen=True, slots=True)
class Figures:
    """What an organisation has, and what all segments of the house hold. Instants in microseconds, None where empty."""

    studies: int
    series: int
    instances: int
    size_bytes: int
    recent_bytes: int  # of studies whose first image came since the day that was asked for
    oldest_received_us: int | None
    newest_received_us: int | None
    segments: int
    segment_bytes: int


def figures(tx: ReadTransaction, scope: Scope, since_us: int) -> Figures:
    """Sum everything up. One pass over the organisation's studies."""
    sums = tx.first(
        scope.select(
            study,
            func.count().label("studies"),
            func.coalesce(func.sum(study.c.series_count), 0).label("series"),
            func.coalesce(func.sum(study.c.instance_count), 0).label("instances"),
            func.coalesce(func.sum(study.c.size_bytes), 0).label("size"),
            func.min(study.c.first_received_at).label("oldest"),
            func.max(study.c.last_received_at).label("newest"),
        )
    )
    recent = tx.scalar(
        scope.select(study, func.coalesce(func.sum(study.c.size_bytes), 0)).where(study.c.first_received_at >= since_us)
    )
    held = tx.first(
        select(func.count().label("n"), func.coalesce(func.sum(segment.c.admitted_to), 0).label("size")).where(
            segment.c.org_id == HOUSE
        )
    )
    assert sums is not None, "a sum always has a row"
    assert held is not None, "a sum always has a row"
    return Figures(
        studies=sums.studies,
        series=int(sums.series),  # PostgreSQL sums to a numeric
        instances=int(sums.instances),
        size_bytes=int(sums.size),
        recent_bytes=int(recent or 0),
        oldest_received_us=sums.oldest,
        newest_received_us=sums.newest,
        segments=held.n,
        segment_bytes=int(held.size),
    )
