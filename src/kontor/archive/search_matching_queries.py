"""Conditions as SQL predicates with named parameters, the same text for both engines.

A predicate is built once per shape (attribute, match, number of values, served by an index or not); the values come
separately, so that statements are cached and a value can never become SQL.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal_column, or_, select

from kontor.archive.search_model import MULTIPLE, Attribute, Condition, Match
from kontor.archive.tables import instance, series, study
from kontor.platform.database import (
    after_prefix,
    contains_member,
    engine_pattern,
    literal_prefix,
    matches_wildcard,
    unindexed,
)

if TYPE_CHECKING:
    from sqlalchemy import CTE, Column

_TABLES: Final = {"study": study, "series": series, "instance": instance}


def column_of(attribute: Attribute) -> Column[Any]:
    """The column that holds an attribute."""
    table, _, name = attribute.value.partition(".")
    return _TABLES[table].c[name]


def shape_of(condition: Condition) -> Condition:
    """The condition without its values: what the statement's text depends on."""
    if condition.match is Match.PATTERN:
        return Condition(condition.attribute, Match.PATTERN, (prefix_kind(str(condition.values[0])),))
    if condition.match is Match.NAME:
        return Condition(condition.attribute, Match.NAME, (name_kind(str(condition.values[0])),))
    if condition.match is Match.RANGE:
        return Condition(condition.attribute, Match.RANGE, tuple(int(value != "") for value in condition.values))
    return Condition(condition.attribute, condition.match)


def prefix_kind(pattern: str) -> str:
    """How far an index serves a pattern: 'whole' (only a prefix), 'narrowed' (prefix and more), 'free'."""
    prefix = literal_prefix(pattern)
    if not prefix:
        return "free"
    return "whole" if pattern == prefix + "*" else "narrowed"


def name_kind(pattern: str) -> str:
    """As `prefix_kind`; 'everywhere' where the first group is not the one that is meant (ideographic, phonetic)."""
    if pattern[:1] and ord(pattern[0]) >= _FIRST_IDEOGRAPHIC and "=" not in pattern:
        return "everywhere"
    return prefix_kind(pattern)


def predicate(shape: Condition, name: str, *, indexed: bool) -> ColumnElement[bool]:
    """The predicate of a shape; parameters are called `{name}` and `{name}_…`. `indexed` allows an index to serve."""
    plain = column_of(shape.attribute)
    column: Any = plain if indexed else _kept_from_index(plain, shape)
    match shape.match:
        case Match.ABSENT:
            return plain.is_(None)
        case Match.PRESENT:
            return plain.is_not(None)
        case Match.RANGE:
            return _range(column, shape.values, name)
        case Match.PATTERN:
            return _pattern(column, shape, name)
        case Match.NAME:
            return _name(column, str(shape.values[0]), name)
        case Match.CONTAINS:
            return matches_wildcard(func.lower(plain), bindparam(name))
        case Match.ONE_OF:
            return _one_of(column, shape.attribute, name)
        case _:
            return _equal(column, shape.attribute, name, indexed=indexed)


def parameters(condition: Condition, name: str, dialect_name: str) -> dict[str, object]:
    """The values for `predicate` of this condition's shape, as this engine spells them."""
    match condition.match:
        case Match.ABSENT | Match.PRESENT:
            return {}
        case Match.RANGE:
            low, high = condition.values
            return {f"{name}_low": low, f"{name}_high": high}
        case Match.PATTERN:
            return _pattern_parameters(condition, name, dialect_name)
        case Match.NAME:
            return _name_parameters(str(condition.values[0]), name, dialect_name)
        case Match.CONTAINS:
            return {name: engine_pattern(f"*{_ascii_lower(str(condition.values[0]))}*", dialect_name)}
        case Match.ONE_OF if condition.attribute not in MULTIPLE:
            return {name: list(condition.values)}
        case Match.ONE_OF:
            return {f"{name}_{number}": value for number, value in enumerate(_padded(condition.values))}
        case _:
            return {name: condition.values[0]}


_FIRST_IDEOGRAPHIC: Final = 0x1100
"""Scripts from Hangul Jamo on: written in the second and third component group, PS3.5 6.2.1."""

MEMBERS_MAX: Final = 16
"""Values of a list that is compared with an attribute of several values (modalities, SOP classes)."""


def _is_text(column: Any) -> bool:
    return column.type.python_type is str


def _kept_from_index(plain: Column[Any], shape: Condition) -> Any:
    """The column's value in a form that no index serves; single numbers are left, their few matches harm no plan."""
    if _is_text(plain):
        return unindexed(plain)
    return plain + literal_column("0") if shape.match is Match.RANGE else plain


