"""Errors of the archive and of reading as problems of /api/v1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from kontor.archive import (
    AdmissionFailed,
    FrameCutShort,
    FrameNotThere,
    NotConvertible,
    NotPromotable,
    NotRenderable,
    NotThere,
    UnusableCursor,
    ValueNotThere,
)
from kontor.doors.api.reading_shapes import claim_view, mark_view
from kontor.doors.http import FieldProblem, Problem, Translation, becomes
from kontor.platform.blobs import BlobError, StorageFull
from kontor.platform.sandbox import SandboxUnavailable
from kontor.reading import Claimed, MarkChanged


def _unusable_cursor(_error: Exception) -> Problem:
    return Problem("invalid-request", fields=(FieldProblem("after", "not from an answer to this question"),))


def _mark_changed(error: Exception) -> Problem:
    assert isinstance(error, MarkChanged)
    return Problem("mark-changed", present=msgspec.to_builtins(mark_view(error.current)))


def _claimed(error: Exception) -> Problem:
    assert isinstance(error, Claimed)
    return Problem("claimed", present=msgspec.to_builtins(claim_view(error.claim, own=False)))


TRANSLATIONS: Final[Mapping[type[Exception], Translation]] = {
    NotThere: becomes("not-found"),
    FrameCutShort: becomes("pixels-incomplete"),
    FrameNotThere: becomes("not-found"),
    ValueNotThere: becomes("not-found"),
    NotRenderable: becomes("not-decodable"),
    NotConvertible: becomes("not-decodable"),
    NotPromotable: becomes("conflict"),
    MarkChanged: _mark_changed,
    Claimed: _claimed,
    UnusableCursor: _unusable_cursor,
    AdmissionFailed: becomes("unavailable", retry_after_s=5),
    StorageFull: becomes("storage-full", retry_after_s=300),
    BlobError: becomes("unavailable", retry_after_s=5),
    SandboxUnavailable: becomes("unavailable", retry_after_s=5),
}
