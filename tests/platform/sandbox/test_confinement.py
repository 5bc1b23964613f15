"""A child can do nothing but decode: proved by trying from inside, in a process locked in the same way."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ATTEMPTS = {
    "open a file": "open('/etc/passwd').read()",
    "write a file": "os.open('/tmp/kontor-escape', os.O_CREAT | os.O_WRONLY)",
    "open a socket": "socket.socket()",
    "start a program": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork()",
    "start a thread": "threading.Thread(target=print).start()",
    "list a folder": "os.listdir('/')",
    "kill its parent": "os.kill(os.getppid(), 9)",
    "take two gigabytes": "bytearray(2 << 30)",
}
LOCKED = """
import os, socket, sys, threading
from kontor.platform.sandbox.confinement import confine
assert confine(1 << 30, 60).seccomp
try:
    {attempt}
except (OSError, RuntimeError, MemoryError) as error:
    os.write(1, b"held: " + type(error).__name__.encode())
else:
    os.write(1, b"escaped")
os._exit(0)
"""


@pytest.mark.parametrize("attempt", sorted(ATTEMPTS))
def test_a_locked_process_cannot(attempt: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOCKED.format(attempt=ATTEMPTS[attempt])],
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.startswith(b"held: "), (done.stdout, done.stderr[-500:])


def test_without_the_lock_the_same_attempt_succeeds() -> None:
    free = LOCKED.format(attempt=ATTEMPTS["open a file"]).replace("assert confine(1 << 30, 60).seccomp", "")
    done = subprocess.run(
        [sys.executable, "-c", free],
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == b"escaped"
