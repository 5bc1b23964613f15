"""How many may be inside: open associations in all and per peer, and connections that have not asked yet."""

from __future__ import annotations

import socket
import threading
from collections import Counter, OrderedDict
from contextlib import suppress


class Seats:
    """Counts open associations of this process. Thread-safe."""

    def __init__(self, total: int, per_peer: int) -> None:
        self._total = total
        self._per_peer = per_peer
        self._lock = threading.Lock()
        self._taken: Counter[int] = Counter()
        self._count = 0

    @property
    def taken(self) -> int:
        """Open associations."""
        return self._count

    @property
    def is_full(self) -> bool:
        """Whether no association more fits, whoever asks."""
        return self._count >= self._total

    def take(self, peer: int) -> bool:
        """Take a seat for a peer; False when there is none in all or none for it."""
        with self._lock:
            if self.is_full or self._taken[peer] >= self._per_peer:
                return False
            self._taken[peer] += 1
            self._count += 1
            return True

    def leave(self, peer: int) -> None:
        """Give a taken seat back."""
        with self._lock:
            self._taken[peer] -= 1
            self._count -= 1
            if not self._taken[peer]:
                del self._taken[peer]


class Lobby:
    """Connections that have not opened an association. When it is full, the longest waiting one is shown out.

    Half-open connections cost their maker nothing, so their number must not decide whether a modality gets in.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._lock = threading.Lock()
        self._waiting: OrderedDict[int, socket.socket] = OrderedDict()

    def enter(self, sock: socket.socket) -> None:
        """A connection waits; the oldest one beyond the limit is closed under its thread's hands."""
        with self._lock:
            self._waiting[id(sock)] = sock
            oldest = self._waiting.popitem(last=False)[1] if len(self._waiting) > self._places else None
        if oldest is not None:
            with suppress(OSError):  # its thread was faster
                oldest.shutdown(socket.SHUT_RDWR)

    def leave(self, sock: socket.socket) -> None:
        """A connection has opened an association or is going to be closed."""
        with self._lock:
            self._waiting.pop(id(sock), None)
