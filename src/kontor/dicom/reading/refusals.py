"""Why a stream is not kept: one class a reason, each with the code that doors and logs show.

DicomRefusal
├── NotDicom            not-dicom
├── DicomDirectory      dicomdir              an index of files, no object
├── Malformed           malformed             unreadable before its UIDs were known
├── Truncated           truncated             ended before its UIDs were known
├── TooDeep             too-deep              sequences nested beyond the limit
├── TooLarge            too-large             more elements or inflated bytes than the limits allow
├── MissingUid          missing-sop-class | missing-sop-instance | missing-study | missing-series
└── BadUid              bad-uid
"""

from __future__ import annotations

from typing import ClassVar, Final

REASON_LENGTH_MAX: Final = 64
"""Error Comment (0000,0902) is LO: 64 characters, PS3.7 annex C."""


class DicomRefusal(Exception):
    """The stream is not an object Kontor keeps. `reason` is text of at most 64 characters, without values."""

    code: ClassVar[str] = "malformed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason[:REASON_LENGTH_MAX]


class NotDicom(DicomRefusal):
    """The bytes are no DICOM data set at all."""

    code = "not-dicom"


class DicomDirectory(DicomRefusal):
    """A DICOMDIR: the index of a medium, not an object (PS3.10 section 8.6)."""

    code = "dicomdir"


class Malformed(DicomRefusal):
    """The encoding broke before the object's UIDs were known."""

    code = "malformed"


class Truncated(DicomRefusal):
    """The stream ended before the object's UIDs were known."""

    code = "truncated"


class TooDeep(DicomRefusal):
    """Sequences are nested deeper than the limit."""

    code = "too-deep"


class TooLarge(DicomRefusal):
    """More elements, or more bytes after inflating, than the limits allow."""

    code = "too-large"


class MissingUid(DicomRefusal):
    """One of the four UIDs that place an object is absent or empty; `code` says which."""

    def __init__(self, which: str) -> None:
        super().__init__(f"{_UID_NAMES[which]} is missing")
        self.code = f"missing-{which}"  # type: ignore[misc]  # the only refusal whose code depends on the case


class BadUid(DicomRefusal):
    """One of the four UIDs is not made of digits and dots, or is longer than 64 characters."""

    code = "bad-uid"

    def __init__(self, which: str) -> None:
        super().__init__(f"{_UID_NAMES[which]} is not a valid UID")


_UID_NAMES: Final = {
    "sop-class": "SOP Class UID",
    "sop-instance": "SOP Instance UID",
    "study": "Study Instance UID",
    "series": "Series Instance UID",
}
