"""The only place of this door that touches a socket: bytes into one reused buffer, commands of the upper layer out."""

from __future__ import annotations

import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final

from kontor.dicom.network import (
    AbortRequested,
    ArtimExpired,
    CloseTransport,
    Command,
    DataRequested,
    Event,
    Fragment,
    Role,
    Send,
    StartArtim,
    State,
    StopArtim,
    TransportAccepted,
    TransportClosed,
    UpperLayer,
    encode_message_part,
)
from kontor.doors.dimse.patience import Patience
from kontor.doors.dimse.settings import DimseSettings

BUFFER_BYTES: Final = 1 << 20
_TICK: Final = struct.pack("ll", 1, 0)  # struct timeval: how often a waiting thread looks up, one second
_SEND_TIMEOUT: Final = struct.pack("ll", 30, 0)
_TIMED: Final = (State.AWAITING_ASSOCIATE_RQ, State.AWAITING_CLOSE)  # states in which ARTIM runs


class Connection:
    """One TCP connection and the upper layer on it. Blocking, for one thread."""

    def __init__(
        self,
        sock: socket.socket,
        settings: DimseSettings,
        *,
        hurried: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take over an accepted socket.

        Args:
            sock: the socket; closed by `close`.
            settings: limits and times.
            hurried: asked while nothing comes; True ends a connection on which no message is under way.
            monotonic: seconds of a clock that never goes back.
        """
        self._socket = sock
        self._settings = settings
        self._hurried = hurried
        self._monotonic = monotonic
        self._layer = UpperLayer(Role.ACCEPTOR, settings.limits)
        self._buffer = memoryview(bytearray(BUFFER_BYTES))
        self._patience = Patience()
        self._idle = True
        self._gone = False
        sock.setblocking(True)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The kernel's own time-out instead of Python's: no poll() before every read.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _TICK)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _SEND_TIMEOUT)

    def outputs(self) -> Iterator[Command | Fragment]:
        """Yield fragments and indications until the connection is at its end.

        A fragment is a slice of the buffer, valid until the next output is asked for.
        """
        yield from self._performed(self._layer.handle(TransportAccepted()))
        while not self._gone:
            count = self._read()
            if not count:
                break
            for output in self._layer.feed(self._buffer[:count]):
                if type(output) is Fragment:
                    yield output
                else:
                    assert isinstance(output, Command)
                    yield from self._performed([output])
        if self._layer.state is not State.IDLE:
            yield from self._performed(self._layer.handle(TransportClosed()))

    def tell(self, event: Event) -> None:
        """Let the local user's event happen and send what follows from it."""
        for command in self._layer.handle(event):
            self._perform(command)

    def send_command(self, context_id: int, encoded: bytes, maximum_length: int) -> None:
        """Send a command set without data set, in as few PDUs as the peer takes, in one piece."""
        pdus = encode_message_part(context_id, encoded, is_command=True, maximum_length=maximum_length)
        if self._layer.state is State.ESTABLISHED:
            self.tell(DataRequested(b"".join(pdus)))

    def await_message(self) -> None:
        """From now on the peer may be idle for the network time-out."""
        self._acknowledge_at_once()
        self._idle = True
        self._patience.begin(self._settings.network_timeout_s)

    def await_rest(self) -> None:
        """From now on the peer owes us the rest of a message."""
        self._idle = False
        self._patience.begin(self._settings.dimse_timeout_s, self._settings.min_rate_bytes)

    def close(self) -> None:
        """Close the socket, whatever state the association is in."""
        self._gone = True
        self._socket.close()

    def _acknowledge_at_once(self) -> None:
        """Have the kernel acknowledge what comes next without its usual delay.

        Senders that leave Nagle's algorithm on hold the end of an object back until its beginning is acknowledged:
        40 ms an object. Linux forgets the wish whenever we send, so it is renewed for every message.
        """
        if sys.platform == "linux":
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _performed(self, commands: list[Command]) -> Iterator[Command]:
        """Carry out what concerns the transport; yield what concerns the user."""
        for command in commands:
            if not self._perform(command):
                yield command

    def _perform(self, command: Command) -> bool:
        match command:
            case Send():
                self._send(command.data)
            case StartArtim():
                self._patience.begin(self._settings.artim_s)
            case StopArtim():
                self.await_message()
            case CloseTransport():
                self._gone = True
            case _:
                return False
        return True

    def _send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError:
            # Also a peer that does not read: the association is lost, which the next read reports in its turn.
            self._gone = True

    def _read(self) -> int:
        """Wait for bytes; 0 when the connection is at its end, by the peer or by us."""
        while not self._gone:
            began = self._monotonic()
            try:
                count = self._socket.recv_into(self._buffer)
            except (BlockingIOError, InterruptedError):
                count = -1
            except OSError:
                return 0
            self._patience.spend(self._monotonic() - began, max(count, 0))
            if self._patience.is_over or (count < 0 and self._idle and self._hurried()):
                self._give_up()
                return 0
            if count >= 0:
                return count
        return 0

    def _give_up(self) -> None:
        """The peer is too slow, or we are going: say so and leave."""
        expired = ArtimExpired() if self._layer.state in _TIMED else AbortRequested()
        self.tell(expired)
        self._gone = True
