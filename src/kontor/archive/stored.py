"""From stored records back to what intake once held: for replay, rebuild and promotion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontor.archive.header_extent import header_length
from kontor.archive.model import Place, Receipt
from kontor.dicom.reading import Scanner
from kontor.dicom.values import Uid
from kontor.platform.blobs import RecordKind, SegmentId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontor.archive.instance_rows import StoredObject
    from kontor.platform.blobs import Record, SegmentStore

    OrganisationId = Callable[[str], int]


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class ActRecord:
    """A decision that stands in a segment, so that a rebuilt index repeats it.

    Attributes:
        act: its name; `details` are its facts.
        at_us: when it was decided; orders it among objects.
    """

    org_id: int
    organisation: str
    act: str
    details: Mapping[str, str]
    at_us: int
    segment: str
    previous_end: int
    record_end: int

    @property
    def order(self) -> tuple[int, str]:
        """The order in which objects and acts are repeated; an act follows objects of the same instant."""
        return (self.at_us, "~")


def from_record(
    segments: SegmentStore, organisation_id: OrganisationId, segment: str, record: Record
) -> Receipt | ActRecord:
    """Return what a valid record holds.

    Raises:
        DicomRefusal: a stored object is not one any more.
        CorruptRecord: its bytes are gone.
    """
    facts = record.facts
    organisation = str(facts["organisation"])
    if record.kind is RecordKind.ACT:
        return ActRecord(
            organisation_id(organisation),
            organisation,
            str(facts["act"]),
            {name: str(value) for name, value in facts.items()},
            int(facts["at_us"] or 0),
            segment,
            record.previous_end,
            record.end,
        )
    offset = record.body_offset + record.dataset_offset
    return scanned(
        segments,
        place=Place(segment, offset, record.body_length - record.dataset_offset),
        syntax=Uid(str(facts["transfer_syntax"])),
        digest=record.digest,
        org_id=organisation_id(organisation),
        organisation=organisation,
        origin=str(facts["origin"]),
        received_at_us=int(facts["received_at_us"] or 0),
        notes=tuple(note for note in str(facts["notes"]).split("\\") if note),
        bounds=(record.previous_end, record.end),
    )


def from_place(segments: SegmentStore, org_id: int, stored: StoredObject, notes: str = "") -> Receipt:
    """Return an admitted object as if it had just been received. It holds no place in continuity."""
    return scanned(
        segments,
        place=stored.place,
        syntax=Uid(stored.transfer_syntax_uid),
        digest=stored.digest,
        org_id=org_id,
        organisation="",
        origin=stored.origin,
        received_at_us=stored.received_at,
        notes=tuple(note for note in notes.split("\\") if note),
        bounds=(0, 0),
    )


def scanned(
    segments: SegmentStore,
    *,
    place: Place,
    syntax: Uid,
    digest: str,
    org_id: int,
    organisation: str,
    origin: str,
    received_at_us: int,
    notes: tuple[str, ...],
    bounds: tuple[int, int],
) -> Receipt:
    """Scan a stored data set and return its receipt."""
    scanner = Scanner(syntax)
    for piece in segments.stream(SegmentId(place.segment), place.offset, place.length):
        scanner.feed(piece)
    scan = scanner.finish()
    return Receipt(
        org_id=org_id,
        organisation=organisation,
        origin=origin,
        header=scan.header,
        transfer_syntax=syntax,
        digest=digest,
        place=place,
        header_length=header_length(scan, syntax),
        notes=notes or scan.notes,
        received_at_us=received_at_us,
        previous_end=bounds[0],
        record_end=bounds[1],
    )
