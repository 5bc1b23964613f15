"""Which index finds the rows: chosen from the filter's selectivity, never left to luck (`house.md` 6). Pure.

Two shapes exist. GATHER: one condition's index finds all its matches (few, counted before), the rest is tested on
them, then they are sorted. WALK: rows are tested in the order of the answer until the page is full. With m matches
of N rows a page of 100 costs m rows by gathering and 100·N/m index entries by walking, which are four times cheaper:
near m = 5,000 both cost the same for a million rows, and neither costs more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kontor.archive.search_matching_queries import prefix_kind
from kontor.archive.search_model import Attribute, Condition, Level, Match, Sort

GATHER_LIMIT: Final = 5_000
"""Matches of one condition up to which they are gathered and sorted."""

GATHER_BY_SERIES_LIMIT: Final = 2_000
"""The same for modalities, which are gathered from series: each match costs a look at its study's row."""

LEADS: Final[Mapping[Sort, Attribute | None]] = {
    Sort.DATE: Attribute.STUDY_DATE,
    Sort.NAME: Attribute.PATIENT_NAME_KEY,
    Sort.PATIENT_ID: Attribute.PATIENT_ID,
    Sort.ACCESSION: Attribute.ACCESSION,
    Sort.RECEIVED: Attribute.FIRST_RECEIVED,
    Sort.REFERRING: Attribute.REFERRING_KEY,
    Sort.BIRTH_DATE: Attribute.BIRTH_DATE,
    Sort.DESCRIPTION: None,
}
"""The attribute that an order's index begins with: a condition on it narrows the walk itself."""

_OF_STUDY: Final = (
    Attribute.STUDY_UID,
    Attribute.PATIENT_ROW,
    Attribute.ACCESSION,
    Attribute.PATIENT_ID,
    Attribute.STUDY_ID,
    Attribute.IDENTITY,
    Attribute.SETTLED_AT,
    Attribute.BIRTH_DATE,
    Attribute.PATIENT_NAME_KEY,
    Attribute.REFERRING_KEY,
    Attribute.MODALITIES,
    Attribute.STUDY_DATE,
    Attribute.FIRST_RECEIVED,
)
_CANDIDATES: Final[Mapping[Level, tuple[Attribute, ...]]] = {
    Level.STUDY: _OF_STUDY,
    Level.SERIES: (Attribute.SERIES_UID, *_OF_STUDY, Attribute.MODALITY),
    Level.INSTANCE: (Attribute.SOP_INSTANCE_UID, Attribute.SERIES_UID, *_OF_STUDY),
}
"""Attributes with an index of their own, most selective first."""

UNIQUE: Final = frozenset({Attribute.STUDY_UID, Attribute.SERIES_UID, Attribute.SOP_INSTANCE_UID})
"""Attributes whose values name few rows; no count is needed to know it."""

RESOLVED: Final = "resolved"


@dataclass(frozen=True, slots=True)
class Plan:
    """`driver`: position of the condition whose index gathers the matches; None walks the order."""

    driver: int | None
    matches: int | None = None  # rows that match the only condition, as far as they were counted


def choose(level: Level, conditions: Sequence[Condition], sort: Sort, count: Callable[[Condition], int]) -> Plan:
    """Choose the shape. `count` tells how many rows match one condition, up to some number above GATHER_LIMIT."""
    lead = LEADS[sort] if level is Level.STUDY else None
    matches: int | None = None
    for attribute in _CANDIDATES[level]:
        for position, condition in enumerate(conditions):
            if condition.attribute is not attribute or not serves(condition) or attribute is lead:
                continue
            if attribute in UNIQUE:
                return Plan(position)
            matches = count(condition)
            if matches <= (GATHER_BY_SERIES_LIMIT if attribute is Attribute.MODALITIES else GATHER_LIMIT):
                return Plan(position)
    alone = level is Level.STUDY and len(conditions) == 1
    return Plan(None, matches if alone else None)


def serves(condition: Condition) -> bool:
    """Whether an index can find the matches of a condition on an attribute that has one."""
    match condition.match:
        case Match.EQUAL if condition.attribute is Attribute.IDENTITY:
            return condition.values[0] != RESOLVED
        case Match.ABSENT if condition.attribute is not Attribute.SETTLED_AT:
            return False
        case Match.EQUAL | Match.ONE_OF | Match.ABSENT:
            return True
        case Match.PATTERN | Match.NAME:
            return prefix_kind(str(condition.values[0])) != "free"
        case Match.RANGE:
            return any(value != "" for value in condition.values)
        case _:
            return False
