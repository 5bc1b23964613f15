"""Rows of the archive's index with who holds them: two rooms that meet in this door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.doors.api.reading_shapes import row_claim
from kontor.doors.api.study_shapes import study_view
from kontor.reading import claims_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontor.archive import StudyRow as FoundStudy
    from kontor.doors.api.study_views import StudyRow
    from kontor.doors.http import Call


def study_views(call: Call, rows: Sequence[FoundStudy]) -> list[StudyRow]:
    """A page of studies, with one further statement for all their claims."""
    held = claims_of(call.archive, call.scope, rows)
    return [study_view(row, row_claim(held[row.id], call.scope) if row.id in held else None) for row in rows]
