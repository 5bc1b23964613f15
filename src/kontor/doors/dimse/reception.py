"""Who may open an association: identity by access, then a seat. Every refusal has its code of PS3.8 table 9-21."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import AccessError, PeerRefusal, PeerRefused
from kontor.dicom.network import (
    APPLICATION_CONTEXT,
    REJECT_APPLICATION_CONTEXT,
    REJECT_CALLED_AE,
    REJECT_CALLING_AE,
    REJECT_CONGESTION,
    REJECT_LATER,
    VERIFICATION,
    AcceptancePolicy,
    AssociateRj,
    AssociateRq,
    UserInformation,
)
from kontor.dicom.values import TRANSFER_SYNTAXES, Uid, accepts_storage
from kontor.doors.dimse.settings import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION, DimseSettings
from kontor.platform.database import DatabaseError

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.doors.dimse.acts import Acts
    from kontor.doors.dimse.closing import Closing
    from kontor.doors.dimse.seats import Seats

_REJECTIONS: Final[Mapping[PeerRefusal, AssociateRj]] = {
    PeerRefusal.UNKNOWN_CALLING_AE: REJECT_CALLING_AE,
    PeerRefusal.CALLED_AE_NOT_RECOGNISED: REJECT_CALLED_AE,
    # An address or a closed peer has no code of its own; "calling AE title not recognised" is what senders show.
    PeerRefusal.FOREIGN_ADDRESS: REJECT_CALLING_AE,
    PeerRefusal.CLOSED: REJECT_CALLING_AE,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rejected request. `reason` is a stable word for log and metrics."""

    answer: AssociateRj
    reason: str


class Reception:
    """Decides on association requests of one process."""

    def __init__(self, acts: Acts, seats: Seats, closing: Closing) -> None:
        self._acts = acts
        self._seats = seats
        self._closing = closing

    def welcome(self, request: AssociateRq, address: str) -> Scope | Refusal:
        """The scope of a peer that may come in, whose seat is taken and must be given back; or why it may not."""
        if request.application_context != APPLICATION_CONTEXT:
            return Refusal(REJECT_APPLICATION_CONTEXT, "application-context")
        if self._closing.has_begun:
            return Refusal(REJECT_LATER, "stopping")
        if self._seats.is_full:  # asked before the database is
            return Refusal(REJECT_LATER, "full")
        try:
            scope = self._acts.identify(request.calling_ae, request.called_ae, address)
        except PeerRefused as refused:
            return Refusal(_REJECTIONS[refused.reason], refused.reason.value)
        except (DatabaseError, AccessError):
            return Refusal(REJECT_CONGESTION, "unavailable")
        return scope if self._seats.take(scope.actor.id) else Refusal(REJECT_LATER, "full-for-peer")

    def leave(self, scope: Scope) -> None:
        """The association of a welcomed peer is over."""
        self._seats.leave(scope.actor.id)


def acceptance_policy(settings: DimseSettings) -> AcceptancePolicy:
    """What we agree to: verification and every storage class, retired, private and newer ones too, in every syntax.

    An archive that rejects a class it does not know loses data; what it keeps it gives back as it came.
    """
    return AcceptancePolicy(_is_served, frozenset(TRANSFER_SYNTAXES), operations=settings.outstanding)


def our_information(settings: DimseSettings) -> UserInformation:
    """Who we are and how much we receive (PS3.8 D.1, PS3.7 D.3.3.2)."""
    return UserInformation(settings.max_pdu_bytes, IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION)


def _is_served(abstract_syntax: Uid) -> bool:
    return abstract_syntax == VERIFICATION or accepts_storage(abstract_syntax)
