"""Problems over HTTP, RFC 9457: one catalogue of codes with status, texts for people and a hint for programs.

A code never changes its meaning. Texts never repeat what the caller sent, so that no answer can carry a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from kontor.doors.http.problem_catalogue import CATALOGUE, Kind

PROBLEM_JSON: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:kontor:problem:"


class FieldProblem(msgspec.Struct, frozen=True):
    """What is wrong with one field or parameter of the request."""

    field: str
    reason: str


class ProblemView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every refusal. `code` is for programs, `title`, `detail` and `remedy` are for people."""

    type: str
    code: str
    title: str
    status: int
    repeatable: bool | msgspec.UnsetType = msgspec.UNSET
    detail: str = ""
    remedy: str = ""
    instance: str = ""  # names the incident of a 5xx; it stands in the log
    fields: list[FieldProblem] = []
    retry_after_s: int | None = None
    right: str = ""
    present: dict[str, Any] = {}  # what stands there now, where that is why the call was refused


class Problem(Exception):
    """Raised by a door to refuse a call. Becomes `application/problem+json`."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        fields: tuple[FieldProblem, ...] = (),
        retry_after_s: int | None = None,
        right: str = "",
        present: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.kind: Kind = CATALOGUE[code]
        self.detail = detail
        self.fields = fields
        self.retry_after_s = retry_after_s
        self.right = right
        self.present = dict(present or {})
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """Status, headers and body of a refusal, ready for any server."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def problem_answer(problem: Problem, language: str, incident: str = "") -> ProblemAnswer:
    """Phrase a problem in 'de' or 'en'."""
    kind = problem.kind
    view = ProblemView(
        type=TYPE_PREFIX + kind.code,
        code=kind.code,
        title=kind.title(language),
        status=kind.status,
        repeatable=kind.repeatable,
        detail=problem.detail,
        remedy=kind.remedy(language),
        instance=f"urn:kontor:incident:{incident}" if incident else "",
        fields=list(problem.fields),
        retry_after_s=problem.retry_after_s,
        right=problem.right,
        present=problem.present,
    )
    headers = {"content-type": PROBLEM_JSON, "content-language": language, **problem.headers}
    if problem.retry_after_s is not None:
        headers["retry-after"] = str(problem.retry_after_s)
    if kind.status == 401:
        headers["www-authenticate"] = 'Bearer realm="kontor"'
    return ProblemAnswer(kind.status, msgspec.json.encode(view), headers)


def preferred_language(accept_language: str) -> str:
    """'de' or 'en' by an Accept-Language field, RFC 9110 12.5.4; 'en' when neither is asked for."""
    best, best_weight = "en", 0.0
    for item in accept_language[:200].split(","):
        tag, _, parameters = item.partition(";")
        language = tag.strip().lower()[:2]
        weight = _weight(parameters)
        if language in {"de", "en"} and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
