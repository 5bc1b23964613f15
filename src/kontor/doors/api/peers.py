"""/api/v1/peers and /api/v1/refused-senders: who may call at the DIMSE door, and who was turned away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from kontor.access import (
    PeerRecord,
    RefusedSender,
    Right,
    admit_sender,
    change_peer,
    create_peer,
    dismiss_sender,
    list_peers,
    list_refused_senders,
    remove_peer,
)
from kontor.doors.api.peer_views import (
    AdmitSender,
    ChangePeer,
    CreatePeer,
    PeerList,
    PeerRow,
    RefusedSenderList,
    RefusedSenderRow,
)
from kontor.doors.http import Answer, Endpoint
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.doors.api.peer_views import Refusal, Service
    from kontor.doors.http import Call

_MANAGE = Right.MANAGE_PEERS


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    making = ("name-taken", "inadmissible")
    return (
        Endpoint("GET", "/peers", _list, _MANAGE, "listPeers", "All peers", answer=PeerList),
        Endpoint(
            "POST", "/peers", _create, _MANAGE, "createPeer", "Register a peer",
            body=CreatePeer, answer=PeerRow, status=201, problems=making,
        ),
        Endpoint(
            "PATCH", "/peers/{id}", _change, _MANAGE, "changePeer", "Change a peer",
            body=ChangePeer, answer=PeerRow, problems=("not-found", *making),
        ),
        Endpoint(
            "DELETE", "/peers/{id}", _remove, _MANAGE, "removePeer", "Remove a peer", status=204,
            problems=("not-found",),
        ),
        Endpoint(
            "GET", "/refused-senders", _list_refused, _MANAGE, "listRefusedSenders", "Senders that were turned away",
            answer=RefusedSenderList,
        ),
        Endpoint(
            "POST", "/refused-senders/{id}/admit", _admit, _MANAGE, "admitSender", "Make a refused sender a peer",
            body=AdmitSender, answer=PeerRow, status=201, problems=("not-found", *making),
        ),
        Endpoint(
            "DELETE", "/refused-senders/{id}", _dismiss, _MANAGE, "dismissSender", "Take a sender off the list",
            status=204, problems=("not-found",),
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    return Answer(PeerList([_row(peer) for peer in list_peers(call.access, call.scope)]))


def _create(call: Call) -> Answer:
    wanted = call.body(CreatePeer)
    made = create_peer(
        call.access, call.scope, wanted.ae_title, wanted.host, wanted.port, wanted.may,
        name=wanted.name, called_ae_title=wanted.called_ae_title,
    )  # fmt: skip
    return Answer(_row(made))


def _change(call: Call) -> Answer:
    wanted = call.body(ChangePeer)
    given = {
        "ae_title": wanted.ae_title,
        "name": wanted.name,
        "called_ae_title": wanted.called_ae_title,
        "host": wanted.host,
        "port": wanted.port,
        "may": wanted.may if isinstance(wanted.may, msgspec.UnsetType) else tuple(wanted.may),
        "is_open": wanted.open,
    }
    changes = {name: value for name, value in given.items() if value is not msgspec.UNSET}
    return Answer(_row(change_peer(call.access, call.scope, call.path_number("id"), changes)))


def _remove(call: Call) -> Answer:
    remove_peer(call.access, call.scope, call.path_number("id"))
    return Answer()


def _list_refused(call: Call) -> Answer:
    return Answer(RefusedSenderList([_refused(sender) for sender in list_refused_senders(call.access, call.scope)]))


def _admit(call: Call) -> Answer:
    wanted = call.body(AdmitSender)
    made = admit_sender(call.access, call.scope, call.path_number("id"), wanted.may, name=wanted.name, port=wanted.port)
    return Answer(_row(made))


def _dismiss(call: Call) -> Answer:
    dismiss_sender(call.access, call.scope, call.path_number("id"))
    return Answer()


def _row(peer: PeerRecord) -> PeerRow:
    return PeerRow(
        id=str(peer.id),
        name=peer.name,
        ae_title=peer.ae_title,
        called_ae_title=peer.called_ae_title,
        host=peer.host,
        port=peer.port,
        may=[cast("Service", service) for service in peer.may],
        open=peer.is_open,
        created_at=as_iso(peer.created_at_us),
        last_seen_at=None if peer.last_seen_at_us is None else as_iso(peer.last_seen_at_us),
    )


def _refused(sender: RefusedSender) -> RefusedSenderRow:
    return RefusedSenderRow(
        id=str(sender.id),
        calling_ae_title=sender.calling_ae_title,
        called_ae_title=sender.called_ae_title,
        address=sender.address,
        reason=cast("Refusal", sender.reason),
        count=sender.count,
        first_seen_at=as_iso(sender.first_seen_at_us),
        last_seen_at=as_iso(sender.last_seen_at_us),
    )
