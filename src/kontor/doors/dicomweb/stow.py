"""STOW-RS, PS3.18 section 10.5: parts to intake, outcomes to the answer. No object is held whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kontor.archive import ExpectedUids, Origin, Outcome, admit_each, receive
from kontor.dicom.reading import DicomRefusal, Part10Prefix
from kontor.doors.dicomweb.addresses import path_uid, service_root
from kontor.doors.dicomweb.media_types import ANYTHING, DICOM, DICOM_JSON, OCTETS, parse_media_type
from kontor.doors.dicomweb.stow_answer import Failure, Kept, StowAnswer
from kontor.doors.http import Answer, CallerGone, Problem, boundary_of, read_related
from kontor.doors.store_statuses import answer_to_error, answer_to_outcome
from kontor.platform.blobs import BlobError
from kontor.platform.database import DatabaseUnavailable

if TYPE_CHECKING:
    from kontor.archive import Receipt
    from kontor.dicom.values import Uid
    from kontor.doors.http import Call

ADMITTED_TOGETHER: Final = 64
"""Objects that share a transaction; a longer request becomes visible while it still arrives."""

_LOOKED_AT_MAX: Final = 1 << 18


def store(call: Call) -> Answer:
    """POST /studies and POST /studies/{study}: keep every part that is an object, and tell about each.

    Answers 200 when all are kept, 202 when some are or with warnings, 409 when none is; 400, 413 or 415 when the body
    itself cannot be used.
    """
    study = path_uid(call, "study") if "study" in call.request.path_params else None
    answer = StowAnswer(service_root(call))
    waiting: list[Receipt] = []
    try:
        for part in _parts(call):
            _keep(call, part, study, answer, waiting)
            if len(waiting) >= ADMITTED_TOGETHER:
                _admit(call, answer, waiting)
    except Problem:  # the body breaks off or breaks a limit: what came whole before is kept, and told
        _admit(call, answer, waiting)
        if not answer.stored:
            raise
        answer.failures.append(Failure.unreadable())
    _admit(call, answer, waiting)
    if not answer.stored and not answer.failures:
        raise Problem("malformed-multipart", "the body holds no part")
    body = answer.encode(study)
    return Answer(
        body, answer.status, DICOM_JSON, {"cache-control": "private, no-store"}, subject=answer.subject(study)
    )


def _parts(call: Call) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Content type and content of each part; a body that is one object counts as one part."""
    content = parse_media_type(call.header("content-type"))
    if content.name == DICOM:
        yield DICOM, call.chunks()
        return
    if not content.is_multipart or content.content not in {DICOM, OCTETS, ANYTHING}:
        raise Problem("media-type", f'multipart/related; type="{DICOM}", or {DICOM}')
    for part in read_related(call.chunks(), boundary_of(call.header("content-type"))):
        yield part.content_type, iter(part)


def _keep(
    call: Call,
    part: tuple[str, Iterator[bytes]],
    study: Uid | None,
    answer: StowAnswer,
    waiting: list[Receipt],
) -> None:
    content_type, chunks = part
    if parse_media_type(content_type).name not in {"", DICOM, OCTETS}:
        answer.failures.append(Failure.unreadable())
        return
    origin = Origin("dicomweb", actor=call.scope.actor.name, address=call.address)
    watched = _Watched(chunks)
    expected = ExpectedUids(study_instance_uid=study)
    try:
        waiting.append(receive(call.archive, call.scope, origin, watched, expected=expected))
    except (Problem, CallerGone):
        raise  # the body's own end, not the object's fault
    except Exception as error:  # one object must not cost the others their answer
        if isinstance(error, BlobError) and not answer.stored and not waiting:
            raise  # the door says 507 or 503, so that the sender tries again
        answer.failures.append(Failure(answer_to_error(error).status, *watched.announced()))


def _admit(call: Call, answer: StowAnswer, waiting: list[Receipt]) -> None:
    receipts = waiting.copy()
    waiting.clear()
    try:
        outcomes = admit_each(call.archive, receipts)
    except DatabaseUnavailable as error:
        if not answer.stored:
            raise  # nothing is told yet: the door says 503
        outcomes = [error] * len(receipts)
    for receipt, outcome in zip(receipts, outcomes, strict=True):
        named = (receipt.header.sop_class_uid, receipt.header.sop_instance_uid)
        if isinstance(outcome, Exception):
            answer.failures.append(Failure(answer_to_error(outcome).status, *named))
        elif outcome.outcome is Outcome.UNINDEXABLE:
            answer.failures.append(Failure(answer_to_outcome(outcome.outcome).status, *named))
        else:
            answer.stored.append(Kept.of(outcome))


class _Watched:
    """A part's bytes on their way to intake; the file's meta information is read along, to name what was refused."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._begun = bytearray()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            if len(self._begun) < _LOOKED_AT_MAX:
                self._begun += chunk[:_LOOKED_AT_MAX]
            yield chunk

    def announced(self) -> tuple[str, str]:
        """SOP Class and SOP Instance UID of the meta information, '' where it says none."""
        prefix = Part10Prefix(lenient=True)
        try:
            prefix.feed(bytes(self._begun))
            return prefix.meta.sop_class_uid, prefix.meta.sop_instance_uid
        except DicomRefusal:
            return "", ""
