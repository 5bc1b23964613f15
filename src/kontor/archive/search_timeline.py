"""A patient's studies, newest first: whose they are is decided by the index's identity, never by a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontor.access import Right
from kontor.archive.errors import NotThere
from kontor.archive.search import find_page
from kontor.archive.search_identity import of_study
from kontor.archive.search_model import Attribute, Condition, Level, Match, Query
from kontor.archive.search_timeline_queries import picture_series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontor.access import Scope
    from kontor.archive.room import Archive
    from kontor.archive.search_model import Page, StudyRow
    from kontor.dicom.values import Uid
    from kontor.platform.database import ReadTransaction


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of one patient's studies; `pictures` names by row of a study the series that stands for it."""

    page: Page[StudyRow]
    pictures: Mapping[int, str]


def timeline(
    archive: Archive, scope: Scope, study: Uid, study_row: int | None = None, *, limit: int = 20, after: str = ""
) -> Timeline:
    """Return studies of the patient to whom `study` belongs, itself included, newest first.

    Patients are one where the archive holds them for one (`clinical.md` 11.1): a study whose identity is unresolved or
    provisional stands with those of the same uncertain patient only. The door audits the act before it leaves.

    Raises:
        Forbidden: the scope lacks the right to find.
        NotThere: no such study, or none that `scope` may see.
        UnusableCursor: `after` belongs to another question.
        DatabaseUnavailable: the index cannot be asked now.
    """
    scope.require(Right.FIND)

    def read(tx: ReadTransaction) -> Timeline:
        asked = Query(Level.STUDY, of_study(study, study_row), limit=1)
        named: Page[StudyRow] = find_page(tx, scope, asked, archive.large_totals)
        if not named.rows:
            raise NotThere("no such study")
        theirs = (Condition(Attribute.PATIENT_ROW, Match.EQUAL, (named.rows[0].patient,)),)
        page: Page[StudyRow] = find_page(
            tx, scope, Query(Level.STUDY, theirs, limit=limit, after=after, counted=True), archive.large_totals
        )
        return Timeline(page, picture_series(tx, scope, [row.id for row in page.rows]))

    return archive.database.read(read)
