"""/api/v1/…/enclosed: the document or video that an object carries, whole or by ranges, never as a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import Right
from kontor.archive import Enclosed, Selection, give, locate
from kontor.doors.api.addresses import path_uid
from kontor.doors.api.study_views import FrameKey
from kontor.doors.http import WHOLE, Answer, Endpoint, Problem, asked_range

if TYPE_CHECKING:
    from kontor.doors.http import Call

_POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Whoever opens the address itself gets a file to save; should a browser show it nevertheless, nothing in it runs."""


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table. The archive audits before it gives."""
    return (
        Endpoint(
            "GET", "/studies/{study}/series/{series}/instances/{sop}/enclosed", _enclosed, Right.READ, "getEnclosed",
            "The document or video of an object, by ranges; its type is told by its bytes", query=FrameKey,
            media_type="application/octet-stream",
            problems=("not-found", "images-changed", "range-not-satisfiable"),
        ),
    )  # fmt: skip


def _enclosed(call: Call) -> Answer:
    wanted = Selection(path_uid(call, "study"), path_uid(call, "series"), path_uid(call, "sop"))
    form = Enclosed()
    found = locate(call.archive, call.scope, wanted, form)
    digest = call.query(FrameKey).digest
    if digest and found[0].digest != digest:  # a range of it would continue another document
        raise Problem("images-changed")
    parts = give(call.archive, found, form)
    part = next(iter(parts))
    assert part.length is not None
    assert part.open_range is not None
    headers = {
        "etag": parts.etag,
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache",
        "content-disposition": "attachment",
        "content-security-policy": _POLICY,
    }
    if call.header("if-none-match") == parts.etag:
        return Answer(status=304, headers=headers)
    asked = asked_range(call, part.length, parts.etag)
    if asked == WHOLE:
        headers["content-length"] = str(part.length)
        return Answer(part.chunks, media_type=part.media_type, headers=headers)
    start, stop = asked
    headers |= {"content-range": f"bytes {start}-{stop - 1}/{part.length}", "content-length": str(stop - start)}
    return Answer(part.open_range(start, stop - start), 206, part.media_type, headers)
