"""The listening side: accept connections, one thread each, share the port with other processes, drain at the end."""

from __future__ import annotations

import select
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kontor.doors.dimse.acts import Acts, acts_of
from kontor.doors.dimse.association import Association
from kontor.doors.dimse.closing import Closing
from kontor.doors.dimse.connection import Connection
from kontor.doors.dimse.reception import Reception
from kontor.doors.dimse.seats import Lobby, Seats
from kontor.doors.dimse.settings import DimseSettings
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.access import Access
    from kontor.archive import Archive

_log: Final = get_logger("dimse")
_LOOK_UP_MS: Final = 200  # how often the accepting thread asks whether to stop
_DELAY_PER_ASSOCIATION_S: Final = 0.001
_DELAY_MAX_S: Final = 0.02
_FREE_DESCRIPTORS_S: Final = 0.2


class AssociationServer:
    """Serves associations on a listening socket that several processes may share.

    A process delays its accept by a millisecond for each association it has open, so that the least loaded one is
    first, without the processes knowing of each other.
    """

    def __init__(self, listener: socket.socket, acts: Acts, settings: DimseSettings) -> None:
        """Take a socket that listens already; it stays the caller's to close."""
        self._listener = listener
        self._acts = acts
        self._settings = settings
        self._seats = Seats(settings.max_associations, settings.max_associations_per_peer)
        self._lobby = Lobby(settings.max_waiting)
        self._closing = Closing(settings.drain_s, time.monotonic)
        self._reception = Reception(acts, self._seats, self._closing)
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, socket.socket] = {}

    def run(self, stop: threading.Event) -> None:
        """Serve until `stop` is set, then drain: open associations finish, new ones are told to come back.

        Returns when no association is open, at the latest after the drain of the settings; then what is still open is
        cut off.
        """
        self._listener.setblocking(False)
        readable = select.poll()
        readable.register(self._listener, select.POLLIN)
        while not stop.is_set():
            self._accept_next(readable)
        self._closing.begin()
        while self._threads() and self._closing.left_s:
            self._accept_next(readable)
        self._cut_off()

    def _accept_next(self, readable: select.poll) -> None:
        if not readable.poll(_LOOK_UP_MS):
            return
        time.sleep(min(self._seats.taken * _DELAY_PER_ASSOCIATION_S, _DELAY_MAX_S))
        try:
            accepted, address = self._listener.accept()
        except BlockingIOError:
            return  # another process was faster
        except OSError as error:
            _log.error("cannot accept", error=type(error).__name__, number=error.errno)
            time.sleep(_FREE_DESCRIPTORS_S)  # out of descriptors: give associations time to end
            return
        self._welcome(accepted, str(address[0]).removeprefix("::ffff:"))

    def _welcome(self, accepted: socket.socket, address: str) -> None:
        self._lobby.enter(accepted)
        thread = threading.Thread(target=self._serve, args=(accepted, address), name=f"dimse {address}", daemon=True)
        with self._lock:
            self._open[thread] = accepted
        thread.start()

    def _serve(self, accepted: socket.socket, address: str) -> None:
        try:
            Association(
                Connection(accepted, self._settings, hurried=lambda: self._closing.has_begun),
                address,
                acts=self._acts,
                reception=self._reception,
                closing=self._closing,
                settings=self._settings,
                on_welcome=lambda: self._lobby.leave(accepted),
                on_release=lambda: self._lobby.enter(accepted),  # until it closes it is one of those that hold nothing
            ).run()
        finally:
            self._lobby.leave(accepted)
            with self._lock:
                del self._open[threading.current_thread()]
            accepted.close()

    def _threads(self) -> list[threading.Thread]:
        with self._lock:
            return list(self._open)

    def _cut_off(self) -> None:
        with self._lock:
            still_open = dict(self._open)
            for accepted in still_open.values():
                with suppress(OSError):
                    accepted.shutdown(socket.SHUT_RDWR)
        if still_open:
            _log.warning("associations cut off at the end of the drain", count=len(still_open))
        for thread in still_open:
            thread.join(timeout=1)


class DimseServer(AssociationServer):
    """The door of an archive."""

    def __init__(self, listener: socket.socket, archive: Archive, access: Access, settings: DimseSettings) -> None:
        """Take a listening socket and the rooms behind the door."""
        super().__init__(listener, acts_of(archive, access), settings)
