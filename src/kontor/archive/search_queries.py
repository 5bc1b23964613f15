"""Statements of the search: bounded counts and pages, at three levels, for both engines.

Every page is one statement: an inner select finds the identifiers of the page in an index alone, the outer one
fetches these rows. A materialised common table expression is the fence that makes a gathering plan stay one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy
from sqlalchemy import Integer, and_, bindparam, func, literal_column, select, tuple_

import kontor.archive.indexes
import kontor.archive.search_restriction_queries  # noqa: F401 # both complete the tables wherever anybody searches
from kontor.access import Actor, ActorKind, Scope
from kontor.archive.search_matching_queries import column_of, matching_series, predicate
from kontor.archive.search_model import (
    COUNT_LIMIT,
    Attribute,
    Condition,
    InstanceRow,
    Level,
    Match,
    SeriesRow,
    Sort,
    StudyRow,
)
from kontor.archive.search_plan import UNIQUE
from kontor.archive.tables import instance, series, study
from kontor.platform.database import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, FromClause, Select, Subquery, Table

Statement = sqlalchemy.Select[Any] | Prepared

TABLES: Final = {Level.STUDY: study, Level.SERIES: series, Level.INSTANCE: instance}
LEVELS: Final = (Level.STUDY, Level.SERIES, Level.INSTANCE)

ORDERS: Final[dict[Sort, tuple[str, ...]]] = {
    Sort.DATE: ("study_date", "study_time", "id"),
    Sort.NAME: ("patient_name_key", "study_date", "study_time", "id"),
    Sort.PATIENT_ID: ("patient_id", "study_date", "study_time", "id"),
    Sort.ACCESSION: ("accession_number", "study_date", "study_time", "id"),
    Sort.RECEIVED: ("first_received_at", "id"),
    Sort.REFERRING: ("referring_key", "study_date", "study_time", "id"),
    Sort.BIRTH_DATE: ("patient_birth_date", "study_date", "study_time", "id"),
    Sort.DESCRIPTION: ("description", "study_date", "study_time", "id"),
}
"""Columns of each order, all in one direction: a row-value comparison then continues a page in the index."""

_STUDY_COLUMNS: Final = tuple(study.c[name] for name in StudyRow.__struct_fields__)
_SERIES_COLUMNS: Final = tuple(series.c[name] for name in SeriesRow.__struct_fields__ if name != "study")
_INSTANCE_COLUMNS: Final = tuple(instance.c[name] for name in InstanceRow.__struct_fields__ if name != "series")
_ROW_COLUMNS: Final[dict[Level, tuple[Any, ...]]] = {
    Level.STUDY: _STUDY_COLUMNS,
    Level.SERIES: (*_SERIES_COLUMNS, *_STUDY_COLUMNS),
    Level.INSTANCE: (*_INSTANCE_COLUMNS, *_SERIES_COLUMNS, *_STUDY_COLUMNS),
}


@dataclass(frozen=True, slots=True)
class PageShape:
    """What the text of a page's statement depends on; values come as parameters.

    `order`: names of columns; `rising`: ascending as read from the database; `continued`: a key is given.
    """

    level: Level
    conditions: tuple[Condition, ...]
    driver: int | None
    order: tuple[str, ...]
    rising: bool
    continued: bool
    counted: bool


def order_columns(level: Level, sort: Sort) -> tuple[str, ...]:
    """The columns of an order. Below the study, rows come in order of reception."""
    return ORDERS[sort] if level is Level.STUDY else ("id",)


def anonymous(scope: Scope) -> Scope:
    """The part of a scope that a statement depends on, so that callers of one organisation share statements."""
    return replace(scope, organisation="", actor=_NOBODY, rights=frozenset())


_NOBODY: Final = Actor(ActorKind.SYSTEM, 0, "")


@lru_cache(maxsize=512)
def count_statement(scope: Scope, shape: Condition, *, studies: bool = False) -> Statement:
    """How many rows match one condition, counted in its index alone as far as the parameter `stop`.

    With `studies` a condition on series counts the studies that have such a series, each once.
    """
    table = column_of(shape.attribute).table
    assert isinstance(table, sqlalchemy.Table)
    counted = _seen(scope, table, series.c.study).distinct() if studies else _seen(scope, table, _ONE)
    matching = counted.where(predicate(shape, "c0", indexed=True)).limit(bindparam("stop"))
    return _prepared(select(func.count()).select_from(matching.subquery("matching")), scope, (shape,))


@lru_cache(maxsize=512)
def total_statement(scope: Scope, level: Level, conditions: tuple[Condition, ...], order: tuple[str, ...]) -> Statement:
    """How many rows match all conditions, counted to COUNT_LIMIT + 1 along the order."""
    table = TABLES[level]
    matching = _walk(scope, level, conditions, _ONE, lead=order[0]).order_by(*(table.c[name] for name in order))
    counted = select(func.count()).select_from(matching.limit(_COUNT_STOP).subquery("matching"))
    return _prepared(counted, scope, conditions)


@lru_cache(maxsize=1024)
def page_statement(scope: Scope, shape: PageShape) -> Statement:
    """One page: columns of the level's row, then the total when it is counted.

    Parameters: `c0…` of the conditions, `k0…` of the key, `page_limit`, `page_offset`.
    """
    table = TABLES[shape.level]
    keys = [table.c[name] for name in shape.order]
    total: Any = None
    if shape.driver is None:
        inner = _walk(scope, shape.level, shape.conditions, *keys, lead=shape.order[0])
        inner = _cut(inner, keys, shape)
    else:
        matched = _gather(scope, shape, keys).cte("matched").prefix_with("MATERIALIZED")
        inner = _cut(select(*matched.c), [matched.c[name] for name in shape.order], shape)
        if shape.counted:
            total = select(func.count()).select_from(matched).scalar_subquery()
    page = inner.subquery("page")
    columns = _ROW_COLUMNS[shape.level] + ((total.label("total"),) if total is not None else ())
    fetched = select(*columns).select_from(_joined(page, shape.level)).where(_all_belong(scope, shape.level))
    ordered = _sorted(fetched, [page.c[name] for name in shape.order], rising=shape.rising)
    return _prepared(ordered, scope, shape.conditions)


_ONE: Final[ColumnElement[int]] = literal_column("1", Integer)
_COUNT_STOP: Final = COUNT_LIMIT + 1


def _prepared(statement: Select[Any], scope: Scope, conditions: Sequence[Condition]) -> Statement:
    """Handed to the driver compiled, unless its text depends on how many values a list has."""
    lists = scope.restriction is not None or any(condition.match is Match.ONE_OF for condition in conditions)
    return statement if lists else Prepared(statement)


def _seen(scope: Scope, table: Table, *columns: ColumnElement[Any]) -> Select[Any]:
    return scope.select(table, *columns)


def _walk(
    scope: Scope, level: Level, conditions: Sequence[Condition], *columns: ColumnElement[Any], lead: str
) -> Select[Any]:
    """Rows tested in the order of an index: only a condition on that index's first column may use an index."""
    statement = _seen(scope, TABLES[level], *columns)
    for above in _levels_above(level, conditions):
        statement = statement.join(TABLES[above], _belongs(above)).where(scope.condition(TABLES[above]))
    return statement.where(
        *(
            predicate(condition, f"c{position}", indexed=_leads(condition, level, lead))
            for position, condition in enumerate(conditions)
        )
    )


