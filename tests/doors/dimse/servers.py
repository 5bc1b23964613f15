"""Servers for tests of the DIMSE door: in a thread, on a port of their own, before stand-ins or a real archive."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import cast

from kontor.access import Actor, ActorKind, PeerRefusal, PeerRefused, Right, Scope
from kontor.archive import Admission, ExpectedUids, Origin, Outcome, Receipt
from kontor.dicom.values import Uid
from kontor.doors.dimse import Acts, AssociationServer, DimseSettings

QUICK = DimseSettings(artim_s=5, network_timeout_s=20, dimse_timeout_s=10, drain_s=10)
STUDY = "1.2.840.99.1"


def a_scope(peer: int = 1, name: str = "CT1") -> Scope:
    """The scope of a peer that may store."""
    return Scope(1, "main", Actor(ActorKind.PEER, peer, name), frozenset({Right.STORE}))


@dataclass
class StandIn:
    """Rooms behind the door that keep objects in memory and fail when they are told to.

    `identify_error`, `receive_error`, `admit_error`, `audit_error` are raised by the act of that name; `fail_after` is
    the number of slices that `receive` takes before it raises.
    """

    objects: list[tuple[bytes, Uid, ExpectedUids]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    audited: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    broken_off: list[type[BaseException]] = field(default_factory=list)
    outcome: Outcome = Outcome.NEW
    identify_error: Exception | None = None
    receive_error: Exception | None = None
    admit_error: Exception | None = None
    audit_error: Exception | None = None
    fail_after: int = 0
    receiving: threading.Event = field(default_factory=threading.Event)

    def acts(self) -> Acts:
        """The acts that the door gets."""
        return Acts(self.identify, self.receive, self.admit, self.record_store)

    def identify(self, calling_ae: str, called_ae: str, address: str) -> Scope:
        """Peers are called CT<number>."""
        assert address == "127.0.0.1"
        if self.identify_error is not None:
            raise self.identify_error
        if called_ae != "KONTOR":
            raise PeerRefused(PeerRefusal.CALLED_AE_NOT_RECOGNISED)
        if not calling_ae.startswith("CT"):
            raise PeerRefused(PeerRefusal.UNKNOWN_CALLING_AE)
        return a_scope(int(calling_ae.removeprefix("CT")), calling_ae)

    def receive(
        self, scope: Scope, origin: Origin, stream: Iterable[memoryview], transfer_syntax: Uid, expected: ExpectedUids
    ) -> Receipt:
        """Keep the bytes, or fail."""
        assert scope.actor.name == origin.calling_ae
        pieces: list[bytes] = []
        try:
            for piece in stream:
                pieces.append(bytes(piece))
                self.receiving.set()
                if self.receive_error is not None and len(pieces) > self.fail_after:
                    raise self.receive_error
        except BaseException as error:
            self.broken_off.append(type(error))
            raise
        self.objects.append((b"".join(pieces), transfer_syntax, expected))
        self.origins.append(origin)
        self.order.append("receive")
        return cast(Receipt, SimpleNamespace(header=SimpleNamespace(study_instance_uid=STUDY)))

    def admit(self, receipts: Sequence[Receipt]) -> list[Admission]:
        """Say that they are what `outcome` says."""
        self.order.append("admit")
        if self.admit_error is not None:
            raise self.admit_error
        return [Admission(receipt, self.outcome) for receipt in receipts]

    def record_store(self, scope: Scope, origin: Origin, study_instance_uid: str) -> None:
        """Note the row."""
        assert scope.actor.name == origin.actor
        self.order.append("audit")
        if self.audit_error is not None:
            raise self.audit_error
        self.audited.append(study_instance_uid)


@dataclass
class Running:
    """A server that runs in a thread of the test."""

    port: int
    stop: threading.Event
    thread: threading.Thread


def run_on(listener: socket.socket, server: AssociationServer) -> Running:
    """Start a server on a listening socket."""
    stop = threading.Event()
    thread = threading.Thread(target=server.run, args=(stop,))
    thread.start()
    return Running(listener.getsockname()[1], stop, thread)


@contextmanager
def serving(acts: Acts, settings: DimseSettings = QUICK, **changes: object) -> Iterator[Running]:
    """A server on a free port of loopback; stopped, and joined, at the end."""
    changed = replace(settings, **changes)  # type: ignore[arg-type]  # the tests change single fields
    with socket.create_server(("127.0.0.1", 0), backlog=300) as listener:
        running = run_on(listener, AssociationServer(listener, acts, changed))
        try:
            yield running
        finally:
            running.stop.set()
            running.thread.join(timeout=changed.drain_s + 5)
            assert not running.thread.is_alive()
