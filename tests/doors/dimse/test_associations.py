"""Who gets an association, how it ends, and that nobody can keep others out."""

from __future__ import annotations

import socket
import struct
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontor.access import PeerRefusal, PeerRefused
from kontor.dicom.network import (
    REJECT_APPLICATION_CONTEXT,
    REJECT_CALLED_AE,
    REJECT_CALLING_AE,
    REJECT_CONGESTION,
    REJECT_LATER,
    AbortIndicated,
    AssociateAc,
    AssociateRj,
    AsyncWindow,
    ContextResult,
    ProposedContext,
    Status,
    UserInformation,
    encode_pdu,
)
from kontor.dicom.values import Uid
from kontor.doors.dimse import AssociationServer
from kontor.platform.database import DatabaseUnavailable
from tests.doors.dimse.requestor import CT, EXPLICIT, Requestor, a_request, a_store
from tests.doors.dimse.servers import QUICK, Running, StandIn, run_on, serving


def _refused(running: Running, calling: str = "CT1", called: str = "KONTOR") -> AssociateRj:
    with Requestor(running.port, calling, called) as peer:
        answer = peer.open()
    assert isinstance(answer, AssociateRj)
    return answer


def _once_refused(running: Running) -> AssociateRj:
    """The first rejection: a server that was told to stop may still welcome until its accepting thread looks up."""
    while True:
        with Requestor(running.port, "CT2") as peer:
            answer = peer.open()
        if isinstance(answer, AssociateRj):
            return answer


def test_an_association_opens_echoes_and_is_released() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port) as peer:
        answer = peer.open()
        assert isinstance(answer, AssociateAc)
        assert answer.user.maximum_length == QUICK.max_pdu_bytes
        assert answer.user.implementation_version == "KONTOR_0_1"
        assert peer.echo() == Status.SUCCESS
        peer.release()


@pytest.mark.parametrize(
    ("calling", "called", "expected"),
    [("MR1", "KONTOR", REJECT_CALLING_AE), ("CT1", "OTHER", REJECT_CALLED_AE), ("", "KONTOR", REJECT_CALLING_AE)],
)
def test_strangers_are_rejected_for_good(calling: str, called: str, expected: AssociateRj) -> None:
    with serving(StandIn().acts()) as running:
        assert _refused(running, calling, called) == expected


@pytest.mark.parametrize("reason", PeerRefusal)
def test_every_refusal_of_access_has_a_rejection(reason: PeerRefusal) -> None:
    with serving(StandIn(identify_error=PeerRefused(reason)).acts()) as running:
        assert _refused(running).result == REJECT_CALLING_AE.result


def test_without_a_database_senders_are_told_to_come_back() -> None:
    with serving(StandIn(identify_error=DatabaseUnavailable("gone")).acts()) as running:
        assert _refused(running) == REJECT_CONGESTION


def test_another_application_context_is_rejected() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port) as peer:
        peer.request = type(peer.request)("KONTOR", "CT1", (), UserInformation(), Uid("1.2.3"))
        assert peer.open() == REJECT_APPLICATION_CONTEXT


def test_beyond_the_limits_senders_are_told_to_come_back() -> None:
    with (
        serving(StandIn().acts(), max_associations=3, max_associations_per_peer=2) as running,
        Requestor(running.port).opened() as first,
        Requestor(running.port).opened(),
    ):
        assert _refused(running) == REJECT_LATER  # two for one peer
        with Requestor(running.port, "CT2").opened():
            assert _refused(running, "CT3") == REJECT_LATER  # three in all
            first.release()
            with Requestor(running.port).opened():  # a released seat is free at once
                pass


def test_contexts_are_answered_and_an_association_without_any_is_still_one() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port) as peer:
        contexts = (
            ProposedContext(1, Uid("1.2.840.10008.5.1.4.1.2.2.1"), (EXPLICIT,)),
            ProposedContext(3, CT, (Uid("1.2.3"),)),
        )
        peer.request = type(peer.request)("KONTOR", "CT1", contexts, UserInformation(0, async_window=AsyncWindow(0, 0)))
        answer = peer.open()
        assert isinstance(answer, AssociateAc)
        assert [context.result for context in answer.contexts] == [
            ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED,
            ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED,
        ]
        assert answer.user.async_window == AsyncWindow(QUICK.outstanding, 1)
        peer.release()


