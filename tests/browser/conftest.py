"""One demo for all tests that look at it: they are of one xdist group, so that one worker starts it, not each.

Who asks for `fresh_demo` gets one that no other test has filled.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.running import ROOT, START_WITHIN_S, Demo
from tests.engines import free_port


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The demo that tests of one group share; each may have sent studies to it and changed its account."""
    with running_demo() as demo:
        yield demo


@pytest.fixture
def fresh_demo() -> Iterator[Demo]:
    """A demo as a newcomer finds it."""
    with running_demo() as demo:
        yield demo


@contextmanager
def running_demo() -> Iterator[Demo]:
    """`make demo`'s program on free ports, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-demo-"))
    dimse = free_port()
    command = [sys.executable, "-m", "demo", "--data", str(folder / "data")]
    command += ["--http", f"127.0.0.1:{free_port()}", "--dimse", f"127.0.0.1:{dimse}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, stderr=subprocess.STDOUT)
    watchdog = threading.Timer(START_WITHIN_S, process.kill)
    watchdog.start()
    said: list[str] = []
    found: dict[str, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.rstrip())
        name, _, value = line.strip().partition(": ")
        if name in {"address", "user", "password"}:
            found[name] = value
        if "password" in found:
            break
    watchdog.cancel()
    assert set(found) == {"address", "user", "password"}, "\n".join(said)
    try:
        yield Demo(found["address"], found["user"], found["password"], dimse, said)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)
