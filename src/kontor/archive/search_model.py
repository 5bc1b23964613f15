"""What is asked of the index and what it gives back: levels, conditions, pages, rows. Values only.

Matching follows PS3.4 C.2.2.2. A condition names one of the archive's own attributes, never a column: doors map
their keys (tags, names of filters) to attributes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Generic, TypeVar

import msgspec

from kontor.archive.errors import ArchiveError

COUNT_LIMIT: Final = 10_000
"""Matches that are counted exactly; beyond, a page says only that there are more."""


class Level(Enum):
    """What one row of the answer stands for."""

    STUDY = "study"
    SERIES = "series"
    INSTANCE = "instance"


class Match(Enum):
    """How a value is compared, PS3.4 C.2.2.2.1 to C.2.2.2.5."""

    EQUAL = "equal"
    ONE_OF = "one-of"
    PATTERN = "pattern"  # `*` and `?`
    NAME = "name"  # a folded person name with `*` and `?`, in any component group
    RANGE = "range"  # both ends included, '' is open
    CONTAINS = "contains"  # somewhere in the text, A to Z in either case; for people, not for DICOM
    ABSENT = "absent"  # no value at all
    PRESENT = "present"


class Attribute(Enum):
    """What can be matched. The value is `table.column`; `*_KEY` attributes are compared folded (`name_key`)."""

    STUDY_ROW = "study.id"
    PATIENT_ROW = "study.patient"
    STUDY_UID = "study.study_instance_uid"
    DISCRIMINATOR = "study.discriminator"
    STUDY_DATE = "study.study_date"
    STUDY_TIME = "study.study_time"
    ACCESSION = "study.accession_number"
    STUDY_ID = "study.study_id"
    STUDY_DESCRIPTION = "study.description"
    REFERRING_KEY = "study.referring_key"
    INSTITUTION = "study.institution"
    MODALITIES = "study.modalities"
    SOP_CLASSES = "study.sop_classes"
    PATIENT_NAME_KEY = "study.patient_name_key"
    PATIENT_ID = "study.patient_id"
    PATIENT_ISSUER = "study.patient_issuer"
    BIRTH_DATE = "study.patient_birth_date"
    SEX = "study.patient_sex"
    IDENTITY = "study.identity"
    SETTLED_AT = "study.settled_at"
    FIRST_RECEIVED = "study.first_received_at"
    SERIES_UID = "series.series_instance_uid"
    MODALITY = "series.modality"
    SERIES_NUMBER = "series.series_number"
    SERIES_DESCRIPTION = "series.description"
    BODY_PART = "series.body_part"
    LATERALITY = "series.laterality"
    STATION = "series.station"
    PROTOCOL = "series.protocol"
    MANUFACTURER = "series.manufacturer"
    PERFORMED_DATE = "series.performed_date"
    PERFORMED_TIME = "series.performed_time"
    FRAME_OF_REFERENCE = "series.frame_of_reference_uid"
    SOP_INSTANCE_UID = "instance.sop_instance_uid"
    SOP_CLASS_UID = "instance.sop_class_uid"
    TRANSFER_SYNTAX = "instance.transfer_syntax_uid"
    INSTANCE_NUMBER = "instance.instance_number"
    ROWS = "instance.rows"
    COLUMNS = "instance.columns"
    BITS_ALLOCATED = "instance.bits_allocated"
    FRAMES = "instance.frames"


MULTIPLE: Final = frozenset({Attribute.MODALITIES, Attribute.SOP_CLASSES})
"""Attributes of several values, kept as text with backslashes between: one that matches is enough."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand on an attribute. RANGE takes two values, ONE_OF many, ABSENT and PRESENT none, the others one."""

    attribute: Attribute
    match: Match
    values: tuple[str | int, ...] = ()


class Sort(Enum):
    """Total orders of studies; the identifier breaks ties. Deeper levels come in order of reception."""

    DATE = "study_date"
    NAME = "patient_name"
    PATIENT_ID = "patient_id"
    ACCESSION = "accession_number"
    RECEIVED = "first_received_at"
    REFERRING = "referring_name"
    BIRTH_DATE = "birth_date"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Query:
    """A search for one page.

    Attributes:
        limit: rows at most.
        offset: rows to pass over; QIDO-RS pages so. Not together with `after`.
        after: `Page.next` or `Page.previous` of an earlier answer to the same question.
        counted: whether `Page.total` is wanted.
    """

    level: Level = Level.STUDY
    conditions: tuple[Condition, ...] = ()
    sort: Sort = Sort.DATE
    descending: bool = True
    limit: int = 100
    offset: int = 0
    after: str = ""
    counted: bool = False


class StudyRow(msgspec.Struct, frozen=True):
    """A study as the index holds it; DICOM texts as they were written, times in microseconds since 1970 UTC.

    `discriminator` is '' in the study that was kept first under its UID, and not in those of other patients.
    `modalities` and `sop_classes` are separated by backslashes. `settled_at` None: still arriving. `missing` is what
    `completeness` found when the study settled: JSON {reason: objects}, '' when it found nothing.
    """

    id: int
    patient: int
    study_instance_uid: str
    discriminator: str
    study_date: str
    study_time: str
    accession_number: str
    accession_issuer: str
    study_id: str
    description: str
    referring_name: str
    referring_key: str
    institution: str
    timezone: str
    modalities: str
    sop_classes: str
    series_count: int
    instance_count: int
    size_bytes: int
    open_variants: int
    patient_name: str
    patient_name_key: str
    patient_id: str
    patient_issuer: str
    patient_birth_date: str
    patient_sex: str
    identity: str
    first_received_at: int
    last_received_at: int
    settled_at: int | None
    missing: str


class SeriesRow(msgspec.Struct, frozen=True):
    """A series and its study."""

    id: int
    series_instance_uid: str
    modality: str
    series_number: int | None
    description: str
    body_part: str
    laterality: str
    protocol: str
    station: str
    manufacturer: str
    performed_date: str
    performed_time: str
    frame_of_reference_uid: str
    instance_count: int
    size_bytes: int
    first_received_at: int
    last_received_at: int
    settled_at: int | None
    study: StudyRow


class InstanceRow(msgspec.Struct, frozen=True):
    """An instance, its series and its study. `length` is the data set's, in bytes."""

    id: int
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: str
    instance_number: int | None
    rows: int | None
    columns: int | None
    bits_allocated: int | None
    frames: int
    digest: str
    length: int
    received_at: int
    series: SeriesRow


FoundRow = StudyRow | SeriesRow | InstanceRow
RowType = TypeVar("RowType", StudyRow, SeriesRow, InstanceRow)


@dataclass(frozen=True, slots=True)
class Page(Generic[RowType]):
    """One page of an answer.

    Attributes:
        next, previous: what to pass as `Query.after`; '' at the ends. Empty for pages by offset.
        more: whether rows follow this page.
        total: matches in all; None when there are more than COUNT_LIMIT, or when nobody asked.
    """

    rows: list[RowType]
    next: str = ""
    previous: str = ""
    more: bool = False
    total: int | None = None


class UnusableCursor(ArchiveError):
    """`Query.after` is not from an answer to this question."""
