"""What travels through intake and admission. Values only: valid once made, never changed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontor.dicom.reading import Header
    from kontor.dicom.values import Uid


@dataclass(frozen=True, slots=True)
class Origin:
    """Who brought an object, and by which door. It is kept with the bytes.

    Attributes:
        door: dimse | dicomweb | api | files
        actor: name of the peer, account or operating system user
        address: network address, empty for files
        calling_ae, called_ae: AE titles of the association, empty elsewhere
    """

    door: str
    actor: str = ""
    address: str = ""
    calling_ae: str = ""
    called_ae: str = ""

    def as_json(self) -> str:
        """Return the text that the index keeps."""
        return _origin_text(self)


@lru_cache(maxsize=256)  # an association's objects have one origin
def _origin_text(origin: Origin) -> str:
    return json.dumps({key: value for key, value in asdict(origin).items() if value}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class ExpectedUids:
    """What the sender said about the object before its bytes: a C-STORE command, or a STOW-RS address."""

    sop_class_uid: Uid | None = None
    sop_instance_uid: Uid | None = None
    study_instance_uid: Uid | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object's data set lies: `offset` and `length` in bytes inside a segment."""

    segment: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Receipt:
    """An object that is durable in a segment and not yet in the index.

    Attributes:
        header_length: bytes of the data set before its pixel data, None without pixel data.
        notes: names of tolerated deviations.
        previous_end, record_end: where the record before it and where this record ended in the segment.
    """

    org_id: int
    organisation: str
    origin: str
    header: Header
    transfer_syntax: Uid
    digest: str
    place: Place
    header_length: int | None
    notes: tuple[str, ...]
    received_at_us: int
    previous_end: int
    record_end: int

    @property
    def segment(self) -> str:
        """The segment it lies in."""
        return self.place.segment

    @property
    def order(self) -> tuple[int, str]:
        """The order that decides who is first, whatever order transactions commit in."""
        return (self.received_at_us, self.digest)


class Outcome(StrEnum):
    """What admission made of an object."""

    NEW = "new"
    REPEATED = "repeated"  # the same bytes again: nothing changed
    VARIANT = "variant"  # other bytes under a known SOP Instance UID: kept beside the first
    UNINDEXABLE = (
        "unindexable"  # the index cannot hold its values; nobody sees it, and sending it again changes nothing
    )


class Identity(StrEnum):
    """How sure the archive is whose study this is (`clinical.md` 11.1)."""

    RESOLVED = "resolved"
    PROVISIONAL = "provisional"  # no Patient ID: bound to its study
    UNRESOLVED = "unresolved"  # the ID or the study belongs to another person already


@dataclass(frozen=True, slots=True)
class Admission:
    """What happened to one receipt."""

    receipt: Receipt
    outcome: Outcome
    identity: Identity = Identity.RESOLVED
    note: str = ""
