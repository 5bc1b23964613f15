"""Rows of the archive's index as /api/v1 shows them. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from kontor.doors.api.study_views import MissingPart, PatientView, SeriesRow, StudyRow
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.archive import SeriesRow as FoundSeries
    from kontor.archive import StudyRow as FoundStudy
    from kontor.doors.api.study_views import Identity, StudyClaim


def study_view(row: FoundStudy, claim: StudyClaim | None) -> StudyRow:
    """One study and who holds it."""
    identity = cast("Identity", row.identity)
    return StudyRow(
        study_instance_uid=row.study_instance_uid,
        study_key=str(row.id) if row.discriminator else "",
        patient=PatientView(
            row.patient_name, row.patient_id, row.patient_issuer, row.patient_birth_date, row.patient_sex, identity
        ),
        study_date=row.study_date,
        study_time=row.study_time,
        accession_number=row.accession_number,
        description=row.description,
        modalities=[modality for modality in row.modalities.split("\\") if modality],
        referring=row.referring_name,
        institution=row.institution,
        series_count=row.series_count,
        instance_count=row.instance_count,
        size_bytes=row.size_bytes,
        first_received_at=as_iso(row.first_received_at),
        last_received_at=as_iso(row.last_received_at),
        state="arriving" if row.settled_at is None else "ready",
        open_variants=row.open_variants,
        identity=identity,
        claim=claim,
        missing=_missing(row),
    )


def _missing(row: FoundStudy) -> list[MissingPart]:
    """What the study lacks; while it is arriving that of the last time says nothing."""
    if row.settled_at is None or not row.missing:
        return []
    return [MissingPart(reason, objects) for reason, objects in json.loads(row.missing).items()]


def series_view(row: FoundSeries) -> SeriesRow:
    """One series."""
    return SeriesRow(
        series_instance_uid=row.series_instance_uid,
        modality=row.modality,
        number=row.series_number,
        description=row.description,
        body_part=row.body_part,
        laterality=row.laterality,
        protocol=row.protocol,
        station=row.station,
        manufacturer=row.manufacturer,
        performed_date=row.performed_date,
        performed_time=row.performed_time,
        frame_of_reference_uid=row.frame_of_reference_uid,
        instance_count=row.instance_count,
        size_bytes=row.size_bytes,
        first_received_at=as_iso(row.first_received_at),
        last_received_at=as_iso(row.last_received_at),
        state="arriving" if row.settled_at is None else "ready",
    )
