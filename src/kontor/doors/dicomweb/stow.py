"""STOW-RS, PS3.18 section 10.5: parts to intake, outcomes to the answer. No object is held whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kontor.archive import ExpectedUids, Origin, Outcome, admit, receive
from kontor.dicom.reading import DicomRefusal, Part10Prefix
from kontor.doors.dicomweb.addresses import path_uid, service_root
from kontor.doors.dicomweb.media_types import ANYTHING, DICOM, DICOM_JSON, OCTETS, parse_media_type
from kontor.doors.dicomweb.stow_answer import Failure, StowAnswer
from kontor.doors.http import Answer, Problem, boundary_of, read_related
from kontor.platform.blobs import BlobError

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
    try:
        waiting.append(
            receive(call.archive, call.scope, origin, watched, expected=ExpectedUids(study_instance_uid=study))
        )
    except DicomRefusal as refusal:
        answer.failures.append(Failure.refused(refusal.code, *watched.announced()))
    except BlobError as error:
        if not answer.stored and not waiting:
            raise  # the door says 507 or 503, so that the sender tries again
        answer.failures.append(Failure.not_kept(error, *watched.announced()))


def _admit(call: Call, answer: StowAnswer, waiting: list[Receipt]) -> None:
    for admission in admit(call.archive, waiting):
        if admission.outcome is Outcome.UNINDEXABLE:
            header = admission.receipt.header
            answer.failures.append(
                Failure.refused(admission.outcome.value, header.sop_class_uid, header.sop_instance_uid)
            )
            continue
        answer.stored.append(admission)
    waiting.clear()


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