def test_two_hundred_half_open_connections_do_not_keep_a_modality_out() -> None:
    with serving(stand_in := StandIn().acts(), max_waiting=20) as running:
        assert stand_in
        strangers = [socket.create_connection(("127.0.0.1", running.port), timeout=20) for _ in range(200)]
        with Requestor(running.port).opened() as peer:
            assert peer.echo() == Status.SUCCESS
            assert strangers[0].recv(1) == b""  # the longest waiting were shown out
            peer.release()
        for stranger in strangers:
            stranger.close()


def test_a_connection_that_asks_for_nothing_is_closed_by_artim() -> None:
    with (
        serving(StandIn().acts(), artim_s=0.5) as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=20) as stranger,
    ):
        stranger.sendall(encode_pdu(a_request())[:20])
        assert stranger.recv(1) == b""


def test_an_idle_association_is_aborted_after_the_network_time_out() -> None:
    with serving(StandIn().acts(), network_timeout_s=0.5) as running, Requestor(running.port).opened() as peer:
        assert peer.ended() == AbortIndicated(by_peer=True, reason=0, text="")


def test_an_object_that_stops_coming_is_aborted_and_not_kept() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts(), dimse_timeout_s=0.5) as running, Requestor(running.port).opened() as peer:
        peer.begin(a_store())
        assert peer.ended().by_peer
    assert stand_in.objects == []
    assert [error.__name__ for error in stand_in.broken_off] == ["AssociationLost"]


def test_a_request_of_4_gib_costs_its_sender_the_connection() -> None:
    with (
        serving(StandIn().acts()) as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=20) as stranger,
    ):
        stranger.sendall(struct.pack(">BxL", 1, 0xFFFFFFFF))
        assert stranger.recv(100)[0] == 7  # A-ABORT


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(min_size=1, max_size=200), after=st.booleans())
def test_noise_never_harms_the_next_peer(server: Running, noise: bytes, after: bool) -> None:
    with Requestor(server.port, "CT7") as stranger:
        if after:
            stranger.opened()
        stranger.socket.sendall(noise)
        stranger.socket.shutdown(socket.SHUT_WR)
        while stranger.socket.recv(4096):
            pass
    with Requestor(server.port).opened() as peer:
        assert peer.echo() == Status.SUCCESS
        peer.release()


def test_stopping_lets_an_object_finish_and_tells_new_senders_to_come_back() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        peer.begin(a_store())
        peer.send_data(bytes(10))
        assert peer.response().status == Status.SUCCESS
        stand_in.receiving.clear()
        peer.begin(a_store(message_id=2))
        peer.socket.sendall(struct.pack(">BxLLBB", 4, 10, 6, 1, 0) + b"half")
        assert stand_in.receiving.wait(10)
        running.stop.set()
        assert _once_refused(running) == REJECT_LATER
        peer.send_data(b"-whole")
        assert peer.response().status == Status.SUCCESS
        peer.release()
    assert stand_in.objects[-1][0] == b"half-whole"


def test_stopping_ends_idle_associations_without_waiting_for_the_drain() -> None:
    with serving(StandIn().acts(), drain_s=60) as running, Requestor(running.port).opened() as peer:
        running.stop.set()
        assert peer.ended().by_peer
        running.thread.join(10)
        assert not running.thread.is_alive()


def test_the_drain_has_an_end() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts(), drain_s=0.5, dimse_timeout_s=60) as running, Requestor(running.port).opened() as peer:
        peer.begin(a_store())
        peer.socket.sendall(struct.pack(">BxLLBB", 4, 10, 6, 1, 0) + b"half")
        assert stand_in.receiving.wait(10)
        running.stop.set()
        running.thread.join(10)
        assert not running.thread.is_alive()
        assert not peer.ended().by_peer
    assert stand_in.objects == []


def test_servers_that_share_a_port_share_the_load() -> None:
    stand_ins = [StandIn(), StandIn()]
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        runs = [run_on(listener, AssociationServer(listener, stand_in.acts(), QUICK)) for stand_in in stand_ins]
        peers = [Requestor(runs[0].port, f"CT{number}").opened() for number in range(20)]
        for peer in peers:
            assert peer.store(b"x").status == Status.SUCCESS
            peer.release()
            peer.socket.close()
        for running in runs:
            running.stop.set()
            running.thread.join(20)
    counts = [len(stand_in.objects) for stand_in in stand_ins]
    assert sum(counts) == 20
    assert min(counts) > 0, counts


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    with serving(StandIn().acts()) as running:
        for _ in range(5):
            with Requestor(running.port).opened() as peer:
                peer.release()
    assert threading.active_count() <= before
