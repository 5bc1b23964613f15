"""Indexes that serve the archive's lists. Each begins with the organisation; the plans are tested on both engines.

A study index `(filter, study_date, study_time, id)` answers its filter and holds what the default order needs, so
that matches are counted and sorted without touching the table. The two order indexes also hold the folded name and
the modalities: a walk through them tests these without fetching rows. Columns that every admitted instance changes
(counts, last reception) stand in no index: PostgreSQL then updates such rows in place, and lists cannot be sorted by
them. Nor by modalities: PostgreSQL, which cannot estimate how many studies hold one, would read such an index from end
to end instead of walking the dates.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index

from kontor.archive.tables import instance, patient, series, study

_STUDY_ORDER: Final = (study.c.study_date, study.c.study_time, study.c.id)

STUDY_BY_DATE: Final = Index(
    "ix_study_date", study.c.org_id, *_STUDY_ORDER, study.c.patient_name_key, study.c.modalities
)
STUDY_BY_RECEPTION: Final = Index(
    "ix_study_received",
    study.c.org_id,
    study.c.first_received_at,
    study.c.id,
    study.c.patient_name_key,
    study.c.modalities,
    study.c.study_date,
)
STUDY_BY_NAME: Final = Index("ix_study_name", study.c.org_id, study.c.patient_name_key, *_STUDY_ORDER)
STUDY_BY_PATIENT_ID: Final = Index("ix_study_patient_id", study.c.org_id, study.c.patient_id, *_STUDY_ORDER)
STUDY_BY_ACCESSION: Final = Index("ix_study_accession", study.c.org_id, study.c.accession_number, *_STUDY_ORDER)
STUDY_BY_REFERRING: Final = Index("ix_study_referring", study.c.org_id, study.c.referring_key, *_STUDY_ORDER)
STUDY_BY_BIRTH_DATE: Final = Index("ix_study_birth_date", study.c.org_id, study.c.patient_birth_date, *_STUDY_ORDER)
STUDY_BY_DESCRIPTION: Final = Index("ix_study_description", study.c.org_id, study.c.description, *_STUDY_ORDER)
STUDY_BY_STUDY_ID: Final = Index("ix_study_study_id", study.c.org_id, study.c.study_id, *_STUDY_ORDER)
STUDY_OF_PATIENT: Final = Index("ix_study_patient", study.c.org_id, study.c.patient)
STUDY_ARRIVING: Final = Index(
    "ix_study_arriving",
    study.c.org_id,
    study.c.settled_at,  # always NULL here: it makes SQLite prefer this index to others that begin alike
    *_STUDY_ORDER,
    sqlite_where=study.c.settled_at.is_(None),
    postgresql_where=study.c.settled_at.is_(None),
)
STUDY_IDENTITY: Final = Index(
    "ix_study_identity",
    study.c.org_id,
    study.c.identity,
    *_STUDY_ORDER,
    sqlite_where=study.c.identity != "resolved",
    postgresql_where=study.c.identity != "resolved",
)

SERIES_BY_UID: Final = Index("ix_series_uid", series.c.org_id, series.c.series_instance_uid)
SERIES_BY_MODALITY: Final = Index("ix_series_modality", series.c.org_id, series.c.modality, series.c.study)

INSTANCE_OF_SERIES: Final = Index("ix_instance_series", instance.c.org_id, instance.c.series, instance.c.id)

PATIENT_BY_NAME: Final = Index("ix_patient_name", patient.c.org_id, patient.c.name_key, patient.c.id)
