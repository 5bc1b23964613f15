"""The worklist's filters as a query: what people type, forgiving where DICOM matching is exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kontor.archive.search_model import Attribute, Condition, Level, Match, Query, Sort
from kontor.dicom.values import name_key

LIMIT_MAX: Final = 500
ARRIVING, READY = "arriving", "ready"


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """Filters of the worklist; empty ones do not filter.

    Attributes:
        patient_name: beginning of the family name, or 'family given'; `*` and `?` may stand anywhere.
        patient_id, accession: beginning.
        modality: one or several, separated by a comma: any of them.
        date_from, date_to: 'YYYYMMDD', both included.
        description: somewhere in it.
        identity: resolved | provisional | unresolved.
        state: arriving | ready.
        referring: as `patient_name`, of who asked for the study.
        birth_date: 'YYYYMMDD'.
        studies: Study Instance UIDs: any of them.
        accession_is, patient_id_is: exactly this one; how other systems name a study or a patient.
        received_from, received_until: microseconds since 1970 UTC, both included; of the first image.
    """

    patient_name: str = ""
    patient_id: str = ""
    accession: str = ""
    modality: str = ""
    date_from: str = ""
    date_to: str = ""
    description: str = ""
    identity: str = ""
    state: str = ""
    referring: str = ""
    birth_date: str = ""
    studies: tuple[str, ...] = ()
    accession_is: str = ""
    patient_id_is: str = ""
    received_from: int | None = None
    received_until: int | None = None


def worklist_query(
    wanted: WorklistFilter,
    *,
    sort: Sort = Sort.DATE,
    descending: bool = True,
    limit: int = 100,
    after: str = "",
) -> Query:
    """A counted query for one page of studies."""
    return Query(
        Level.STUDY, _conditions(wanted), sort, descending, min(max(limit, 1), LIMIT_MAX), 0, after, counted=True
    )


def _conditions(wanted: WorklistFilter) -> tuple[Condition, ...]:
    found: list[Condition] = []
    if name := _name_pattern(wanted.patient_name):
        found.append(Condition(Attribute.PATIENT_NAME_KEY, Match.NAME, (name,)))
    for attribute, text in ((Attribute.PATIENT_ID, wanted.patient_id), (Attribute.ACCESSION, wanted.accession)):
        if text.strip():
            found.append(Condition(attribute, Match.PATTERN, (text.strip() + "*",)))
    if modalities := tuple(part.strip().upper() for part in wanted.modality.split(",") if part.strip()):
        found.append(Condition(Attribute.MODALITIES, Match.ONE_OF if len(modalities) > 1 else Match.EQUAL, modalities))
    if wanted.date_from or wanted.date_to:
        found.append(Condition(Attribute.STUDY_DATE, Match.RANGE, (wanted.date_from, wanted.date_to)))
    if wanted.description.strip():
        found.append(Condition(Attribute.STUDY_DESCRIPTION, Match.CONTAINS, (wanted.description.strip(),)))
    if wanted.identity:
        found.append(Condition(Attribute.IDENTITY, Match.EQUAL, (wanted.identity,)))
    if wanted.state:
        found.append(Condition(Attribute.SETTLED_AT, Match.ABSENT if wanted.state == ARRIVING else Match.PRESENT))
    if wanted.studies:
        found.append(Condition(Attribute.STUDY_UID, Match.ONE_OF, wanted.studies))
    for attribute, text in (
        (Attribute.PATIENT_ID, wanted.patient_id_is),
        (Attribute.ACCESSION, wanted.accession_is),
    ):
        if text.strip():
            found.append(Condition(attribute, Match.EQUAL, (text.strip(),)))
    if referring := _name_pattern(wanted.referring):
        found.append(Condition(Attribute.REFERRING_KEY, Match.NAME, (referring,)))
    if wanted.birth_date:
        found.append(Condition(Attribute.BIRTH_DATE, Match.EQUAL, (wanted.birth_date,)))
    received = tuple("" if end is None else end for end in (wanted.received_from, wanted.received_until))
    if received != ("", ""):
        found.append(Condition(Attribute.FIRST_RECEIVED, Match.RANGE, received))
    return tuple(found)


def _name_pattern(text: str) -> str:
    """'Meier An' and 'Meier, An' as 'meier*^an*': each word begins a component, the first one the family name."""
    words = [name_key(word) for word in text.replace(",", " ").replace("^", " ").split()]
    return "*^".join(word for word in words if word) + "*" if any(words) else ""
