"""Whether a value matches a key, PS3.4 section C.2.2.2: the plain rule, against which indexes are tested."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias, Union

from kontor.dicom.dictionary import Tag
from kontor.dicom.reading.query_terms import MatchKind, QueryTerm
from kontor.dicom.values import PersonName, bare_vowels, date_span, datetime_span, fold, time_span

Attributes: TypeAlias = Mapping[Tag, Union[Sequence[str], Sequence["Attributes"]]]  # noqa: UP007 - recursive
"""A data set as matching sees it: texts of an attribute, or items of a sequence."""

_SPANS: Final = {"DA": date_span, "TM": time_span, "DT": datetime_span}


def matches(term: QueryTerm, values: Sequence[str]) -> bool:
    """Whether any of an attribute's values matches; no value matches only UNIVERSAL and EMPTY.

    Exact and case sensitive but for person names: these are compared folded (case, accents, ä = ae = a, hyphen =
    space) in each component group, and a name without wildcard also matches longer names that begin with its
    components, so that 'Smith' finds 'Smith^John'.
    """
    present = [value for value in values if value.strip(" \0")]
    if term.kind is MatchKind.UNIVERSAL:
        return True
    if term.kind is MatchKind.EMPTY:
        return not present
    return any(_matches_one(term, value) for value in present)


def matches_dataset(terms: Sequence[QueryTerm], dataset: Attributes) -> bool:
    """Whether a data set matches all terms; keys of one sequence must match within the same item."""
    outer = [term for term in terms if len(term.path) == 1]
    if not all(matches(term, _texts(dataset.get(term.tag, ()))) for term in outer):
        return False
    nested: dict[Tag, list[QueryTerm]] = {}
    for term in terms:
        if len(term.path) > 1:
            inner = QueryTerm(term.path[1:], term.vr, term.kind, term.values, term.low, term.high)
            nested.setdefault(term.path[0], []).append(inner)
    return all(_matches_sequence(inner, dataset.get(tag, ())) for tag, inner in nested.items())


def _matches_sequence(terms: Sequence[QueryTerm], items: Sequence[str] | Sequence[Attributes]) -> bool:
    datasets = [item for item in items if not isinstance(item, str)]
    if not datasets:
        return matches_dataset(terms, {})
    return any(matches_dataset(terms, item) for item in datasets)


def _texts(values: Sequence[str] | Sequence[Attributes]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _matches_one(term: QueryTerm, value: str) -> bool:
    if term.kind is MatchKind.RANGE:
        return _in_range(term, value)
    if term.vr == "PN":
        return any(_matches_name(wanted, value) for wanted in term.values)
    stripped = value.strip("\0").rstrip(" ") if term.vr in ("LT", "ST", "UT") else value.strip(" \0")
    if term.kind is MatchKind.WILDCARD:
        return wildcard_pattern(term.value).fullmatch(stripped) is not None
    return stripped in term.values


def _in_range(term: QueryTerm, value: str) -> bool:
    span = _SPANS[term.vr](value)
    if span is None:
        return False
    return (not term.low or span.last >= term.low) and (not term.high or span.first <= term.high)


def _matches_name(wanted: str, value: str) -> bool:
    groups = [group for group in str(PersonName.parse(value)).split("=") if group]
    wanted_groups = [group for group in wanted.split("=") if group.strip("^ ")]
    if len(wanted_groups) > 1:
        given = [*value.split("="), "", "", ""]
        asked = wanted.split("=")
        return all(not ask.strip("^ ") or _matches_group(ask, group) for ask, group in zip(asked, given, strict=False))
    return any(_matches_group(wanted_groups[0] if wanted_groups else wanted, group) for group in groups)


def _matches_group(wanted: str, group: str) -> bool:
    asked, given = _folded_group(wanted), _folded_group(group)
    pattern = wildcard_pattern(asked)
    return pattern.fullmatch(given) is not None or wildcard_pattern(asked + "^*").fullmatch(given) is not None


def _folded_group(group: str) -> str:
    """The group folded, its components without spaces around them and without trailing delimiters."""
    return "^".join(" ".join(part.split()) for part in bare_vowels(fold(group)).split("^")).rstrip("^")


@lru_cache(maxsize=1024)
def wildcard_pattern(wanted: str) -> re.Pattern[str]:
    """`*` any characters, none too; `?` exactly one; everything else itself. Never backtracks over a `*`."""
    first, *others = ["".join("." if c == "?" else re.escape(c) for c in part) for part in wanted.split("*")]
    if not others:
        return re.compile(first, re.DOTALL)
    middle = "".join(f"(?>.*?{part})" for part in others[:-1] if part)
    return re.compile(f"{first}{middle}.*{others[-1]}", re.DOTALL)
