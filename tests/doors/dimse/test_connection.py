"""The connection alone, on a pair of sockets, under a clock of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from kontor.doors.dimse.connection import Connection
from tests.doors.dimse.servers import QUICK


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a TCP connection: ours, the peer's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
    yield ours, peer
    ours.close()
    peer.close()


def test_what_comes_next_is_acknowledged_without_delay(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = pair
    connection = Connection(ours, QUICK)
    ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)  # as it is after a response went out
    connection.await_message()
    assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK) == 1
    assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_peer_that_trickles_is_given_up_however_often_it_sends(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, peer = pair
    trickle = iter(bytes.fromhex("01 00 00001000") + bytes(0x1000))
    now = [0.0]

    def monotonic() -> float:
        peer.sendall(bytes([next(trickle)]))  # before every read there is a byte
        now[0] += 0.3
        return now[0]

    assert list(Connection(ours, QUICK, monotonic=monotonic).outputs()) == []
    assert QUICK.artim_s < now[0] < 3 * QUICK.artim_s


def test_a_closed_connection_ends_without_outputs(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, peer = pair
    peer.close()
    assert list(Connection(ours, QUICK).outputs()) == []


def test_in_a_hurry_an_idle_connection_is_left(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = pair
    assert list(Connection(ours, QUICK, hurried=lambda: True).outputs()) == []
