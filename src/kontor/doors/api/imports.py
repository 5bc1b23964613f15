"""/api/v1/imports: files that a person chose in the browser, several in one request, each with its own answer.

STOW-RS (PS3.18 10.5) tells neither which part was refused nor what was there already; whoever uploads a medium must
know both. The files' names stay with the person: parts are told apart by their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kontor.access import Act, Right, record_once
from kontor.archive import Origin, Outcome, admit_each, receive
from kontor.dicom.reading import DicomRefusal
from kontor.doors.api.import_views import ImportAnswer, ImportedAs, ImportedFile
from kontor.doors.http import Answer, Endpoint, Problem, boundary_of, read_related
from kontor.doors.store_statuses import answer_to_error

if TYPE_CHECKING:
    from kontor.archive import Receipt
    from kontor.doors.http import Call

ADMITTED_TOGETHER: Final = 32
"""Objects that share a transaction, as in `kontor import`."""

_FILES: Final = "files"
_KEPT: Final[Mapping[Outcome, ImportedAs]] = {
    Outcome.NEW: "new",
    Outcome.REPEATED: "repeated",
    Outcome.VARIANT: "variant",
}
_ONE_AUDIT_ROW_WITHIN_S: Final = 3600.0


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    return (
        Endpoint(
            "POST", "/imports", _import, Right.IMPORT, "importFiles",
            "Keep DICOM files, the parts of a multipart/related body; one outcome each",
            answer=ImportAnswer, body_limit=None,
            problems=("malformed-multipart", "body-too-slow", "storage-full", "too-many-requests", "media-type"),
        ),
    )  # fmt: skip


@dataclass(slots=True)
class _Taken:
    """Outcomes by the number of their part, and what is received and waits for its admission."""

    outcomes: dict[int, ImportedFile] = field(default_factory=dict)
    waiting: list[tuple[int, Receipt]] = field(default_factory=list)

    def in_order(self) -> list[ImportedFile]:
        return [self.outcomes[number] for number in sorted(self.outcomes)]


def _import(call: Call) -> Answer:
    """Nothing is answered before everything received is admitted: what is told as kept is kept (`contract.md` 1.1)."""
    parts = read_related(call.chunks(), boundary_of(call.header("content-type")))
    taken = _Taken()
    try:
        for number, part in enumerate(parts):
            _take(call, taken, number, iter(part))
            if len(taken.waiting) >= ADMITTED_TOGETHER:
                _admit(call, taken)
    finally:  # the line broke or the storage is full: what came whole before is kept, and told when it comes again
        _admit(call, taken)
    if not taken.outcomes:
        raise Problem("malformed-multipart", "the body holds no part")
    return Answer(ImportAnswer(taken.in_order()), headers={"cache-control": "private, no-store"})


def _take(call: Call, taken: _Taken, number: int, chunks: Iterator[bytes]) -> None:
    origin = Origin(_FILES, actor=call.scope.actor.name, address=call.address)
    try:
        taken.waiting.append((number, receive(call.archive, call.scope, origin, chunks)))
    except DicomRefusal as refusal:
        taken.outcomes[number] = ImportedFile("refused", refusal.code)


def _admit(call: Call, taken: _Taken) -> None:
    waiting, taken.waiting = taken.waiting, []
    for (number, receipt), outcome in zip(
        waiting, admit_each(call.archive, [receipt for _, receipt in waiting]), strict=True
    ):
        if isinstance(outcome, Exception):
            taken.outcomes[number] = ImportedFile("refused", answer_to_error(outcome).word)
        elif (kept := _KEPT.get(outcome.outcome)) is None:
            taken.outcomes[number] = ImportedFile("refused", outcome.outcome.value)
        else:
            study = receipt.header.study_instance_uid
            record_once(call.access, call.scope, Act.IMPORT, study, _ONE_AUDIT_ROW_WITHIN_S, address=call.address)
            taken.outcomes[number] = ImportedFile(kept, study_instance_uid=study)
