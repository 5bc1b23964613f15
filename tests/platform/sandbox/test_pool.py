"""Hostile frames never harm the service: children die, are replaced, and neighbours do not notice."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import psutil
import pytest

from kontor.platform.sandbox import Overrun, Sandbox, SandboxError, SandboxUnavailable, Undecodable
from kontor.platform.sandbox.exchange import Child
from kontor.platform.sandbox.framing import BrokenFraming, pack, parse_head, parse_header
from kontor.platform.sandbox.launching import bubblewrap
from tests.platform.sandbox.pictures import array_of, grey, lossless_streams, lossy_streams, request_for

SEED = 20260714
STREAMS = lossless_streams() | lossy_streams()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(2, timeout_s=20)
    yield made
    made.close()


def good(sandbox: Sandbox) -> bool:
    return np.array_equal(array_of(sandbox.decode(request_for("raw", grey().tobytes(), grey()))), grey())


def mutated(stream: bytes, random: Random) -> bytes:
    """A few flipped bytes, a cut, a repetition or a lie in a length."""
    data = bytearray(stream)
    for _ in range(random.randrange(1, 8)):
        place = random.randrange(len(data))
        match random.randrange(4):
            case 0:
                data[place] ^= 1 << random.randrange(8)
            case 1:
                data[place : place + 2] = random.choice((b"\xff\xff", b"\0\0", b"\x7f\xff", b"\x80\0"))
            case 2:
                del data[place : place + random.randrange(1, 20)]
            case _:
                data[place:place] = data[place : place + random.randrange(1, 60)]
        if not data:
            return b"\0"
    return bytes(data)


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_mutated_frames_give_a_picture_or_a_typed_error_in_bounded_memory(name: str, sandbox: Sandbox) -> None:
    codec, stream, array = STREAMS[name]
    random = Random(f"{SEED} {name}")
    before = psutil.Process().memory_info().rss
    for _ in range(120):
        try:
            pixels = sandbox.decode(replace(request_for(codec, stream, array), data=mutated(stream, random)))
        except SandboxError:
            continue
        assert array_of(pixels).shape == array.shape
    assert psutil.Process().memory_info().rss - before < 64 << 20, f"seed {SEED}"
    assert good(sandbox)


def test_a_child_that_takes_too_long_is_killed_and_replaced() -> None:
    sandbox = Sandbox(1, timeout_s=20)
    assert good(sandbox)
    child = sandbox._idle[0]
    os.killpg(child.process_id, signal.SIGSTOP)
    sandbox._timeout_s = 0.2
    with pytest.raises(Overrun):
        sandbox.decode(request_for("raw", grey().tobytes(), grey()))
    assert not psutil.pid_exists(child.process_id)
    sandbox._timeout_s = 20
    assert good(sandbox)
    sandbox.close()


def test_a_child_killed_while_idle_costs_no_frame(sandbox: Sandbox) -> None:
    assert good(sandbox)
    os.killpg(sandbox._idle[0].process_id, signal.SIGKILL)
    sandbox._idle[0]._process.wait()
    assert good(sandbox)


def test_a_child_that_dies_at_work_is_an_undecodable_frame_and_replaced(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert good(sandbox)
    send = Child._write

    def send_and_kill(self: Child, view: memoryview, deadline: float) -> None:
        send(self, view, deadline)
        os.killpg(self.process_id, signal.SIGKILL)

    monkeypatch.setattr(Child, "_write", send_and_kill)
    with pytest.raises(Undecodable, match="SIGKILL"):
        good(sandbox)
    monkeypatch.undo()
    assert good(sandbox)


def test_neighbours_do_not_notice(sandbox: Sandbox) -> None:
    results: list[bool] = []
    neighbour = threading.Thread(target=lambda: results.extend(good(sandbox) for _ in range(50)))
    neighbour.start()
    codec, stream, array = STREAMS["jpeg2000"]
    random = Random(SEED)
    for _ in range(50):
        try:
            sandbox.decode(replace(request_for(codec, stream, array), data=mutated(stream, random)))
        except SandboxError:
            continue
    neighbour.join()
    assert results == [True] * 50


def test_memory_beyond_its_share_is_an_overrun_and_no_more() -> None:
    sandbox = Sandbox(1, memory_bytes=64 << 20)
    wide = request_for("raw", bytes(8000 * 8000 * 2), grey())
    with pytest.raises((Overrun, Undecodable)):
        sandbox.decode(replace(wide, rows=8000, columns=8000))
    assert good(sandbox)
    sandbox.close()


def test_many_threads_share_few_children(sandbox: Sandbox) -> None:
    results: list[bool] = []
    threads = [threading.Thread(target=lambda: results.append(good(sandbox))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 12
    assert len(sandbox._idle) <= 2


def test_strength_says_what_holds_the_children() -> None:
    plain = Sandbox(1, wrap=False)
    assert plain.strength() == "seccomp+rlimits"
    plain.close()
    wrapped = Sandbox(1)
    expected = "bubblewrap+seccomp+rlimits" if bubblewrap() else "seccomp+rlimits"
    assert wrapped.strength() == expected
    wrapped.close()


def test_closing_leaves_no_process() -> None:
    sandbox = Sandbox(1)
    assert good(sandbox)
    process = sandbox._idle[0].process_id
    sandbox.close()
    assert not psutil.pid_exists(process)


def test_a_child_that_cannot_start_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(SandboxUnavailable):
        Sandbox(1, wrap=False).strength()


@pytest.mark.parametrize("head", [b"XXXX" + bytes(12), b"KSBX" + b"\xff" * 12, b"KSBX\0\0\0\0" + b"\xff" * 8])
def test_a_lying_message_is_refused_before_memory_is_taken(head: bytes) -> None:
    with pytest.raises(BrokenFraming):
        parse_head(head, 1 << 20)


@pytest.mark.parametrize("header", [b"", b"[]", b'{"a": [1]}', b'{"a": null}', b"\xff"])
def test_a_header_is_a_flat_object(header: bytes) -> None:
    with pytest.raises(BrokenFraming):
        parse_header(header)
    assert parse_head(pack({"a": 1}, 5)[:16], 5) == (len(b'{"a": 1}'), 5)
