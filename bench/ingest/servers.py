"""The receivers that are compared, each started on a free port with an empty folder, each ended by its pid."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from demo.sending import dcmtk_program

PROGRAM: Final = Path(sys.executable).parent / "kontor"
STORESCU: Final = dcmtk_program("storescu") or "storescu"
_START_WITHIN_S: Final = 60


def clean_environment() -> dict[str, str]:
    """Our environment without Kontor's settings: a bench measures defaults, and its own switches are none of them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KONTOR_")}
    return {**kept, "TCP_NODELAY": "1"}


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def kontor(folder: Path, database: str | None = None) -> Iterator[Server]:
    """Kontor as `kontor serve` runs it by default, with a peer that may store."""
    port, http = free_port(), free_port()
    where = ["--data", str(folder)] + (["--database", database] if database else [])
    peer = [str(PROGRAM), "peer", "add", "BENCH", "--host", "127.0.0.1", "--may", "store", *where]
    subprocess.run(peer, check=True, env=clean_environment())
    command = [PROGRAM, "serve", *where, "--http", f"127.0.0.1:{http}", "--dimse", f"127.0.0.1:{port}"]
    with running([*map(str, command)], folder / "log", port) as process:
        from kontor.app.serving import wait_until_ready

        assert wait_until_ready(f"http://127.0.0.1:{http}"), (folder / "log").read_text()[-2000:]
        yield Server("KONTOR", port, http, process)


@contextmanager
def orthanc(folder: Path) -> Iterator[Server]:
    """Debian's Orthanc as it is shipped: SQLite index, no syncing of what it stores."""
    port, http = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    configuration = {
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "storage"),
        "DicomPort": port,
        "HttpPort": http,
        "RemoteAccessAllowed": False,
        "DicomAlwaysAllowStore": True,
        "DicomAet": "ORTHANC",
        "DicomCheckCalledAet": False,
        "StableAge": 3600,
    }
    (folder / "orthanc.json").write_text(json.dumps(configuration))
    with running(["Orthanc", str(folder / "orthanc.json")], folder / "log", port) as process:
        yield Server("ORTHANC", port, http, process)


@contextmanager
def ceiling(folder: Path) -> Iterator[Server]:
    """Our own reading loop that writes and syncs, and neither parses nor indexes."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.ingest.ceiling", str(folder / "segments"), str(port)]
    with running(command, folder / "log", port) as process:
        yield Server("CEILING", port, 0, process)


class Server:
    """A running receiver."""

    def __init__(self, ae_title: str, port: int, http: int, process: subprocess.Popen[bytes]) -> None:
        self.ae_title, self.port, self.http, self.process = ae_title, port, http, process

    def processes(self) -> list[int]:
        """Pids of the receiver and all its descendants."""
        import psutil

        parent = psutil.Process(self.process.pid)
        return [parent.pid, *(child.pid for child in parent.children(recursive=True))]


@contextmanager
def running(command: list[str], log: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=clean_environment())
    try:
        _wait_for(port, process, log)
        _wait_until_quiet(process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(45)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_quiet(process: subprocess.Popen[bytes]) -> None:
    """Until a receiver's processes have all started: they use less than a fifth of a core for a second.

    The port opens when the first of Kontor's processes is ready; the others would start while they are measured.
    """
    import psutil

    def used() -> float:
        found = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in found)

    deadline, before = time.monotonic() + _START_WITHIN_S, used()
    while time.monotonic() < deadline:
        began = time.monotonic()
        time.sleep(1)
        now = used()
        if now - before < 0.2 * (time.monotonic() - began):
            return
        before = now


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start: {log.read_text()[-2000:]}")