def _range(column: Any, ends: tuple[str | int, ...], name: str) -> ColumnElement[bool]:
    """Both ends included. Absent text is '' and lies in no range."""
    low, high = ends
    tests: list[ColumnElement[bool]] = []
    if low:
        tests.append(column >= bindparam(f"{name}_low"))
    elif _is_text(column):
        tests.append(column > "")
    if high:
        tests.append(column <= bindparam(f"{name}_high"))
    return and_(*tests)


def _pattern(column: Any, shape: Condition, name: str) -> ColumnElement[bool]:
    if shape.attribute is Attribute.MODALITIES:
        return _some_series_has(name)
    kind = shape.values[0]
    if kind == "free":
        return matches_wildcard(column, bindparam(name))
    between = and_(column >= bindparam(f"{name}_low"), column < bindparam(f"{name}_high"))
    return between if kind == "whole" else and_(between, matches_wildcard(column, bindparam(name)))


def _pattern_parameters(condition: Condition, name: str, dialect_name: str) -> dict[str, object]:
    pattern = str(condition.values[0])
    if condition.attribute in MULTIPLE or prefix_kind(pattern) == "free":
        return {name: engine_pattern(pattern, dialect_name)}
    prefix = literal_prefix(pattern)
    values: dict[str, object] = {f"{name}_low": prefix, f"{name}_high": after_prefix(prefix)}
    if prefix_kind(pattern) == "narrowed":
        values[name] = engine_pattern(pattern, dialect_name)
    return values


def _name(column: Any, kind: str, name: str) -> ColumnElement[bool]:
    """The groups are separated by '=': the first alone, the whole value, or any of them."""
    between = and_(column >= bindparam(f"{name}_low"), column < bindparam(f"{name}_high"))
    if kind == "whole":
        return between
    suffixes = ("", "_more", "_later", "_between") if kind == "everywhere" else ("", "_more")
    tests = or_(*(matches_wildcard(column, bindparam(f"{name}{suffix}")) for suffix in suffixes))
    return and_(between, tests) if kind == "narrowed" else tests


def _name_parameters(pattern: str, name: str, dialect_name: str) -> dict[str, object]:
    prefix = literal_prefix(pattern)
    forms = {"": pattern, "_more": f"{pattern}=*", "_later": f"*={pattern}", "_between": f"*={pattern}=*"}
    values: dict[str, object] = {f"{name}{one}": engine_pattern(form, dialect_name) for one, form in forms.items()}
    return values | {f"{name}_low": prefix, f"{name}_high": after_prefix(prefix)}


def _one_of(column: Any, attribute: Attribute, name: str) -> ColumnElement[bool]:
    if attribute in MULTIPLE:
        return or_(*(contains_member(column, bindparam(f"{name}_{number}")) for number in range(MEMBERS_MAX)))
    found: ColumnElement[bool] = column.in_(bindparam(name, expanding=True))
    return found


def _equal(column: Any, attribute: Attribute, name: str, *, indexed: bool) -> ColumnElement[bool]:
    if attribute in MULTIPLE:
        return contains_member(column, bindparam(name))
    same: ColumnElement[bool] = column == bindparam(name)
    if attribute is Attribute.IDENTITY and indexed:  # the partial index is taken only where its own condition stands
        return and_(same, column != literal_column("'resolved'"))
    return same


def by_series(condition: Condition) -> Condition:
    """A condition on the modalities of a study as one on the modality of its series, which has an index."""
    return replace(condition, attribute=Attribute.MODALITY)


def matching_series(shape: Condition) -> CTE:
    """Studies (column `study`) of the series that match, found by their index. Parameters: `driver…`, `driver_org`."""
    belongs = series.c.org_id == bindparam("driver_org")
    found = select(series.c.study).where(belongs, predicate(by_series(shape), "driver", indexed=True)).distinct()
    return found.cte("found_by_series").prefix_with("MATERIALIZED")


def _some_series_has(name: str) -> ColumnElement[bool]:
    part = series.alias("part")
    belongs = and_(part.c.org_id == study.c.org_id, part.c.study == study.c.id)
    matching = select(part.c.id).where(belongs, matches_wildcard(part.c.modality, bindparam(name)))
    return exists(matching.correlate(study))


def _padded(values: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Always MEMBERS_MAX values, the last repeated: one statement for lists of every length."""
    return values + (values[-1],) * (MEMBERS_MAX - len(values))


def _ascii_lower(text: str) -> str:
    """As `lower` does it on both engines for text ordered by bytes: only A to Z."""
    return "".join(character.lower() if character.isascii() else character for character in text)
