"""What a sender is told of its object, in the statuses of C-STORE (PS3.4 B.2.3): the one table of all doors that store.

STOW-RS has the same codes as failure reasons (PS3.18 I.2.2), so that both doors judge an object alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kontor.access import AccessError, Forbidden
from kontor.archive import ArchiveError
from kontor.archive import Outcome as AdmissionOutcome
from kontor.dicom.network import Status
from kontor.dicom.reading import DicomRefusal
from kontor.platform.blobs import BlobError, StorageFull
from kontor.platform.database import DatabaseError
from kontor.platform.log import fault_of, get_logger

_log: Final = get_logger("doors")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status of a response, with a comment of at most 64 characters and a stable word for the log."""

    status: Status
    comment: str = ""
    word: str = ""


_DEFECT: Final = Answer(Status.PROCESSING_FAILURE, "A defect of this archive; its log says more", "defect")
_MISMATCHED: Final = frozenset(
    {"uid-mismatch", "bad-uid", "missing-sop-class", "missing-sop-instance", "missing-study", "missing-series"}
)
_OUTCOMES: Final[Mapping[AdmissionOutcome, Answer]] = {
    AdmissionOutcome.NEW: Answer(Status.SUCCESS),
    AdmissionOutcome.REPEATED: Answer(Status.SUCCESS),
    AdmissionOutcome.VARIANT: Answer(
        Status.COERCION, "Kept beside other bytes with the same SOP Instance UID", "variant"
    ),
    AdmissionOutcome.UNINDEXABLE: Answer(
        Status.CANNOT_UNDERSTAND, "The index cannot hold values of this object", "unindexable"
    ),
}


def answer_to_outcome(outcome: AdmissionOutcome) -> Answer:
    """What a sender is told of an object that is kept. Nothing is said earlier than that."""
    return _OUTCOMES[outcome]


def answer_to_error(error: Exception) -> Answer:
    """What a sender is told of an object that is not kept.

    A700 is the only status after which senders repeat by themselves, so it stands for everything that passes. What
    nobody foresaw is a defect of ours: it is told as one and stands in the log with its place.
    """
    match error:
        case DicomRefusal(code="not-storage"):
            return Answer(Status.SOP_CLASS_NOT_SUPPORTED, error.reason, error.code)
        case DicomRefusal(code=code) if code in _MISMATCHED:
            return Answer(Status.DATA_SET_MISMATCH, error.reason, code)
        case DicomRefusal():
            return Answer(Status.CANNOT_UNDERSTAND, error.reason, error.code)
        case Forbidden():
            return Answer(Status.NOT_AUTHORISED, "This peer may not store", "forbidden")
        case StorageFull():
            return Answer(Status.OUT_OF_RESOURCES, "The storage is full", "storage-full")
        case BlobError():
            return Answer(Status.OUT_OF_RESOURCES, "The storage is not available", "storage-unavailable")
        case DatabaseError():
            return Answer(Status.OUT_OF_RESOURCES, "The database is not available", "database-unavailable")
        case AccessError():
            return Answer(Status.OUT_OF_RESOURCES, "The audit cannot be written", "audit-unwritable")
        case ArchiveError():
            return Answer(Status.OUT_OF_RESOURCES, "The object cannot be indexed now", "not-indexed")
        case _:
            _log.error("object failed", fault=fault_of(error))
            return _DEFECT