def _leads(condition: Condition, level: Level, lead: str) -> bool:
    column = column_of(condition.attribute)
    return level is Level.STUDY and column.table is study and column.name == lead


def _gather(scope: Scope, shape: PageShape, keys: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """All matches, found by the driver's index; deeper levels are reached from the rows above by key."""
    assert shape.driver is not None
    top = _level_of(shape.conditions[shape.driver])
    statement = _gather_top(scope, shape, top, keys if top is shape.level else (TABLES[top].c.id,))
    for level in LEVELS[LEVELS.index(top) + 1 : LEVELS.index(shape.level) + 1]:
        parent = _parent(level)
        found = statement.cte(f"found_{parent.value}").prefix_with("MATERIALIZED")
        columns = keys if level is shape.level else (TABLES[level].c.id,)
        statement = _seen(scope, TABLES[level], *columns).join(found, TABLES[level].c[parent.value] == found.c.id)
        statement = statement.where(*_own(shape, level, served=UNIQUE))
    return statement


def _gather_top(scope: Scope, shape: PageShape, top: Level, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    assert shape.driver is not None
    driver = shape.conditions[shape.driver].attribute
    statement = _seen(scope, TABLES[top], *columns).where(*_own(shape, top, served=frozenset({driver})))
    if driver is Attribute.MODALITIES:
        found = matching_series(shape.conditions[shape.driver])
        statement = statement.join(found, found.c.study == study.c.id)
    for above in _levels_above(top, shape.conditions):
        statement = statement.join(TABLES[above], _belongs(above)).where(
            scope.condition(TABLES[above]), *_own(shape, above, served=frozenset())
        )
    return statement


def _own(shape: PageShape, level: Level, *, served: frozenset[Attribute]) -> list[ColumnElement[bool]]:
    """Predicates of the conditions on one level's own attributes."""
    return [
        predicate(condition, f"c{position}", indexed=condition.attribute in served)
        for position, condition in enumerate(shape.conditions)
        if _level_of(condition) is level and condition.attribute not in served & {Attribute.MODALITIES}
    ]


def _levels_above(level: Level, conditions: Sequence[Condition]) -> list[Level]:
    """The levels to join, from the parent up to the highest that a condition names."""
    highest = min((LEVELS.index(_level_of(condition)) for condition in conditions), default=len(LEVELS))
    return list(reversed(LEVELS[highest : LEVELS.index(level)]))


def _level_of(condition: Condition) -> Level:
    return Level(condition.attribute.value.partition(".")[0])


def _parent(level: Level) -> Level:
    return LEVELS[LEVELS.index(level) - 1]


def _belongs(above: Level) -> ColumnElement[bool]:
    """How rows of the level below name their parent."""
    below = TABLES[LEVELS[LEVELS.index(above) + 1]]
    parent = TABLES[above]
    return and_(parent.c.org_id == below.c.org_id, parent.c.id == below.c[above.value])


def _cut(statement: Select[Any], keys: Sequence[ColumnElement[Any]], shape: PageShape) -> Select[Any]:
    """Order, continue after the key, and cut to the page."""
    if shape.continued:
        values = tuple_(*(bindparam(f"k{number}", type_=key.type) for number, key in enumerate(keys)))
        statement = statement.where(tuple_(*keys) > values if shape.rising else tuple_(*keys) < values)
    return _sorted(statement, keys, rising=shape.rising).limit(bindparam("page_limit")).offset(bindparam("page_offset"))


def _sorted(statement: Select[Any], keys: Sequence[ColumnElement[Any]], *, rising: bool) -> Select[Any]:
    return statement.order_by(*(key.asc() if rising else key.desc() for key in keys))


def _joined(page: Subquery, level: Level) -> FromClause:
    joined: FromClause = page.join(TABLES[level], TABLES[level].c.id == page.c.id)
    for above in reversed(LEVELS[: LEVELS.index(level)]):
        joined = joined.join(TABLES[above], _belongs(above))
    return joined


def _all_belong(scope: Scope, level: Level) -> ColumnElement[bool]:
    return and_(*(scope.condition(TABLES[one]) for one in LEVELS[: LEVELS.index(level) + 1]))
