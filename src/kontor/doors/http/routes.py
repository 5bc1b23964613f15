"""The route table: one row an endpoint, from which routing, permission checks, audit and OpenAPI all come."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import msgspec

    from kontor.access import Act, Right
    from kontor.doors.http.calls import Answer, Call, Decoding
    from kontor.doors.http.problems import Problem

JSON: Final = "application/json"
SMALL_BODY: Final = 64 * 1024
"""Bytes of a request body that is decoded whole; bodies that stream say so in their row."""


Handler = Callable[["Call"], "Answer | Decoding"]


class Entry(Enum):
    """Who may call an endpoint that asks for no particular right."""

    ANYBODY = "anybody"  # login, liveness, the API document
    SIGNED_IN = "signed-in"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method on one path.

    `handler` is called in a worker thread and may block; an `async` one (event streams) runs on the loop.
    `requires` is checked before anything of the body is read. `act`, if given, is audited and committed after the
    handler has its answer and before the first byte of it leaves.
    """

    method: str
    path: str  # '/studies/{study}', below the door's prefix
    handler: Handler | Callable[[Call], Awaitable[Answer]]
    requires: Right | Entry
    operation: str  # operationId: camelCase, unique over all doors
    summary: str
    query: type[msgspec.Struct] | None = None
    body: type[msgspec.Struct] | None = None
    answer: Any = None  # a type that msgspec can describe; None: no content or bytes
    status: int = 200
    media_type: str = JSON  # of the answer
    act: Act | None = None
    once_within_s: float = 0.0  # one audit row for the same act on the same subject in so many seconds
    background: bool = False  # does not keep a session alive
    body_limit: int | None = SMALL_BODY  # bytes; None: streamed, the handler limits it
    problems: tuple[str, ...] = ()  # codes that this endpoint adds to those that every one may give
    tag: str = ""

    @property
    def is_coroutine(self) -> bool:
        """Whether the handler runs on the loop."""
        return inspect.iscoroutinefunction(self.handler)


@dataclass(frozen=True, slots=True)
class Door:
    """One family of endpoints under one prefix, with the problems its rooms' errors become.

    `translations`: error class → function to a Problem; the most specific class wins. `name` labels metrics.
    """

    name: str
    prefix: str
    endpoints: Sequence[Endpoint]
    translations: Mapping[type[Exception], Callable[[Exception], Problem]]
