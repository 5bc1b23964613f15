"""Finding: one page of studies, series or instances that match. QIDO-RS, C-FIND and the worklist share it.

The shape of the statement is chosen from bounded counts (`search_plan`); the scope stands inside the SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontor.access import Right
from kontor.archive.search_cursor import Cursor, decode, encode
from kontor.archive.search_matching_queries import by_series, parameters, shape_of
from kontor.archive.search_model import (
    COUNT_LIMIT,
    Attribute,
    Condition,
    FoundRow,
    InstanceRow,
    Level,
    Page,
    Query,
    SeriesRow,
    StudyRow,
)
from kontor.archive.search_plan import GATHER_LIMIT, Plan, choose
from kontor.archive.search_queries import (
    TABLES,
    PageShape,
    anonymous,
    count_statement,
    order_columns,
    page_statement,
    total_statement,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontor.access import Scope
    from kontor.archive.large_totals import LargeTotals
    from kontor.archive.room import Archive
    from kontor.platform.database import ReadTransaction

_SERIES_AT = len(InstanceRow.__struct_fields__) - 1
_STUDY_AT = len(SeriesRow.__struct_fields__) - 1


def find(archive: Archive, scope: Scope, query: Query) -> Page[Any]:
    """Return one page of what `scope` may see, in a stable total order: StudyRow, SeriesRow or InstanceRow by level.

    The door audits the act before the page leaves.

    Raises:
        Forbidden: the scope lacks the right to find.
        UnusableCursor: `query.after` belongs to another question.
        DatabaseUnavailable: the index cannot be asked now.
    """
    scope.require(Right.FIND)
    return archive.database.read(lambda tx: find_page(tx, scope, query, archive.large_totals))


def count_studies(archive: Archive, scope: Scope) -> int | None:
    """How many studies `scope` may see; None when there are more than COUNT_LIMIT.

    Raises:
        Forbidden: the scope lacks the right to find.
        DatabaseUnavailable: the index cannot be asked now.
    """
    scope.require(Right.FIND)
    asked, everything = anonymous(scope), Query(counted=True)
    order = order_columns(everything.level, everything.sort)
    return archive.database.read(lambda tx: _along_order(tx, asked, everything, order, {}, archive.large_totals))


def find_page(tx: ReadTransaction, scope: Scope, query: Query, large: LargeTotals) -> Page[Any]:
    """`find` inside a transaction of the caller, without asking for the right."""
    asked = anonymous(scope)
    stop = (COUNT_LIMIT if query.counted else GATHER_LIMIT) + 1
    plan = choose(query.level, query.conditions, query.sort, lambda one: _count(tx, asked, one, stop, large))
    order = order_columns(query.level, query.sort)
    descending = query.descending and query.level is Level.STUDY
    cursor = _cursor(query, order, descending=descending)
    backward = cursor is not None and cursor.backward
    shape = PageShape(
        level=query.level,
        conditions=tuple(shape_of(condition) for condition in query.conditions),
        driver=plan.driver,
        order=order,
        rising=descending == backward,
        continued=cursor is not None,
        counted=query.counted and plan.driver is not None,
    )
    values = _values(query, cursor, tx.dialect_name) | _driver_values(asked, query, plan, tx.dialect_name)
    found = tx.all(page_statement(asked, shape), values)
    rows = [_row(query.level, row) for row in found[: query.limit]]
    total = _total(tx, asked, query, plan, found, shape, values, large) if query.counted else None
    return _page(rows[::-1] if backward else rows, query, shape, total, more=len(found) > query.limit)


def _count(tx: ReadTransaction, scope: Scope, condition: Condition, stop: int, large: LargeTotals) -> int:
    if large.holds((scope, condition)):
        return stop
    studies = condition.attribute is Attribute.MODALITIES
    counted = by_series(condition) if studies else condition
    values = parameters(counted, "c0", tx.dialect_name) | {"stop": stop}
    matches = int(tx.all(count_statement(scope, shape_of(counted), studies=studies), values)[0][0])
    if matches > COUNT_LIMIT:
        large.remember((scope, condition))
    return matches


def _driver_values(scope: Scope, query: Query, plan: Plan, dialect_name: str) -> dict[str, object]:
    if plan.driver is None or query.conditions[plan.driver].attribute is not Attribute.MODALITIES:
        return {}
    return {"driver_org": scope.org_id, **parameters(by_series(query.conditions[plan.driver]), "driver", dialect_name)}


def _cursor(query: Query, order: Sequence[str], *, descending: bool) -> Cursor | None:
    if not query.after:
        return None
    kinds = [TABLES[query.level].c[name].type.python_type for name in order]
    return decode(query.after, _order_name(query, descending=descending), kinds)


def _order_name(query: Query, *, descending: bool) -> str:
    return f"{query.level.value}:{query.sort.value}:{'desc' if descending else 'asc'}"


def _values(query: Query, cursor: Cursor | None, dialect_name: str) -> dict[str, object]:
    values: dict[str, object] = {"page_limit": query.limit + 1, "page_offset": query.offset}
    for position, condition in enumerate(query.conditions):
        values.update(parameters(condition, f"c{position}", dialect_name))
    if cursor is not None:
        values.update({f"k{number}": value for number, value in enumerate(cursor.key)})
    return values


def _row(level: Level, row: Sequence[Any]) -> FoundRow:
    if level is Level.STUDY:
        return StudyRow(*row[: len(StudyRow.__struct_fields__)])
    if level is Level.SERIES:
        return _series_row(row)
    return InstanceRow(*(*row[:_SERIES_AT], _series_row(row[_SERIES_AT:])))


def _series_row(row: Sequence[Any]) -> SeriesRow:
    study = row[_STUDY_AT : _STUDY_AT + len(StudyRow.__struct_fields__)]
    return SeriesRow(*(*row[:_STUDY_AT], StudyRow(*study)))


def _total(
    tx: ReadTransaction,
    scope: Scope,
    query: Query,
    plan: Plan,
    found: Sequence[Sequence[Any]],
    shape: PageShape,
    values: dict[str, object],
    large: LargeTotals,
) -> int | None:
    """Matches in all, without a further statement where the page or the plan tells it already."""
    # A restriction may hide series of a study that it shows: counting by series would then miss studies.
    counted_by_series = any(one.attribute is Attribute.MODALITIES for one in query.conditions)
    if plan.matches is not None and not (counted_by_series and scope.restriction is not None):
        return plan.matches if plan.matches <= COUNT_LIMIT else None
    if plan.driver is not None and found:
        total = int(found[0][-1])
    elif not query.after and query.offset == 0 and len(found) <= query.limit:
        total = len(found)
    else:
        return _along_order(tx, scope, query, shape.order, values, large)
    return total if total <= COUNT_LIMIT else None


def _along_order(
    tx: ReadTransaction,
    scope: Scope,
    query: Query,
    order: tuple[str, ...],
    values: dict[str, object],
    large: LargeTotals,
) -> int | None:
    question = (scope, query.level, query.conditions)
    if large.holds(question):
        return None
    statement = total_statement(scope, query.level, tuple(shape_of(one) for one in query.conditions), order)
    total = int(tx.all(statement, values)[0][0])
    if total <= COUNT_LIMIT:
        return total
    large.remember(question)
    return None


def _page(rows: list[Any], query: Query, shape: PageShape, total: int | None, *, more: bool) -> Page[Any]:
    backward = shape.rising == (query.descending and query.level is Level.STUDY) and shape.continued
    name = _order_name(query, descending=query.descending and query.level is Level.STUDY)
    follows = bool(rows) and (more or backward)
    precedes = bool(rows) and (more if backward else shape.continued)

    def key(row: Any, *, towards_start: bool) -> str:
        return encode(Cursor(name, towards_start, tuple(getattr(row, column) for column in shape.order)))

    return Page(
        rows=rows,
        next=key(rows[-1], towards_start=False) if follows and not query.offset else "",
        previous=key(rows[0], towards_start=True) if precedes and not query.offset else "",
        more=more if not backward else True,
        total=total,
    )
