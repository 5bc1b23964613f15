"""Parameters of QIDO-RS as a query, PS3.18 8.3.4 and 10.6.1. Pure.

Decided where the standard leaves room: a key that does not exist, or that this archive cannot match on, is an error
that names it, never silently a wider search. Fields to include that we do not hold are passed over: the standard
lets an archive return less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kontor.archive import Condition, Level, Query, UnmatchableKey, dicom_condition, of_one_patient
from kontor.dicom.dictionary import Tag, Tags, tag_of, vr_of
from kontor.dicom.values import Uid

LIMIT_DEFAULT: Final = 1000
LIMIT_MAX: Final = 5000
OFFSET_MAX: Final = 10_000_000
INCLUDE_ALL: Final = "all"
_HEX: Final = re.compile(r"[0-9A-Fa-f]{8}")
_SWITCHES: Final = frozenset({"fuzzymatching", "emptyvaluematching", "multiplevaluematching"})
_IGNORED: Final = frozenset({"accept", "charset"})
_TEXT_MAX: Final = 128 * 1024


class BadParameter(ValueError):
    """A parameter that cannot be used; `name` is safe to repeat."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query and how its answer is written. `included`: tags asked for beside the defaults, None for all."""

    query: Query
    included: frozenset[Tag] | None
    warnings: tuple[str, ...]


def parse_search(
    level: Level, pairs: Sequence[tuple[str, str]], study: Uid | None = None, series: Uid | None = None
) -> SearchRequest:
    """Read the parameters of one search below an optional study and series.

    Raises:
        BadParameter: unknown attribute, unmatchable attribute or value, impossible paging.
    """
    conditions = list(_of_path(level, study, series))
    paging: dict[str, int] = {}
    included: set[Tag] = set()
    everything, warnings = False, []
    for name, text in _joined(pairs):
        lower = name.lower()
        if lower in {"limit", "offset"}:
            paging[lower] = _whole(lower, text)
        elif lower == "includefield":
            everything |= INCLUDE_ALL in text.split(",")
            included |= _fields(text)
        elif lower in _SWITCHES:
            warnings += _switch(lower, text)
        elif lower not in _IGNORED:
            conditions += _condition(level, name, text)
    limit = min(paging.get("limit", LIMIT_DEFAULT), LIMIT_MAX)
    counted = paging.get("limit", LIMIT_MAX + 1) > limit
    query = Query(
        level, of_one_patient(level, conditions), limit=limit, offset=paging.get("offset", 0), counted=counted
    )
    return SearchRequest(query, None if everything else frozenset(included), tuple(warnings))


def attribute_tag(name: str) -> Tag:
    """The tag of a keyword or of eight hexadecimal digits.

    Raises:
        BadParameter: the dictionary has no such attribute, or a path into a sequence is asked for.
    """
    if "." in name:
        raise BadParameter(_safe(name), "this archive does not match inside sequences")
    tag = _written_tag(name)
    if tag is None or vr_of(tag) == "UN":
        raise BadParameter(_safe(name), "no such attribute in the dictionary")
    return tag


def _written_tag(name: str) -> Tag | None:
    return Tag(int(name, 16)) if _HEX.fullmatch(name) else tag_of(name)


def _of_path(level: Level, study: Uid | None, series: Uid | None) -> list[Condition]:
    named = ((Tags.StudyInstanceUID, study), (Tags.SeriesInstanceUID, series))
    found = (dicom_condition(level, tag, uid) for tag, uid in named if uid is not None)
    return [condition for condition in found if condition is not None]


def _joined(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Repeated UID keys are one list, however each is written; everything else stays as it came."""
    joined: dict[Tag, tuple[str, str]] = {}
    others: list[tuple[str, str]] = []
    for name, text in pairs:
        if len(text) > _TEXT_MAX:
            raise BadParameter(_safe(name), "too long")
        tag = _written_tag(name)
        if tag is not None and vr_of(tag) == "UI":
            joined[tag] = (name, f"{joined[tag][1]}\\{text}") if tag in joined else (name, text)
        else:
            others.append((name, text))
    return [*joined.values(), *others]


def _condition(level: Level, name: str, text: str) -> list[Condition]:
    try:
        condition = dicom_condition(level, attribute_tag(name), text)
    except UnmatchableKey as error:
        raise BadParameter(error.keyword, error.reason) from error
    return [] if condition is None else [condition]


def _fields(text: str) -> set[Tag]:
    tags = set()
    for name in text.split(","):
        if name.strip() and name.strip() != INCLUDE_ALL and "." not in name:
            tags.add(attribute_tag(name.strip()))
    return tags


def _switch(name: str, text: str) -> list[str]:
    if text.lower() not in {"true", "false"}:
        raise BadParameter(name, "neither true nor false")
    if text.lower() == "false":
        return []
    return [f"The {name} parameter is not supported. Only literal matching has been performed."]


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadParameter(name, "not a whole number from 0")
    if name == "offset" and int(text) > OFFSET_MAX:
        raise BadParameter(name, f"beyond {OFFSET_MAX}")
    return int(text)


def _safe(name: str) -> str:
    """What may be repeated of a stranger's parameter name."""
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "."))[:64] or "parameter"
