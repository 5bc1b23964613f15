"""A running demo and a way to drive pages of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.engines import free_port

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / ".venv" / "bin" / "node"
START_WITHIN_S = 180
SCREENSHOTS = Path(os.environ.get("KONTOR_SCREENSHOTS", ROOT / ".cache" / "screenshots"))


@dataclass(frozen=True)
class Demo:
    """Where the demo runs and how to get in; `dimse` is its port on this machine."""

    address: str
    user: str
    password: str
    dimse: int
    said: list[str]


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
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
    yield Demo(found["address"], found["user"], found["password"], dimse, said)
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    process.stdout.close()
    shutil.rmtree(folder, ignore_errors=True)


def drive(script: str, *arguments: str, within_s: float = 180) -> dict[str, Any]:
    """Run one of the scripts beside this file in Node; return what it saw."""
    assert shutil.which("chromium"), "Chromium is missing: Debian's package chromium ships it"
    command = [str(NODE), str(Path(__file__).parent / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=within_s)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))
