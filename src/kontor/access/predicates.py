"""A checker for tests of every room: does a statement name the organisation for each table that it touches?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Alias, BinaryExpression, Column, Table
from sqlalchemy.sql import operators, visitors

if TYPE_CHECKING:
    from sqlalchemy import ClauseElement

ORGANISATION: Final = "org_id"
_COMPARISONS: Final = {operators.eq, operators.in_op}


def queries_without_organisation(statement: ClauseElement) -> list[str]:
    """Names of tables (or aliases) whose organisation the statement leaves open; empty when it is well.

    A table is bound when its `org_id` is compared, for equality, with a value or with the `org_id` of a bound table.
    INSERT statements have nothing to bind. Conditions below OR are not looked at: write them above.
    """
    touched: dict[int, str] = {}
    bound: set[int] = set()
    equal: list[tuple[int, int]] = []
    for element in visitors.iterate(statement):
        if isinstance(element, Table | Alias) and ORGANISATION in element.c:
            touched[id(element)] = element.name
        elif isinstance(element, BinaryExpression) and element.operator in _COMPARISONS:
            _note(element, bound, equal)
    while linked := [pair for pair in equal if (pair[0] in bound) != (pair[1] in bound)]:
        bound.update(*linked)
    aliased = {id(element.element) for element in visitors.iterate(statement) if isinstance(element, Alias)}
    return sorted(name for table, name in touched.items() if table not in bound and table not in aliased)


def _note(comparison: BinaryExpression[bool], bound: set[int], equal: list[tuple[int, int]]) -> None:
    left, right = _owner(comparison.left), _owner(comparison.right)
    if left is not None and right is not None:
        equal.append((left, right))
    elif left is not None:
        bound.add(left)
    elif right is not None:
        bound.add(right)


def _owner(side: object) -> int | None:
    """The table whose organisation this is; None for anything else."""
    if isinstance(side, Column) and side.name == ORGANISATION:
        return id(side.table)
    table = getattr(side, "table", None)
    return id(table) if getattr(side, "name", None) == ORGANISATION and table is not None else None
