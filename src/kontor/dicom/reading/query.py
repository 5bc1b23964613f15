"""A search as QIDO-RS sends it, PS3.18 sections 8.3.4 and 10.6: parameters to terms, fields and a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kontor.dicom.dictionary import Tag, Tags, element, tag_of, vr_of
from kontor.dicom.reading.query_terms import InvalidQuery, QueryTerm, query_term

PARAMETERS_MAX: Final = 256
PATH_MAX: Final = 8
"""Depth of a key into sequences; the deepest of the standard's examples is two."""

_HEX_DIGITS: Final = 8


class QueryLevel(Enum):
    """What one answer stands for."""

    PATIENT = "patient"
    STUDY = "study"
    SERIES = "series"
    INSTANCE = "instance"


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed search. `include` are tags asked for beyond the level's own; `include_all` is includefield=all.

    `limit` None: as many as the service gives. `warnings` name parameters that were not understood and left out.
    """

    level: QueryLevel
    terms: tuple[QueryTerm, ...] = ()
    include: tuple[Tag, ...] = ()
    include_all: bool = False
    limit: int | None = None
    offset: int = 0
    fuzzy: bool = False
    warnings: tuple[str, ...] = ()


def parse_query(params: Iterable[tuple[str, str]], level: QueryLevel) -> Query:
    """A query from decoded (name, value) pairs.

    Unknown keys are left out with a warning (clients send vendor keys); malformed values are errors.

    Raises:
        InvalidQuery: too many parameters, a bad limit, offset, date, time or UID, or one key twice.
    """
    reader = _Reader()
    for count, (name, value) in enumerate(params):
        if count >= PARAMETERS_MAX:
            raise InvalidQuery("too many parameters")
        reader.take(name.strip(), value)
    terms = {term.path: term for term in reader.terms}
    if len(terms) != len(reader.terms):
        raise InvalidQuery("a key was given twice")
    return Query(
        level,
        tuple(reader.terms),
        tuple(dict.fromkeys(reader.include)),
        include_all=reader.include_all,
        limit=reader.limit,
        offset=reader.offset,
        fuzzy=reader.fuzzy,
        warnings=tuple(dict.fromkeys(reader.warnings)),
    )


def attribute_path(name: str) -> tuple[Tag, ...] | None:
    """A key's path: keywords or 8 hexadecimal digits, dots between sequences and what is in them; None if unknown."""
    steps = name.split(".")
    if not 1 <= len(steps) <= PATH_MAX:
        return None
    path: list[Tag] = []
    for step in steps:
        tag = _tag(step)
        if tag is None or (path and vr_of(path[-1]) != "SQ"):
            return None
        path.append(tag)
    return tuple(path)


class _Reader:
    """Collects what the parameters say."""

    def __init__(self) -> None:
        self.terms: list[QueryTerm] = []
        self.include: list[Tag] = []
        self.include_all = False
        self.limit: int | None = None
        self.offset = 0
        self.fuzzy = False
        self.warnings: list[str] = []

    def take(self, name: str, value: str) -> None:
        key = name.lower()
        if key == "includefield":
            self._take_fields(value)
        elif key == "limit":
            self.limit = _count(key, value)
        elif key == "offset":
            self.offset = _count(key, value)
        elif key in ("fuzzymatching", "emptyvaluematching", "multiplevaluematching"):
            self._take_switch(key, value)
        else:
            self._take_key(name, value)

    def _take_fields(self, value: str) -> None:
        for field in value.split(","):
            name = field.strip()
            if name.lower() == "all":
                self.include_all = True
            elif name:
                path = attribute_path(name)
                if path is None:
                    self.warnings.append("unknown includefield")
                else:
                    self.include.append(path[0])

    def _take_switch(self, key: str, value: str) -> None:
        wanted = value.strip().lower()
        if wanted not in ("true", "false"):
            raise InvalidQuery(f"{key} must be true or false")
        if key == "fuzzymatching":
            self.fuzzy = wanted == "true"

    def _take_key(self, name: str, value: str) -> None:
        path = attribute_path(name)
        if path is None:
            self.warnings.append("unknown attribute")
            return
        self.terms.append(query_term(path, value))


def _tag(step: str) -> Tag | None:
    if len(step) == _HEX_DIGITS:
        try:
            number = int(step, 16)
        except ValueError:
            return tag_of(step)
        return Tag(number) if number >> 16 & 1 or element(number) is not None else None
    return tag_of(step)


def _count(key: str, value: str) -> int:
    text = value.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InvalidQuery(f"{key} must be a number from 0")
    return int(text)


def _attributes(*keywords: str) -> tuple[Tag, ...]:
    return tuple(Tag(getattr(Tags, keyword)) for keyword in keywords)


STUDY_ATTRIBUTES: Final = _attributes(
    "SpecificCharacterSet",
    "StudyDate",
    "StudyTime",
    "AccessionNumber",
    "InstanceAvailability",
    "ModalitiesInStudy",
    "ReferringPhysicianName",
    "TimezoneOffsetFromUTC",
    "RetrieveURL",
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyInstanceUID",
    "StudyID",
    "NumberOfStudyRelatedSeries",
    "NumberOfStudyRelatedInstances",
)
"""Returned for a study, PS3.18 table 10.6.3-3."""

SERIES_ATTRIBUTES: Final = _attributes(
    "SpecificCharacterSet",
    "Modality",
    "TimezoneOffsetFromUTC",
    "SeriesDescription",
    "RetrieveURL",
    "SeriesInstanceUID",
    "SeriesNumber",
    "NumberOfSeriesRelatedInstances",
    "PerformedProcedureStepStartDate",
    "PerformedProcedureStepStartTime",
    "RequestAttributesSequence",
)
"""Returned for a series, PS3.18 table 10.6.3-4; the study's too when the search names no study."""

INSTANCE_ATTRIBUTES: Final = _attributes(
    "SpecificCharacterSet",
    "SOPClassUID",
    "SOPInstanceUID",
    "InstanceAvailability",
    "TimezoneOffsetFromUTC",
    "RetrieveURL",
    "InstanceNumber",
    "Rows",
    "Columns",
    "BitsAllocated",
    "NumberOfFrames",
)
"""Returned for an instance, PS3.18 table 10.6.3-5; of the levels above too when the search does not name them."""


def level_attributes(level: QueryLevel, *, with_parents: bool) -> tuple[Tag, ...]:
    """The attributes every answer of a level has, in tag order; `with_parents` adds those of the levels above."""
    own = {
        QueryLevel.PATIENT: _attributes("PatientName", "PatientID", "PatientBirthDate", "PatientSex"),
        QueryLevel.STUDY: STUDY_ATTRIBUTES,
        QueryLevel.SERIES: SERIES_ATTRIBUTES,
        QueryLevel.INSTANCE: INSTANCE_ATTRIBUTES,
    }
    levels = [level]
    if with_parents and level is QueryLevel.SERIES:
        levels = [QueryLevel.STUDY, level]
    if with_parents and level is QueryLevel.INSTANCE:
        levels = [QueryLevel.STUDY, QueryLevel.SERIES, level]
    return tuple(sorted({tag for each in levels for tag in own[each]}))
