"""`kontor serve`: one parent that starts the roles, hands out sockets, replaces who dies, drains on SIGTERM."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kontor.app.settings import Settings, parse_address
from kontor.platform.log import get_logger

DRAIN_S: Final = 30.0
_KILL_AFTER_S: Final = DRAIN_S + 5
_RESTART_PAUSES_S: Final = (0.1, 0.5, 2.0, 5.0)
_STEADY_AFTER_S: Final = 30.0
_POLL_S: Final = 0.1
_BACKLOG: Final = 256
_TAKEN_FOR_S: Final = 3.0
_log: Final = get_logger("app")


@dataclass(slots=True)
class Child:
    """One process of a role, and how often it had to be started lately."""

    role: str
    command: Sequence[str]
    listening: socket.socket | None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    not_before: float = field(default=0.0)

    def start(self, now: float) -> None:
        """Start the process; it inherits the listening socket."""
        inherited = [] if self.listening is None else [self.listening.fileno()]
        self.process = subprocess.Popen(list(self.command), pass_fds=inherited, stdin=subprocess.DEVNULL)
        self.started_at = now

    def replace_if_dead(self, now: float) -> None:
        """Start again what ended, with growing pauses while it keeps ending early."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.failures = 0 if now - self.started_at > _STEADY_AFTER_S else self.failures + 1
            pause = _RESTART_PAUSES_S[min(self.failures, len(_RESTART_PAUSES_S) - 1)]
            self.not_before = now + pause
            self.process = None
            _log.error("process ended, starting it again", role=self.role, code=code, pause_s=pause)
        if now >= self.not_before:
            self.start(now)


class Supervisor:
    """Keeps the wanted number of processes of each role alive until it is told to stop."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        self._stop = threading.Event()
        self._environment = environment
        if settings.counts["web"]:
            require_free(settings.http)
        self._dimse = listen(settings.dimse) if settings.counts["dimse"] else None
        self.dimse_port = self._dimse.getsockname()[1] if self._dimse else None
        self._children = list(self._wanted(settings))

    def run(self, when_started: Callable[[], None]) -> None:
        """Run until SIGTERM or SIGINT, then drain. `when_started` runs beside, once the processes were started."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        os.environ.update(self._environment)
        for child in self._children:
            child.start(time.monotonic())
        threading.Thread(target=when_started, daemon=True).start()
        while not self._stop.wait(_POLL_S):
            for child in self._children:
                child.replace_if_dead(time.monotonic())
        self._drain()

    def _wanted(self, settings: Settings) -> Sequence[Child]:
        program = [sys.executable, "-m", "kontor.app"]
        children = []
        if settings.counts["web"]:
            children.append(Child("web", [*program, "web"], None))
        for _ in range(settings.counts["dimse"]):
            assert self._dimse is not None
            children.append(Child("dimse", [*program, "dimse", "--socket", str(self._dimse.fileno())], self._dimse))
        children += [
            Child("worker", [*program, "worker", "--supervised"], None) for _ in range(settings.counts["worker"])
        ]
        return children

    def _drain(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _KILL_AFTER_S
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _log.error("process did not drain in time, killing it", pid=process.pid)
                process.kill()
                process.wait()


def listen(address: str) -> socket.socket:
    """Open the listening socket that the processes of a role share.

    Waits a moment for an address that is taken: processes of a parent that was killed may still hold it while they die.

    Raises:
        OSError: the address is taken or not ours.
    """
    deadline = time.monotonic() + _TAKEN_FOR_S
    while True:
        try:
            return _bound(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() >= deadline:
                raise
        time.sleep(_POLL_S)


def _bound(address: str) -> socket.socket:
    host, port = parse_address(address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise OSError(error.errno, error.strerror, address) from error
    listening.set_inheritable(True)
    return listening


def require_free(address: str) -> None:
    """Make sure that nobody listens there: a server that shares its port would answer in our place.

    Raises:
        OSError: the address is taken or not ours.
    """
    listen(address).close()


def freeze_what_stays() -> None:
    """Take what a started process holds for good out of the garbage collector's rounds.

    Classes, route tables and statements are some 300,000 objects; walking them again and again cost a tenth of a list.
    """
    gc.collect()
    gc.freeze()


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies, however it dies (prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform != "linux":
        return
    import ctypes  # only where it exists

    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
