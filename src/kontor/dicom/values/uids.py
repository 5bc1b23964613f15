"""Unique identifiers, PS3.5 section 9, and which SOP classes Kontor keeps, PS3.4 annex B."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NewType

from kontor.dicom.dictionary import storage_classes, uid_entry

Uid = NewType("Uid", str)
"""A UID without padding, digits and dots, 1 to 64 characters."""

UID_LENGTH_MAX: Final = 64
MEDIA_STORAGE_DIRECTORY: Final = Uid("1.2.840.10008.1.3.10")
_STANDARD_ROOT: Final = "1.2.840.10008."
_FORM: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")


class InvalidUid(ValueError):
    """The text is not a UID; its message never repeats the text, which may come from a stranger."""


def parse_uid(text: str) -> Uid:
    """A UID from text as found on the wire; padding (NUL, space) around it is dropped.

    Leading zeros of a component are tolerated, because modalities send them and the bytes are kept as they are.

    Raises:
        InvalidUid: empty, longer than 64 characters, or other characters than digits between dots.
    """
    stripped = text.strip(" \0")
    if not stripped:
        raise InvalidUid("empty UID")
    if len(stripped) > UID_LENGTH_MAX:
        raise InvalidUid("UID longer than 64 characters")
    if _FORM.fullmatch(stripped) is None:
        raise InvalidUid("UID with other characters than digits and dots")
    return Uid(stripped)


class StorageKind(Enum):
    """What a SOP class is to an archive."""

    STANDARD = "standard"
    RETIRED = "retired"
    PRIVATE = "private"
    UNREGISTERED = "unregistered"  # below the standard's root, but newer than our dictionary
    NOT_STORAGE = "not-storage"  # registered, and not a composite object one can keep


def storage_kind(sop_class: str) -> StorageKind:
    """Tell storage classes of the dictionary, private ones and such that are no storage apart."""
    if sop_class in storage_classes():
        entry = uid_entry(sop_class)
        return StorageKind.RETIRED if entry is not None and entry.retired else StorageKind.STANDARD
    if uid_entry(sop_class) is not None:
        return StorageKind.NOT_STORAGE
    return StorageKind.UNREGISTERED if sop_class.startswith(_STANDARD_ROOT) else StorageKind.PRIVATE


def is_storage_class(sop_class: str) -> bool:
    """Whether the dictionary knows the class as composite storage, retired or not."""
    return sop_class in storage_classes()


def accepts_storage(sop_class: str, *, private: bool = True, unregistered: bool = True) -> bool:
    """The policy of a storage provider: every known storage class, others by choice, a DICOMDIR never."""
    kind = storage_kind(sop_class)
    if kind is StorageKind.PRIVATE:
        return private
    if kind is StorageKind.UNREGISTERED:
        return unregistered
    return kind is not StorageKind.NOT_STORAGE
