"""One call through an HTTP door, as a handler sees it, and the answer that it gives back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from kontor.doors.http.problems import FieldProblem, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from kontor.access import Access, Scope
    from kontor.archive import Archive
    from kontor.doors.http.settings import HttpSettings
    from kontor.doors.http.uploads import UploadedBody

Wanted = TypeVar("Wanted", bound=msgspec.Struct)
Buffer = bytes | bytearray | memoryview
_ROW_MAX: Final = 2**63 - 1
Body = msgspec.Struct | bytes | Iterable[Buffer] | AsyncIterator[bytes] | None


@dataclass(slots=True)
class Answer:
    """What a handler gives back.

    `body`: a Struct (encoded as JSON), bytes, an iterable of buffers (streamed; it is asked for
    the next one only when the last has left, in a worker thread, and closed when the caller goes away), or None.
    `subject` names in the audit what the endpoint's act was done to; by default the path's parameters. `detail` stands
    beside it.
    """

    body: Body = None
    status: int | None = None  # None: the route table's
    media_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    subject: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decoding:
    """An answer that waits for a decoder: `make` gives it, called in threads of their own, where its body streams too.

    A handler gives this back after everything that is quick to refuse. Beyond a short queue the answer is `otherwise`,
    made at once, or, where there is none, the caller is told to come back.
    """

    make: Callable[[], Answer]
    otherwise: Callable[[], Answer] | None = None


@dataclass(slots=True)
class Call:
    """A checked call: authenticated, allowed, parameters decoded."""

    access: Access
    archive: Archive
    settings: HttpSettings
    request: Request
    address: str  # of the caller, '' if unknown
    known_scope: Scope | None  # None only where the route table lets anybody in
    decoded_query: msgspec.Struct | None = None
    decoded_body: msgspec.Struct | None = None
    upload: UploadedBody | None = None  # set where the route table says that the body streams
    session_cookie: str = ""
    set_headers: dict[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """Who calls. Only endpoints that ask for a right or a sign-in may read it."""
        if self.known_scope is None:
            raise Problem("not-signed-in")
        return self.known_scope

    def query(self, wanted: type[Wanted]) -> Wanted:
        """Parameters of the address, of the type that the route table names."""
        if not isinstance(self.decoded_query, wanted):
            raise TypeError(f"the route table does not decode {wanted.__name__}")
        return self.decoded_query

    def body(self, wanted: type[Wanted]) -> Wanted:
        """The body, of the type that the route table names."""
        if not isinstance(self.decoded_body, wanted):
            raise TypeError(f"the route table does not decode {wanted.__name__}")
        return self.decoded_body

    def path(self, name: str) -> str:
        """A parameter of the path, decoded, as text. One that holds NUL names nothing."""
        text = str(self.request.path_params[name])
        if "\x00" in text:
            raise Problem("not-found")
        return text

    def path_number(self, name: str) -> int:
        """A parameter of the path that is one of our numbers; anything else is not found."""
        text = self.path(name)
        if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= _ROW_MAX):
            raise Problem("not-found")
        return int(text)

    def query_pairs(self) -> list[tuple[str, str]]:
        """All parameters of the address as they came, repeated ones included."""
        return self.request.query_params.multi_items()

    def header(self, name: str) -> str:
        """A header field's value, '' if absent."""
        return self.request.headers.get(name, "")

    def chunks(self) -> Iterator[bytes]:
        """The body as it arrives. Blocks the worker thread; raises Problem when it stalls or is too large."""
        if self.upload is None:
            raise TypeError("the route table does not stream this body")
        return iter(self.upload)


def inadmissible(field_name: str, reason: str) -> Problem:
    """A value that is well-formed and cannot be used."""
    return Problem("inadmissible", fields=(FieldProblem(field_name, reason),))
