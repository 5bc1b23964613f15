"""Text matching that both engines do alike: DICOM wildcards, membership in a list, and tests that use no index.

SQLite's GLOB and PostgreSQL's LIKE … ESCAPE are case-sensitive on characters; `engine_pattern` translates a value, so
that one statement serves both engines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

LAST_CHARACTER: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)


def engine_pattern(pattern: str, dialect_name: str) -> str:
    """A pattern with `*` (any run of characters) and `?` (one character) in the engine's own spelling.

    Everything that the engine would take as special is escaped.
    """
    return glob_pattern(pattern) if dialect_name == "sqlite" else like_pattern(pattern)


def glob_pattern(pattern: str) -> str:
    """The pattern for SQLite's GLOB: `*` and `?` mean the same there, `[` must be literal."""
    return pattern.replace("[", "[[]")


def like_pattern(pattern: str) -> str:
    r"""The pattern for LIKE with escape `\`."""
    for special in "\\%_":
        pattern = pattern.replace(special, "\\" + special)
    return pattern.replace("*", "%").replace("?", "_")


class matches_wildcard(FunctionElement[bool]):  # noqa: N801 # reads like a SQL function
    """`matches_wildcard(column, parameter)`: the parameter is an `engine_pattern`."""

    type = Boolean()
    inherit_cache = True
    name = "matches_wildcard"


class contains_member(FunctionElement[bool]):  # noqa: N801
    r"""`contains_member(column, parameter)`: the parameter is one of the values between backslashes."""

    type = Boolean()
    inherit_cache = True
    name = "contains_member"


class unindexed(FunctionElement[str]):  # noqa: N801
    """The same value, but SQLite takes no index for a test of it: which index serves is our decision.

    PostgreSQL keeps statistics and would be blinded by such a fence; there the value stands as it is.
    """

    type = Text()
    inherit_cache = True
    name = "unindexed"


def literal_prefix(pattern: str) -> str:
    """What stands before the first wildcard."""
    for position, character in enumerate(pattern):
        if character in "*?":
            return pattern[:position]
    return pattern


def after_prefix(prefix: str) -> str:
    """The smallest text above every text that begins with `prefix`; '' when there is none."""
    for end in range(len(prefix) - 1, -1, -1):
        code = ord(prefix[end]) + 1
        if code in _SURROGATES:
            code = _SURROGATES.stop
        if code <= LAST_CHARACTER:
            return prefix[:end] + chr(code)
    return ""


def _two(element: FunctionElement[Any], compiler: SQLCompiler, keywords: dict[str, Any]) -> tuple[str, str]:
    first, second = element.clauses
    return compiler.process(first, **keywords), compiler.process(second, **keywords)


@compiles(matches_wildcard, "sqlite")
def _matches_on_sqlite(element: matches_wildcard, compiler: SQLCompiler, **keywords: Any) -> str:
    column, pattern = _two(element, compiler, keywords)
    return f"{column} GLOB {pattern}"


@compiles(matches_wildcard, "postgresql")
def _matches_on_postgresql(element: matches_wildcard, compiler: SQLCompiler, **keywords: Any) -> str:
    column, pattern = _two(element, compiler, keywords)
    return f"{column} LIKE {pattern} ESCAPE '\\'"


@compiles(contains_member, "sqlite")
def _contains_on_sqlite(element: contains_member, compiler: SQLCompiler, **keywords: Any) -> str:
    column, member = _two(element, compiler, keywords)
    return f"instr('\\' || {column} || '\\', '\\' || {member} || '\\') > 0"


@compiles(contains_member, "postgresql")
def _contains_on_postgresql(element: contains_member, compiler: SQLCompiler, **keywords: Any) -> str:
    column, member = _two(element, compiler, keywords)
    return f"{member} = ANY (string_to_array({column}, '\\'))"


@compiles(unindexed, "sqlite")
def _unindexed_on_sqlite(element: unindexed, compiler: SQLCompiler, **keywords: Any) -> str:
    return "+" + compiler.process(element.clauses, **keywords).strip("()")


@compiles(unindexed, "postgresql")
def _unindexed_on_postgresql(element: unindexed, compiler: SQLCompiler, **keywords: Any) -> str:
    return compiler.process(element.clauses, **keywords).strip("()")
