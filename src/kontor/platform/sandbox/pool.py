"""The sandbox: a pool of children that decode foreign bytes. The service itself never loads a codec."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import fields
from threading import Lock, Semaphore
from typing import TYPE_CHECKING, Final

from kontor.platform.sandbox.errors import Overrun, SandboxError, SandboxUnavailable, Undecodable
from kontor.platform.sandbox.exchange import Child
from kontor.platform.sandbox.framing import Header, Value
from kontor.platform.sandbox.launching import bubblewrap, launch
from kontor.platform.sandbox.requests import DTYPES, FRAME_BYTES_MAX, DecodeRequest, EncodeRequest, Pixels

if TYPE_CHECKING:
    from collections.abc import Iterator

_CPU_S: Final = 600  # of one child in all its life; it is replaced before, at half of it
_START_S: Final = 30.0
_QUEUE_S: Final = 120.0
_ANSWER_SLACK: Final = 64 << 10


class Sandbox:
    """Decodes and encodes in killable children; calls may come from any thread, each takes one child while it lasts.

    `processes` children at most, started when first needed. `timeout_s` for one request; `memory_bytes` that a child
    may map beyond its own code. `wrap` None: bubblewrap where it works.
    """

    def __init__(
        self,
        processes: int = 2,
        *,
        timeout_s: float = 30.0,
        memory_bytes: int = 3 << 30,
        frame_bytes_max: int = FRAME_BYTES_MAX,
        wrap: bool | None = None,
    ) -> None:
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._frame_bytes_max = frame_bytes_max
        self._wrap = wrap
        self._places = Semaphore(processes)
        self._idle: deque[Child] = deque()
        self._lock = Lock()
        self._strength = ""
        self._closed = False

    def decode(self, request: DecodeRequest) -> Pixels:
        """The frame's pixels. Raises Undecodable, Overrun, CodecUnknown, or SandboxUnavailable (repeatable)."""
        request.check(self._frame_bytes_max)
        # A codec answers 8 bit frames in 8 bits and 12 bit frames in 16: twice what the header says is the most.
        answer_max = 2 * request.frame_bytes + _ANSWER_SLACK
        header, data = self._ask(_header("decode", request), request.data, answer_max)
        dtype, colour_space = header.get("dtype"), header.get("colour_space")
        if not isinstance(dtype, str) or dtype not in DTYPES or not isinstance(colour_space, str):
            raise Undecodable("the decoder answered nonsense")
        if len(data) != request.cells * int(dtype[2:]):
            raise Undecodable(f"{len(data)} bytes decoded for {request.cells} cells of {dtype}")
        return Pixels(data, dtype, request.rows, request.columns, request.samples, colour_space)

    def encode(self, request: EncodeRequest) -> bytes:
        """The picture in its format. Raises as `decode`."""
        request.check(self._frame_bytes_max)
        _, data = self._ask(_header("encode", request), request.data, 2 * len(request.data) + _ANSWER_SLACK)
        return data

    def strength(self) -> str:
        """What holds the children, for the operator: 'bubblewrap+seccomp+rlimits', or less where less works."""
        if not self._strength:
            with self._child():
                pass
        return self._strength

    def close(self) -> None:
        """End all idle children; those at work end with their request."""
        self._closed = True
        while self._idle:
            self._idle.pop().kill()

    def _ask(self, header: Mapping[str, Value], data: bytes, answer_max: int) -> tuple[Header, bytes]:
        with self._child() as child:
            answer, result = child.exchange(header, data, answer_max, self._timeout_s)
        outcome, reason = answer.get("outcome"), str(answer.get("reason", ""))
        if outcome == "done":
            return answer, result
        raise Overrun(reason) if outcome == "overrun" else Undecodable(reason)

    @contextmanager
    def _child(self) -> Iterator[Child]:
        """Borrow a child; it comes back only if it is alive, sound and not tired."""
        if not self._places.acquire(timeout=_QUEUE_S):
            raise SandboxUnavailable("no decoder became free")
        try:
            child = self._take() or self._start()
            try:
                yield child
            except BaseException:
                child.kill()
                raise
            if self._closed or child.cpu_s > _CPU_S / 2:
                child.kill()
            else:
                self._idle.append(child)
        finally:
            self._places.release()

    def _take(self) -> Child | None:
        """The child used last; one that somebody killed meanwhile is forgotten, and its frame is not blamed."""
        while self._idle:
            try:
                child = self._idle.pop()
            except IndexError:
                return None
            if child.is_alive():
                return child
            child.kill()
        return None

    def _start(self) -> Child:
        wrapper = None if self._wrap is False else bubblewrap()
        if self._wrap and wrapper is None:
            raise SandboxUnavailable("bubblewrap does not work here")
        child = Child(launch(self._memory_bytes, _CPU_S, self._frame_bytes_max, wrapper))
        try:
            hello = child.hello(_START_S)
        except SandboxError as error:
            child.kill()
            raise SandboxUnavailable(f"a decoder did not start: {error}") from error
        held = ("bubblewrap" if wrapper else "", "seccomp" if hello.get("seccomp") else "", "rlimits")
        with self._lock:
            self._strength = "+".join(part for part in held if part)
        return child


def _header(act: str, request: DecodeRequest | EncodeRequest) -> dict[str, Value]:
    named: dict[str, Value] = {"act": act}
    for field in fields(request):
        if field.name != "data":
            named[field.name] = getattr(request, field.name)
    return named
