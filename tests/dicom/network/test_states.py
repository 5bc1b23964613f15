"""Every state meets every event exactly as PS3.8 table 9-10 says; pynetdicom's table is the second reading of it."""

from __future__ import annotations

import pytest
from pynetdicom.fsm import ACTIONS, TRANSITION_TABLE

from kontor.dicom.network import (
    TRANSITIONS,
    Abort,
    AbortIndicated,
    AbortReason,
    AbortReceived,
    AbortRequested,
    ArtimExpired,
    AssociateAccepted,
    AssociateAcReceived,
    AssociateRejected,
    AssociateRequested,
    AssociateRj,
    AssociateRjReceived,
    AssociateRqReceived,
    DataRequested,
    Event,
    InvalidPduReceived,
    LocalProtocolError,
    PDataReceived,
    ReleaseAnswered,
    ReleaseCollidedAtAcceptor,
    ReleaseCollidedAtRequestor,
    ReleaseRequested,
    ReleaseRpReceived,
    ReleaseRqReceived,
    State,
    TransportAccepted,
    TransportClosed,
    TransportConnected,
    UnacceptableAssociateRqReceived,
    advance,
)
from tests.dicom.network.scripts import a_request, an_acceptance, told

_REJECTION = AssociateRj(1, 1, 3)
_EVENTS: list[tuple[str, Event]] = [
    ("Evt1", AssociateRequested()),
    ("Evt2", TransportConnected(a_request())),
    ("Evt3", AssociateAcReceived(an_acceptance())),
    ("Evt4", AssociateRjReceived(_REJECTION)),
    ("Evt5", TransportAccepted()),
    ("Evt6", AssociateRqReceived(a_request())),
    ("Evt6", UnacceptableAssociateRqReceived(_REJECTION)),
    ("Evt7", AssociateAccepted(an_acceptance())),
    ("Evt8", AssociateRejected(_REJECTION)),
    ("Evt9", DataRequested(b"\x04")),
    ("Evt10", PDataReceived()),
    ("Evt11", ReleaseRequested()),
    ("Evt12", ReleaseRqReceived()),
    ("Evt12", ReleaseCollidedAtRequestor()),
    ("Evt12", ReleaseCollidedAtAcceptor()),
    ("Evt13", ReleaseRpReceived()),
    ("Evt14", ReleaseAnswered()),
    ("Evt15", AbortRequested()),
    ("Evt16", AbortReceived(Abort())),
    ("Evt17", TransportClosed()),
    ("Evt18", ArtimExpired()),
    ("Evt19", InvalidPduReceived(AbortReason.UNRECOGNISED_PDU, "a test")),
]
_COLLISIONS = (ReleaseCollidedAtRequestor, ReleaseCollidedAtAcceptor)


def _split_elsewhere(state: State, event: Event) -> bool:
    """Collisions exist in Sta7 only, and there the plain release request does not."""
    if isinstance(event, _COLLISIONS):
        return state is not State.AWAITING_RELEASE_RP
    return isinstance(event, ReleaseRqReceived) and state is State.AWAITING_RELEASE_RP


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
@pytest.mark.parametrize(("number", "event"), _EVENTS, ids=lambda value: getattr(value, "__name__", str(value))[:30])
def test_every_pair_does_what_the_standard_says(state: State, number: str, event: Event) -> None:
    action = None if _split_elsewhere(state, event) else TRANSITION_TABLE.get((number, state.value))
    if action is None:
        with pytest.raises(LocalProtocolError, match=state.value):
            advance(state, event)
        return
    assert TRANSITIONS[state, type(event)].action.split()[0] == action
    next_state, _ = advance(state, event)
    expected = ACTIONS[action][2]
    assert next_state.value in ((expected,) if isinstance(expected, str) else expected)


def test_all_states_are_reached_and_left() -> None:
    assert {state for state, _ in TRANSITIONS} == set(State)
    assert {step.next_state for step in TRANSITIONS.values()} == set(State)


def test_no_row_is_more_than_the_standard_has() -> None:
    numbers = {type(event): number for number, event in _EVENTS}
    ours = {(numbers[event], state.value) for state, event in TRANSITIONS}
    assert ours == set(TRANSITION_TABLE)


@pytest.mark.parametrize(
    ("state", "event", "commands"),
    [
        (State.IDLE, TransportAccepted(), ["StartArtim"]),
        (State.IDLE, AssociateRequested(), ["OpenTransport"]),
        (State.AWAITING_TRANSPORT, TransportConnected(a_request()), ["Send AssociateRq"]),
        (State.AWAITING_ASSOCIATE_RQ, AssociateRqReceived(a_request()), ["StopArtim", "AssociationIndicated"]),
        (
            State.AWAITING_ASSOCIATE_RQ,
            UnacceptableAssociateRqReceived(_REJECTION),
            ["Send AssociateRj", "StartArtim"],
        ),
        (State.AWAITING_ASSOCIATE_RQ, PDataReceived(), ["Send Abort 0/0", "StartArtim"]),
        (State.AWAITING_ASSOCIATE_RQ, ArtimExpired(), ["StopArtim", "CloseTransport"]),
        (State.AWAITING_ASSOCIATE_RQ, TransportClosed(), ["StopArtim"]),
        (State.AWAITING_ASSOCIATE_ANSWER, AssociateRjReceived(_REJECTION), ["AssociationRefused", "CloseTransport"]),
        (State.AWAITING_LOCAL_ASSOCIATE_RESPONSE, AssociateAccepted(an_acceptance()), ["Send AssociateAc"]),
        (
            State.AWAITING_LOCAL_ASSOCIATE_RESPONSE,
            AssociateRejected(_REJECTION),
            ["Send AssociateRj", "StartArtim"],
        ),
        (State.ESTABLISHED, ReleaseRqReceived(), ["ReleaseIndicated"]),
        (State.ESTABLISHED, AssociateRqReceived(a_request()), ["Send Abort 2/2", "AbortIndicated", "StartArtim"]),
        (State.ESTABLISHED, AbortReceived(Abort()), ["AbortIndicated", "CloseTransport"]),
        (State.ESTABLISHED, AbortRequested(), ["Send Abort 0/0", "StartArtim"]),
        (State.ESTABLISHED, TransportClosed(), ["AbortIndicated"]),
        (State.AWAITING_LOCAL_RELEASE_RESPONSE, ReleaseAnswered(), ["Send ReleaseRp", "StartArtim"]),
        (State.AWAITING_RELEASE_RP, ReleaseRpReceived(), ["ReleaseConfirmed", "CloseTransport"]),
        (State.AWAITING_CLOSE, PDataReceived(), []),
        (State.AWAITING_CLOSE, AssociateRqReceived(a_request()), ["Send Abort 2/2"]),
        (State.AWAITING_CLOSE, TransportClosed(), ["StopArtim"]),
    ],
    ids=lambda value: value.value if isinstance(value, State) else type(value).__name__,
)
def test_actions_ask_for_what_they_stand_for(state: State, event: Event, commands: list[str]) -> None:
    assert [told(command) for command in advance(state, event)[1]] == commands


def test_an_invalid_pdu_is_answered_with_its_reason() -> None:
    _, commands = advance(State.ESTABLISHED, InvalidPduReceived(AbortReason.UNRECOGNISED_PDU, "type 99"))
    assert told(commands[0]) == "Send Abort 2/1"
    assert commands[1] == AbortIndicated(by_peer=False, reason=1, text="type 99")
