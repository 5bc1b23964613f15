"""What one process remembers of rows it has met. A hint only: other processes change them meanwhile.

A remembered patient serves further objects of a study of theirs, and only until the study's own locked row says
otherwise; a remembered series is found out by a row count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontor.archive.identity import PatientKey
    from kontor.archive.patient_rows import PatientRow
    from kontor.archive.series_rows import SeriesRow

_ROWS_MAX: Final = 20_000


class KnownRows:
    """Patients by key and study, series by study and UID. Written after commits only, by one leader at a time."""

    def __init__(self) -> None:
        self._patients: dict[tuple[int, PatientKey, str], PatientRow] = {}
        self._series: dict[tuple[int, int, str], SeriesRow] = {}

    def patient(self, org_id: int, key: PatientKey, study_uid: str) -> PatientRow | None:
        """Return the patient as last seen, if they have a study of this UID."""
        return self._patients.get((org_id, key, study_uid))

    def series(self, org_id: int, study: int, series_uid: str) -> SeriesRow | None:
        """Return the series as last seen."""
        return self._series.get((org_id, study, series_uid))

    def remember(self, org_id: int, patients: Iterable[tuple[PatientRow, str]], series: Iterable[SeriesRow]) -> None:
        """Keep rows of a committed transaction: patients with the UID of a study of theirs, and series."""
        if len(self._patients) + len(self._series) > _ROWS_MAX:
            self.forget()
        self._patients.update(((org_id, row.key, study_uid), row) for row, study_uid in patients)
        self._series.update(((org_id, row.study, row.series_instance_uid), row) for row in series)

    def forget(self) -> None:
        """Drop everything: something was stale."""
        self._patients.clear()
        self._series.clear()
