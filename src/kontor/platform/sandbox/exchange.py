"""One child as the service sees it: a request goes in, an answer comes out before the deadline, or it is killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping
from typing import Final

from kontor.platform.sandbox import framing
from kontor.platform.sandbox.errors import Overrun, SandboxError, Undecodable
from kontor.platform.sandbox.framing import Header, Value

_PIPE_BYTES: Final = 1 << 20
_READ_BYTES: Final = 1 << 20
_SET_PIPE_SIZE: Final = 1031  # F_SETPIPE_SZ


class Child:
    """A started child. After any exception of `exchange` it is dead and must be replaced."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the child needs both pipes")
        self.cpu_s = 0.0
        self._dead = False
        self._process = process
        self._input, self._output = process.stdin.fileno(), process.stdout.fileno()
        for descriptor in (self._input, self._output):
            os.set_blocking(descriptor, False)
            with contextlib.suppress(OSError):  # the kernel's limit on pipes is a matter of speed only
                fcntl.fcntl(descriptor, _SET_PIPE_SIZE, _PIPE_BYTES)

    def hello(self, timeout_s: float) -> Header:
        """What the child says of itself once it is locked in."""
        return self._guarded(None, 0, timeout_s)[0]

    def exchange(
        self, header: Mapping[str, Value], data: bytes, answer_max: int, timeout_s: float
    ) -> tuple[Header, bytes]:
        """Send a request, receive its answer of at most `answer_max` bytes.

        Overrun when the time is over, Undecodable when the child dies of it.
        """
        return self._guarded((framing.pack(header, len(data)), data), answer_max, timeout_s)

    def kill(self) -> None:
        """End it, whatever it does, and forget it; a second time does nothing."""
        if self._dead:
            return
        self._dead = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return not self._dead and self._process.poll() is None

    @property
    def process_id(self) -> int:
        """Of the child or of the bubblewrap around it."""
        return self._process.pid

    def _guarded(self, request: tuple[bytes, bytes] | None, answer_max: int, timeout_s: float) -> tuple[Header, bytes]:
        deadline = time.monotonic() + timeout_s
        try:
            for part in request or ():
                self._write(memoryview(part), deadline)
            header, answer = framing.receive(lambda length: self._read(length, deadline), answer_max)
        except (BrokenPipeError, EOFError) as error:
            raise Undecodable(f"the decoder died ({self._exit_reason()})") from error
        except SandboxError:
            self.kill()
            raise
        self.cpu_s = float(header.pop("cpu_s", 0))
        return header, bytes(answer)

    def _exit_reason(self) -> str:
        self.kill()
        code = self._process.returncode
        return signal.Signals(-code).name if code < 0 else f"exit {code}"

    def _write(self, view: memoryview, deadline: float) -> None:
        while view:
            self._wait(self._input, select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                view = view[os.write(self._input, view) :]

    def _read(self, length: int, deadline: float) -> bytearray:
        target = bytearray(length)
        view, done = memoryview(target), 0
        while done < length:
            self._wait(self._output, select.POLLIN, deadline)
            try:
                count = os.readv(self._output, [view[done : done + _READ_BYTES]])
            except BlockingIOError:
                continue
            if count == 0:
                raise EOFError
            done += count
        return target

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        left = deadline - time.monotonic()
        poll = select.poll()
        poll.register(descriptor, event)
        if left <= 0 or not poll.poll(left * 1000):
            raise Overrun("the decoder took too long")
