"""Rows of the archive's index with who holds them: two rooms that meet in this door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.doors.api.reading_shapes import row_claim
from kontor.doors.api.study_shapes import study_view
from kontor.reading import claims_of, studies_in_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontor.archive import StudyRow as FoundStudy
    from kontor.doors.api.study_views import StudyMatch, StudyRow
    from kontor.doors.http import Call


NO_STUDY: Final = ""
"""Names none: every study has a UID."""


def named_studies(call: Call, wanted: StudyMatch) -> tuple[str, ...]:
    """The Study Instance UIDs that a filter narrows by; those in reading are known by their claims alone.

    Empty: it does not narrow. Claims are few, one for each reader at work. By UID alone: where two patients have
    studies under one, both are listed, and each row says whether it is read.
    """
    if wanted.state != "reading":
        return tuple(wanted.study)
    held = studies_in_reading(call.archive, call.scope)
    return tuple(sorted(held.intersection(wanted.study) if wanted.study else held)) or (NO_STUDY,)


def study_views(call: Call, rows: Sequence[FoundStudy]) -> list[StudyRow]:
    """A page of studies, with one further statement for all their claims."""
    held = claims_of(call.archive, call.scope, rows)
    return [study_view(row, row_claim(held[row.id], call.scope) if row.id in held else None) for row in rows]
