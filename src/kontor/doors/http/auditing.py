"""What the audit hears of a call: what was done, what was tried without success, what was refused, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from kontor.access import Act, AuditUnwritable, Forbidden, Outcome, Right, record, record_once, record_stranger
from kontor.doors.http.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request

    from kontor.access import Access, Scope
    from kontor.doors.http.calls import Answer, Call
    from kontor.doors.http.routes import Endpoint

STRANGE: Final = frozenset({"not-signed-in", "session-expired", "unknown-token", "csrf", "bad-host"})
"""Refusals of callers that nobody knows, or that are not who they seem to be."""

_FAILED: Final = 400


def audit_answer(endpoint: Endpoint, call: Call, answer: Answer) -> None:
    """Record the endpoint's act before any of its answer leaves. Raises AuditUnwritable."""
    if endpoint.act is None:
        return
    subject = answer.subject if answer.subject is not None else _subject_of(call.request.path_params)
    if endpoint.once_within_s:
        record_once(call.access, call.scope, endpoint.act, subject, endpoint.once_within_s, address=call.address)
    else:
        outcome = Outcome.SUCCESS if (answer.status or endpoint.status) < _FAILED else Outcome.FAILURE
        record(call.access, call.scope, endpoint.act, subject, outcome, address=call.address, **answer.detail)


def audit_failure(endpoint: Endpoint, call: Call, error: Exception) -> None:
    """Record what was tried without success; where the archive audits reading itself, what never reached it."""
    act = _act_of(endpoint)
    if act is None or (endpoint.act is None and not isinstance(error, Problem)):
        return
    reason = error.kind.code if isinstance(error, Problem) else type(error).__name__
    outcome = Outcome.REFUSED if isinstance(error, Forbidden) else Outcome.FAILURE
    with suppress(AuditUnwritable):  # nothing leaves anyhow
        subject = _subject_of(call.request.path_params)
        record(call.access, call.scope, act, subject, outcome, address=call.address, reason=reason)


def audit_refusal(access: Access, scope: Scope, endpoint: Endpoint, request: Request) -> None:
    """Record that somebody known lacks the right. Raises AuditUnwritable."""
    act = _act_of(endpoint)
    if act is not None:
        record(access, scope, act, _subject_of(request.path_params), Outcome.REFUSED)


def is_strange(endpoint: Endpoint, problem: Problem) -> bool:
    """Whether somebody unknown tried to get in. Asking who one is, as the login page does, is no attempt."""
    asks_only = problem.kind.code == "not-signed-in" and not isinstance(endpoint.requires, Right)
    return problem.kind.code in STRANGE and not asks_only


def audit_stranger(access: Access, address: str, problem: Problem, method: str, path: str) -> None:
    """Record such an attempt, within a stranger's limits."""
    record_stranger(access, Act.CALL, address, problem.kind.code, address=address, method=method, path=path)


def _act_of(endpoint: Endpoint) -> Act | None:
    return endpoint.act or (Act.READ if endpoint.requires is Right.READ else None)


def _subject_of(parameters: Mapping[str, Any]) -> str:
    return "/".join(str(value) for value in parameters.values())
