"""The web door's own trade: route table, authentication, problems, streaming. What is said through it, other doors say.

A door over HTTP (`/api/v1`, `/dicom-web`) is a `Door`: a prefix, rows of `Endpoint`, and a table from its rooms' errors
to problems. Its handlers are plain functions `(Call) -> Answer` in a worker thread:

- `call.scope` is who calls; the right of the row has been checked, the session or token as well.
- a row with `body_limit=None` streams: `call.chunks()` gives the body, `read_related(call.chunks(), boundary_of(…))`
  its parts while they arrive.
- `Answer(body=iterator)` streams out; `write_related(parts, boundary)` makes multipart/related.
- `Decoding(make)` is an answer that waits for a decoder: made and streamed in threads of their own.
- a row's `act` is audited, with `answer.subject`, before the first byte leaves.
- `raise Problem(code, detail)` refuses; errors of rooms are translated by `Door.translations` and the common table.
"""

from kontor.doors.http.application import create_app
from kontor.doors.http.authentication import session_cookie, still_allowed
from kontor.doors.http.byte_ranges import WHOLE, asked_range
from kontor.doors.http.calls import Answer, Buffer, Call, Decoding, inadmissible
from kontor.doors.http.media_types import MediaType, parse_media_type
from kontor.doors.http.openapi import openapi_document
from kontor.doors.http.problem_catalogue import CATALOGUE, Kind
from kontor.doors.http.problems import FieldProblem, Problem, ProblemView
from kontor.doors.http.related_reader import Part, RelatedLimits, boundary_of, read_related
from kontor.doors.http.related_writer import RelatedPart, new_boundary, related_content_type, write_related
from kontor.doors.http.routes import JSON, Door, Endpoint, Entry
from kontor.doors.http.security import is_https
from kontor.doors.http.settings import HttpSettings
from kontor.doors.http.translations import Translation, becomes
from kontor.doors.http.uploads import CallerGone

__all__ = [
    "CATALOGUE",
    "JSON",
    "WHOLE",
    "Answer",
    "Buffer",
    "Call",
    "CallerGone",
    "Decoding",
    "Door",
    "Endpoint",
    "Entry",
    "FieldProblem",
    "HttpSettings",
    "Kind",
    "MediaType",
    "Part",
    "Problem",
    "ProblemView",
    "RelatedLimits",
    "RelatedPart",
    "Translation",
    "asked_range",
    "becomes",
    "boundary_of",
    "create_app",
    "inadmissible",
    "is_https",
    "new_boundary",
    "openapi_document",
    "parse_media_type",
    "read_related",
    "related_content_type",
    "session_cookie",
    "still_allowed",
    "write_related",
]
