"""States of an association and the one table of its transitions: PS3.8 9.2.2 and table 9-10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kontor.dicom.network.events import (
    AbortReceived,
    AbortRequested,
    ArtimExpired,
    AssociateAccepted,
    AssociateAcReceived,
    AssociateRejected,
    AssociateRequested,
    AssociateRjReceived,
    AssociateRqReceived,
    DataRequested,
    Event,
    InvalidPduReceived,
    PDataReceived,
    ReleaseAnswered,
    ReleaseCollidedAtAcceptor,
    ReleaseCollidedAtRequestor,
    ReleaseRequested,
    ReleaseRpReceived,
    ReleaseRqReceived,
    TransportAccepted,
    TransportClosed,
    TransportConnected,
    UnacceptableAssociateRqReceived,
)


class State(Enum):
    """The states of PS3.8 9.2.1 under names that can be read."""

    IDLE = "Sta1"
    AWAITING_ASSOCIATE_RQ = "Sta2"
    AWAITING_LOCAL_ASSOCIATE_RESPONSE = "Sta3"
    AWAITING_TRANSPORT = "Sta4"
    AWAITING_ASSOCIATE_ANSWER = "Sta5"
    ESTABLISHED = "Sta6"
    AWAITING_RELEASE_RP = "Sta7"
    AWAITING_LOCAL_RELEASE_RESPONSE = "Sta8"
    COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE = "Sta9"
    COLLISION_ACCEPTOR_AWAITING_RELEASE_RP = "Sta10"
    COLLISION_REQUESTOR_AWAITING_RELEASE_RP = "Sta11"
    COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE = "Sta12"
    AWAITING_CLOSE = "Sta13"


@dataclass(frozen=True, slots=True)
class Step:
    """An action of table 9-10 and the state it leads to."""

    action: str
    next_state: State


_S = State
_OPEN: Final = (
    _S.ESTABLISHED,
    _S.AWAITING_RELEASE_RP,
    _S.AWAITING_LOCAL_RELEASE_RESPONSE,
    _S.COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE,
    _S.COLLISION_ACCEPTOR_AWAITING_RELEASE_RP,
    _S.COLLISION_REQUESTOR_AWAITING_RELEASE_RP,
    _S.COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE,
)
_NEGOTIATING: Final = (_S.AWAITING_LOCAL_ASSOCIATE_RESPONSE, _S.AWAITING_ASSOCIATE_ANSWER)
_PDUS: Final = (
    AssociateAcReceived,
    AssociateRjReceived,
    AssociateRqReceived,
    UnacceptableAssociateRqReceived,
    PDataReceived,
    ReleaseRqReceived,
    ReleaseRpReceived,
    InvalidPduReceived,
)

# What holds for whole groups of states: a PDU out of place is answered with A-ABORT, an abort or the end of the
# connection ends everything. The rows below replace these where the standard says otherwise.
_ANYWHERE: Final[Mapping[tuple[State, type[Event]], Step]] = {
    **{
        (state, pdu): Step("AA-8", _S.AWAITING_CLOSE)
        for state in (*_NEGOTIATING, *_OPEN)
        for pdu in _PDUS
        if (state, pdu) != (_S.AWAITING_RELEASE_RP, ReleaseRqReceived)  # there it is a collision, see below
    },
    **{(_S.AWAITING_ASSOCIATE_RQ, pdu): Step("AA-1", _S.AWAITING_CLOSE) for pdu in _PDUS},
    **{(_S.AWAITING_CLOSE, pdu): Step("AA-6", _S.AWAITING_CLOSE) for pdu in _PDUS},
    **{(state, AbortRequested): Step("AA-1", _S.AWAITING_CLOSE) for state in (*_NEGOTIATING, *_OPEN)},
    **{(state, AbortReceived): Step("AA-3", _S.IDLE) for state in (*_NEGOTIATING, *_OPEN)},
    **{(state, TransportClosed): Step("AA-4", _S.IDLE) for state in (_S.AWAITING_TRANSPORT, *_NEGOTIATING, *_OPEN)},
}

TRANSITIONS: Final[Mapping[tuple[State, type[Event]], Step]] = {
    **_ANYWHERE,
    # Opening, as requestor and as acceptor
    (_S.IDLE, AssociateRequested): Step("AE-1", _S.AWAITING_TRANSPORT),
    (_S.AWAITING_TRANSPORT, TransportConnected): Step("AE-2", _S.AWAITING_ASSOCIATE_ANSWER),
    (_S.AWAITING_TRANSPORT, AbortRequested): Step("AA-2", _S.IDLE),
    (_S.AWAITING_ASSOCIATE_ANSWER, AssociateAcReceived): Step("AE-3", _S.ESTABLISHED),
    (_S.AWAITING_ASSOCIATE_ANSWER, AssociateRjReceived): Step("AE-4", _S.IDLE),
    (_S.IDLE, TransportAccepted): Step("AE-5", _S.AWAITING_ASSOCIATE_RQ),
    (_S.AWAITING_ASSOCIATE_RQ, AssociateRqReceived): Step("AE-6", _S.AWAITING_LOCAL_ASSOCIATE_RESPONSE),
    (_S.AWAITING_ASSOCIATE_RQ, UnacceptableAssociateRqReceived): Step("AE-6 refusing", _S.AWAITING_CLOSE),
    (_S.AWAITING_LOCAL_ASSOCIATE_RESPONSE, AssociateAccepted): Step("AE-7", _S.ESTABLISHED),
    (_S.AWAITING_LOCAL_ASSOCIATE_RESPONSE, AssociateRejected): Step("AE-8", _S.AWAITING_CLOSE),
    (_S.AWAITING_ASSOCIATE_RQ, AbortReceived): Step("AA-2", _S.IDLE),
    (_S.AWAITING_ASSOCIATE_RQ, TransportClosed): Step("AA-5", _S.IDLE),
    (_S.AWAITING_ASSOCIATE_RQ, ArtimExpired): Step("AA-2", _S.IDLE),
    # Data
    (_S.ESTABLISHED, DataRequested): Step("DT-1", _S.ESTABLISHED),
    (_S.ESTABLISHED, PDataReceived): Step("DT-2", _S.ESTABLISHED),
    (_S.AWAITING_RELEASE_RP, PDataReceived): Step("AR-6", _S.AWAITING_RELEASE_RP),
    (_S.AWAITING_LOCAL_RELEASE_RESPONSE, DataRequested): Step("AR-7", _S.AWAITING_LOCAL_RELEASE_RESPONSE),
    # Release
    (_S.ESTABLISHED, ReleaseRequested): Step("AR-1", _S.AWAITING_RELEASE_RP),
    (_S.ESTABLISHED, ReleaseRqReceived): Step("AR-2", _S.AWAITING_LOCAL_RELEASE_RESPONSE),
    (_S.AWAITING_RELEASE_RP, ReleaseRpReceived): Step("AR-3", _S.IDLE),
    (_S.AWAITING_LOCAL_RELEASE_RESPONSE, ReleaseAnswered): Step("AR-4", _S.AWAITING_CLOSE),
    # Release from both sides at once: the requestor answers first
    (_S.AWAITING_RELEASE_RP, ReleaseCollidedAtRequestor): Step("AR-8", _S.COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE),
    (_S.AWAITING_RELEASE_RP, ReleaseCollidedAtAcceptor): Step("AR-8", _S.COLLISION_ACCEPTOR_AWAITING_RELEASE_RP),
    (_S.COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE, ReleaseAnswered): Step(
        "AR-9", _S.COLLISION_REQUESTOR_AWAITING_RELEASE_RP
    ),
    (_S.COLLISION_ACCEPTOR_AWAITING_RELEASE_RP, ReleaseRpReceived): Step(
        "AR-10", _S.COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE
    ),
    (_S.COLLISION_REQUESTOR_AWAITING_RELEASE_RP, ReleaseRpReceived): Step("AR-3", _S.IDLE),
    (_S.COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE, ReleaseAnswered): Step("AR-4", _S.AWAITING_CLOSE),
    # Waiting for the peer to close
    (_S.AWAITING_CLOSE, AssociateRqReceived): Step("AA-7", _S.AWAITING_CLOSE),
    (_S.AWAITING_CLOSE, UnacceptableAssociateRqReceived): Step("AA-7", _S.AWAITING_CLOSE),
    (_S.AWAITING_CLOSE, InvalidPduReceived): Step("AA-7", _S.AWAITING_CLOSE),
    (_S.AWAITING_CLOSE, AbortReceived): Step("AA-2", _S.IDLE),
    (_S.AWAITING_CLOSE, TransportClosed): Step("AR-5", _S.IDLE),
    (_S.AWAITING_CLOSE, ArtimExpired): Step("AA-2", _S.IDLE),
}
"""Every row of table 9-10. A missing pair cannot happen unless we misuse the association."""
