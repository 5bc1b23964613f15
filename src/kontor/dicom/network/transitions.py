"""The actions of PS3.8 tables 9-6 to 9-9 and the pure step from one state to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kontor.dicom.network.errors import AbortReason, LocalProtocolError
from kontor.dicom.network.events import (
    AbortIndicated,
    AbortReceived,
    AssociateAccepted,
    AssociateAcReceived,
    AssociateRejected,
    AssociateRjReceived,
    AssociateRqReceived,
    AssociationConfirmed,
    AssociationIndicated,
    AssociationRefused,
    CloseTransport,
    Command,
    DataRequested,
    Event,
    InvalidPduReceived,
    OpenTransport,
    ReleaseConfirmed,
    ReleaseIndicated,
    Send,
    StartArtim,
    StopArtim,
    TransportConnected,
    UnacceptableAssociateRqReceived,
)
from kontor.dicom.network.pdu_codec import encode_pdu
from kontor.dicom.network.pdus import Abort, AbortSource, ReleaseRp, ReleaseRq
from kontor.dicom.network.states import TRANSITIONS, State


def advance(state: State, event: Event) -> tuple[State, list[Command]]:
    """One step of PS3.8 table 9-10.

    Raises:
        LocalProtocolError: the event cannot occur in this state, so we have misused the association.
    """
    step = TRANSITIONS.get((state, type(event)))
    if step is None:
        raise LocalProtocolError(f"{type(event).__name__} cannot occur in {state.value}")
    return step.next_state, _ACTIONS[step.action](event)


def _connect(_: Event) -> list[Command]:
    return [OpenTransport()]


def _send_request(event: Event) -> list[Command]:
    assert isinstance(event, TransportConnected)
    return [Send(encode_pdu(event.request))]


def _confirm_association(event: Event) -> list[Command]:
    assert isinstance(event, AssociateAcReceived)
    return [AssociationConfirmed(event.pdu)]


def _confirm_refusal(event: Event) -> list[Command]:
    assert isinstance(event, AssociateRjReceived)
    return [AssociationRefused(event.pdu), CloseTransport()]


def _await_request(_: Event) -> list[Command]:
    return [StartArtim()]


def _indicate_association(event: Event) -> list[Command]:
    assert isinstance(event, AssociateRqReceived)
    return [StopArtim(), AssociationIndicated(event.pdu)]


def _refuse_by_provider(event: Event) -> list[Command]:
    assert isinstance(event, UnacceptableAssociateRqReceived)
    return [Send(encode_pdu(event.answer)), StartArtim()]


def _send_acceptance(event: Event) -> list[Command]:
    assert isinstance(event, AssociateAccepted)
    return [Send(encode_pdu(event.pdu))]


def _send_rejection(event: Event) -> list[Command]:
    assert isinstance(event, AssociateRejected)
    return [Send(encode_pdu(event.pdu)), StartArtim()]


def _send_data(event: Event) -> list[Command]:
    assert isinstance(event, DataRequested)
    return [Send(event.pdus)]


def _pass_data_on(_: Event) -> list[Command]:
    return []  # the fragments themselves follow


def _send_release_request(_: Event) -> list[Command]:
    return [Send(encode_pdu(ReleaseRq()))]


def _indicate_release(_: Event) -> list[Command]:
    return [ReleaseIndicated()]


def _confirm_release(_: Event) -> list[Command]:
    return [ReleaseConfirmed(), CloseTransport()]


def _send_release_answer_and_wait(_: Event) -> list[Command]:
    return [Send(encode_pdu(ReleaseRp())), StartArtim()]


def _stop_timer(_: Event) -> list[Command]:
    return [StopArtim()]


def _send_release_answer(_: Event) -> list[Command]:
    return [Send(encode_pdu(ReleaseRp()))]


def _confirm_release_in_collision(_: Event) -> list[Command]:
    return [ReleaseConfirmed()]


def _abort_by_user(event: Event) -> list[Command]:
    """AA-1. In Sta2 the standard sends the user's source even though the peer broke the rule; so do we."""
    del event
    return [Send(encode_pdu(Abort(AbortSource.USER))), StartArtim()]


def _close(_: Event) -> list[Command]:
    return [StopArtim(), CloseTransport()]


def _indicate_abort(event: Event) -> list[Command]:
    assert isinstance(event, AbortReceived)
    return [AbortIndicated(by_peer=True, reason=event.pdu.reason, text=""), CloseTransport()]


def _indicate_loss(_: Event) -> list[Command]:
    return [AbortIndicated(by_peer=False, reason=AbortReason.NOT_SPECIFIED, text="the connection was closed")]


def _ignore(_: Event) -> list[Command]:
    return []


def _abort_again(_: Event) -> list[Command]:
    return [Send(encode_pdu(Abort(AbortSource.PROVIDER, AbortReason.UNEXPECTED_PDU)))]


def _abort_by_provider(event: Event) -> list[Command]:
    if isinstance(event, InvalidPduReceived):
        reason, text = event.reason, event.text
    else:
        reason, text = AbortReason.UNEXPECTED_PDU, f"{type(event).__name__} out of place"
    abort = encode_pdu(Abort(AbortSource.PROVIDER, reason))
    return [Send(abort), AbortIndicated(by_peer=False, reason=reason, text=text), StartArtim()]


_ACTIONS: Final[Mapping[str, Callable[[Event], list[Command]]]] = {
    "AE-1": _connect,
    "AE-2": _send_request,
    "AE-3": _confirm_association,
    "AE-4": _confirm_refusal,
    "AE-5": _await_request,
    "AE-6": _indicate_association,
    "AE-6 refusing": _refuse_by_provider,
    "AE-7": _send_acceptance,
    "AE-8": _send_rejection,
    "DT-1": _send_data,
    "DT-2": _pass_data_on,
    "AR-1": _send_release_request,
    "AR-2": _indicate_release,
    "AR-3": _confirm_release,
    "AR-4": _send_release_answer_and_wait,
    "AR-5": _stop_timer,
    "AR-6": _pass_data_on,
    "AR-7": _send_data,
    "AR-8": _indicate_release,
    "AR-9": _send_release_answer,
    "AR-10": _confirm_release_in_collision,
    "AA-1": _abort_by_user,
    "AA-2": _close,
    "AA-3": _indicate_abort,
    "AA-4": _indicate_loss,
    "AA-5": _stop_timer,
    "AA-6": _ignore,
    "AA-7": _abort_again,
    "AA-8": _abort_by_provider,
}
