"""Errors of rooms as problems: the one table in which HTTP speaks about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kontor.access import (
    AlreadyThere,
    AuditUnwritable,
    Forbidden,
    Inadmissible,
    LastAdministrator,
    LoginThrottled,
    NoSuchRow,
    SessionExpired,
    Unauthenticated,
    UnknownToken,
    WrongCredentials,
)
from kontor.doors.http.problems import FieldProblem, Problem
from kontor.platform.database import DatabaseUnavailable

Translation = Callable[[Exception], Problem]
_RETRY_AFTER_S: Final = 5


def becomes(code: str, *, retry_after_s: int | None = None) -> Translation:
    """Every error of a class is the same problem."""
    return lambda _error: Problem(code, retry_after_s=retry_after_s)


def _inadmissible(error: Exception) -> Problem:
    assert isinstance(error, Inadmissible)
    return Problem("inadmissible", fields=(FieldProblem(error.field, error.reason),))


def _throttled(error: Exception) -> Problem:
    assert isinstance(error, LoginThrottled)
    return Problem("too-many-attempts", retry_after_s=error.retry_after_s)


def _forbidden(error: Exception) -> Problem:
    assert isinstance(error, Forbidden)
    return Problem("right-missing", right=error.right)


COMMON: Final[Mapping[type[Exception], Translation]] = {
    Unauthenticated: becomes("not-signed-in"),
    SessionExpired: becomes("session-expired"),
    UnknownToken: becomes("unknown-token"),
    WrongCredentials: becomes("wrong-credentials"),
    LoginThrottled: _throttled,
    Forbidden: _forbidden,
    NoSuchRow: becomes("not-found"),
    AlreadyThere: becomes("name-taken"),
    Inadmissible: _inadmissible,
    LastAdministrator: becomes("last-administrator"),
    AuditUnwritable: becomes("audit-unwritable", retry_after_s=_RETRY_AFTER_S),
    DatabaseUnavailable: becomes("unavailable", retry_after_s=_RETRY_AFTER_S),
}


def translate(error: Exception, translations: Mapping[type[Exception], Translation]) -> Problem | None:
    """The problem that an error becomes, by its most specific class; None for what nobody foresaw."""
    if isinstance(error, Problem):
        return error
    for kind in type(error).__mro__:
        translation = translations.get(kind) or COMMON.get(kind)
        if translation is not None:
            return translation(error)
    return None
