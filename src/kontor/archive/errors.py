"""What can go wrong in the archive.

ArchiveError
├── NotThere             study, instance or variant that this scope does not see
├── NotPromotable        the variant is the primary already, or its bytes are gone
└── AdmissionFailed      rows contradicted each other more often than a race explains

Bytes that are no acceptable object are refused with `kontor.dicom.reading.DicomRefusal`, bytes that cannot be kept
with `kontor.platform.blobs.BlobError`, rows that cannot be written with `kontor.platform.database.DatabaseError`.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Base of this room's errors."""


class NotThere(ArchiveError):
    """Nothing of that name is visible under this scope."""


class NotPromotable(ArchiveError):
    """This variant cannot take the primary's place; the text says why."""


class AdmissionFailed(ArchiveError):
    """The object is kept in its segment but could not be indexed; replay will try again."""
