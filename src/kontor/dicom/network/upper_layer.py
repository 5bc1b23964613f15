"""Upper layer of one association, PS3.8 section 9.2: bytes in, events and commands out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from kontor.dicom.network.errors import AbortReason, RemoteProtocolError
from kontor.dicom.network.events import (
    AbortReceived,
    AssociateAccepted,
    AssociateAcReceived,
    AssociateRjReceived,
    AssociateRqReceived,
    Command,
    Event,
    InvalidPduReceived,
    PDataReceived,
    ReleaseCollidedAtAcceptor,
    ReleaseCollidedAtRequestor,
    ReleaseRpReceived,
    ReleaseRqReceived,
    UnacceptableAssociateRqReceived,
)
from kontor.dicom.network.framing import Framing, PDataBegun, WholePdu
from kontor.dicom.network.limits import NetworkLimits
from kontor.dicom.network.pdu_codec import decode_pdu
from kontor.dicom.network.pdus import (
    REJECT_PROTOCOL_VERSION,
    AssociateAc,
    AssociateRj,
    AssociateRq,
    ContextResult,
    Fragment,
    Pdu,
    ReleaseRp,
    ReleaseRq,
)
from kontor.dicom.network.states import State
from kontor.dicom.network.transitions import advance

_DATA_MAY_COME = (State.ESTABLISHED, State.AWAITING_RELEASE_RP)


class Role(Enum):
    """Which end of the association we are."""

    REQUESTOR = "requestor"
    ACCEPTOR = "acceptor"


class UpperLayer:
    """One end of one association. It owns no socket, clock or thread.

    `feed` turns received bytes into commands and fragments; `handle` takes everything else that happens. Commands have
    to be carried out in the order in which they come.
    """

    def __init__(self, role: Role, limits: NetworkLimits | None = None) -> None:
        self._role = role
        self._framing = Framing(limits or NetworkLimits())
        self._state = State.IDLE
        self._contexts: frozenset[int] = frozenset()
        self._deaf = False  # after a PDU that could not be framed nothing that follows can be

    @property
    def state(self) -> State:
        """Where the association stands."""
        return self._state

    @property
    def inside_pdu(self) -> bool:
        """Whether a PDU has begun and is not complete."""
        return self._framing.inside_pdu

    def handle(self, event: Event) -> list[Command]:
        """What follows from an event of the transport, the timer or the local user.

        Raises:
            LocalProtocolError: the event cannot occur in the present state.
        """
        self._state, commands = advance(self._state, event)
        if isinstance(event, AssociateAccepted | AssociateAcReceived):
            self._remember_contexts(event.pdu)
        return commands

    def feed(self, data: memoryview) -> Iterator[Command | Fragment]:
        """Yield what received bytes mean. The iterator has to be run to its end before the next `feed`.

        Fragments are slices of `data`, in accepted presentation contexts only. A peer that breaks the protocol does not
        raise: the commands abort the association.
        """
        if self._deaf:
            return
        try:
            for framed in self._framing.feed(data):
                if type(framed) is Fragment:
                    if framed.context_id in self._contexts:
                        if self._state in _DATA_MAY_COME:
                            yield framed
                    elif self._state is not State.AWAITING_CLOSE:
                        yield from self.handle(_unknown_context(framed))
                else:
                    yield from self.handle(self._event_of(framed))
                if self._state is State.IDLE:
                    return
        except RemoteProtocolError as error:
            self._deaf = True
            yield from self.handle(InvalidPduReceived(error.reason, str(error)))

    def _event_of(self, framed: WholePdu | PDataBegun | Fragment) -> Event:
        if not isinstance(framed, WholePdu):
            return PDataReceived()
        pdu = decode_pdu(framed.kind, memoryview(framed.body))
        if isinstance(pdu, ReleaseRq) and self._state is State.AWAITING_RELEASE_RP:
            return ReleaseCollidedAtRequestor() if self._role is Role.REQUESTOR else ReleaseCollidedAtAcceptor()
        return _event_of_pdu(pdu)

    def _remember_contexts(self, answer: AssociateAc) -> None:
        self._contexts = frozenset(
            context.context_id for context in answer.contexts if context.result == ContextResult.ACCEPTED
        )


def _unknown_context(fragment: Fragment) -> InvalidPduReceived:
    text = f"data in presentation context {fragment.context_id}, which was not accepted"
    return InvalidPduReceived(AbortReason.INVALID_PARAMETER_VALUE, text)


def _event_of_pdu(pdu: Pdu) -> Event:
    match pdu:
        case AssociateRq(protocol_version=version) if not version & 1:
            return UnacceptableAssociateRqReceived(REJECT_PROTOCOL_VERSION)
        case AssociateRq():
            return AssociateRqReceived(pdu)
        case AssociateAc():
            return AssociateAcReceived(pdu)
        case AssociateRj():
            return AssociateRjReceived(pdu)
        case ReleaseRq():
            return ReleaseRqReceived()
        case ReleaseRp():
            return ReleaseRpReceived()
        case _:
            return AbortReceived(pdu)
