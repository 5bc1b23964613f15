"""What happens to an association (events) and what it asks for (commands): PS3.8 9.2.1.

Where an action of table 9-10 has two exits, the event is split here instead of the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from kontor.dicom.network.errors import AbortReason
from kontor.dicom.network.pdus import Abort, AssociateAc, AssociateRj, AssociateRq


class Event:
    """Something that the transport, the peer, the local user or the timer did."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class AssociateRequested(Event):
    """Evt1: the local user wants an association."""


@dataclass(frozen=True, slots=True)
class TransportConnected(Event):
    """Evt2: our connection is open; the request goes out."""

    request: AssociateRq


@dataclass(frozen=True, slots=True)
class AssociateAcReceived(Event):
    """Evt3."""

    pdu: AssociateAc


@dataclass(frozen=True, slots=True)
class AssociateRjReceived(Event):
    """Evt4."""

    pdu: AssociateRj


@dataclass(frozen=True, slots=True)
class TransportAccepted(Event):
    """Evt5: a peer has connected."""


@dataclass(frozen=True, slots=True)
class AssociateRqReceived(Event):
    """Evt6, acceptable to the provider."""

    pdu: AssociateRq


@dataclass(frozen=True, slots=True)
class UnacceptableAssociateRqReceived(Event):
    """Evt6, of a protocol version that the provider does not speak."""

    answer: AssociateRj


@dataclass(frozen=True, slots=True)
class AssociateAccepted(Event):
    """Evt7: the local user accepts."""

    pdu: AssociateAc


@dataclass(frozen=True, slots=True)
class AssociateRejected(Event):
    """Evt8: the local user rejects."""

    pdu: AssociateRj


@dataclass(frozen=True, slots=True)
class DataRequested(Event):
    """Evt9: the local user sends P-DATA, encoded already."""

    pdus: bytes


@dataclass(frozen=True, slots=True)
class PDataReceived(Event):
    """Evt10: a P-DATA-TF begins."""


@dataclass(frozen=True, slots=True)
class ReleaseRequested(Event):
    """Evt11: the local user wants to end the association."""


@dataclass(frozen=True, slots=True)
class ReleaseRqReceived(Event):
    """Evt12, where no release of ours is under way."""


@dataclass(frozen=True, slots=True)
class ReleaseCollidedAtRequestor(Event):
    """Evt12 while our own A-RELEASE-RQ is under way and we opened the association."""


@dataclass(frozen=True, slots=True)
class ReleaseCollidedAtAcceptor(Event):
    """Evt12 while our own A-RELEASE-RQ is under way and the peer opened the association."""


@dataclass(frozen=True, slots=True)
class ReleaseRpReceived(Event):
    """Evt13."""


@dataclass(frozen=True, slots=True)
class ReleaseAnswered(Event):
    """Evt14: the local user agrees to the release."""


@dataclass(frozen=True, slots=True)
class AbortRequested(Event):
    """Evt15: the local user gives up."""


@dataclass(frozen=True, slots=True)
class AbortReceived(Event):
    """Evt16."""

    pdu: Abort


@dataclass(frozen=True, slots=True)
class TransportClosed(Event):
    """Evt17: the connection is gone."""


@dataclass(frozen=True, slots=True)
class ArtimExpired(Event):
    """Evt18."""


@dataclass(frozen=True, slots=True)
class InvalidPduReceived(Event):
    """Evt19: an unrecognised or invalid PDU."""

    reason: AbortReason
    text: str


class Command:
    """Something that the owner of the connection has to do, or is told."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class OpenTransport(Command):
    """Connect, then report TransportConnected."""


@dataclass(frozen=True, slots=True)
class Send(Command):
    """Send these bytes, whole and in order."""

    data: bytes


@dataclass(frozen=True, slots=True)
class CloseTransport(Command):
    """Close the connection."""


@dataclass(frozen=True, slots=True)
class StartArtim(Command):
    """Start the ARTIM timer, anew if it runs; when it ends report ArtimExpired."""


@dataclass(frozen=True, slots=True)
class StopArtim(Command):
    """Stop the ARTIM timer."""


@dataclass(frozen=True, slots=True)
class AssociationIndicated(Command):
    """A peer asks for an association: answer with AssociateAccepted or AssociateRejected."""

    request: AssociateRq


@dataclass(frozen=True, slots=True)
class AssociationConfirmed(Command):
    """The peer has accepted."""

    answer: AssociateAc


@dataclass(frozen=True, slots=True)
class AssociationRefused(Command):
    """The peer has rejected."""

    answer: AssociateRj


@dataclass(frozen=True, slots=True)
class ReleaseIndicated(Command):
    """The peer asks to end the association: answer with ReleaseAnswered."""


@dataclass(frozen=True, slots=True)
class ReleaseConfirmed(Command):
    """The peer has agreed to our release."""


@dataclass(frozen=True, slots=True)
class AbortIndicated(Command):
    """The association is lost. `text` says in English what the peer broke, empty when it aborted by itself."""

    by_peer: bool
    reason: int
    text: str
