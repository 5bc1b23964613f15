"""Memory that one object of 1 GB adds: while it is received by DIMSE, and while it is served by WADO-RS.

Receiving ends when the study is settled and its small picture is there. Peaks of all processes are added up, also of
those that start meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench.figures import keep
from bench.ingest.objects import write_huge, write_small
from bench.ingest.servers import PROGRAM, STORESCU, Server, clean_environment, kontor

FRAMES: Final = int(os.environ.get("KONTOR_BENCH_FRAMES", "1000"))
_STUDIES: Final = "/dicom-web/studies"
_AS_STORED: Final = 'multipart/related; type="application/dicom"; transfer-syntax=*'
_MADE_WITHIN_S: Final = 120


def peak_kib(pid: int) -> int:
    """VmHWM of a process: the most resident memory since the last reset."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


class Growth:
    """The sum of every process's growth from now on; the peak of one that starts later counts whole."""

    def __init__(self, server: Server) -> None:
        self._server = server
        for pid in server.processes():
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # forget earlier peaks (proc(5))
        self._before = {pid: peak_kib(pid) for pid in server.processes()}
        self._peaks = dict(self._before)

    def look(self) -> None:
        """Note the peaks: a process that ends between two looks is counted as of the first."""
        for pid in self._server.processes():
            with contextlib.suppress(FileNotFoundError):
                self._peaks[pid] = max(peak_kib(pid), self._peaks.get(pid, 0))

    def added_mib(self) -> float:
        """In MiB."""
        self.look()
        return sum(peak - self._before.get(pid, 0) for pid, peak in self._peaks.items()) / 1024


def measure(folder: Path) -> dict[str, object]:
    """Send and fetch the object once, after a small one has warmed every path."""
    huge = write_huge(folder / "huge.dcm", FRAMES)
    (small,) = write_small(folder / "small", 1)
    with kontor(folder / "server") as server:
        token = _token(folder / "server")
        derived = folder / "server" / "derived"
        _receive(server, token, small, derived, lambda: None)
        _fetch(server, token, f"{_STUDIES}/{_uids_of(small)[0]}")
        receiving = Growth(server)
        _receive(server, token, huge, derived, receiving.look)
        added = {"receive": receiving.added_mib()}
        serving = Growth(server)
        length = _fetch(server, token, f"{_STUDIES}/{_uids_of(huge)[0]}")
        added["serve"] = serving.added_mib()
    return {"object_bytes": huge.stat().st_size, "sent_back_bytes": length, "added_mib": added}


def _receive(server: Server, token: str, path: Path, derived: Path, look: Callable[[], None]) -> None:
    """Send one object, settle its study by call, and wait for its bundle and small picture."""
    before = _files(derived)
    send = [STORESCU, "-aet", "BENCH", "-aec", "KONTOR", "-R", "127.0.0.1", str(server.port), str(path)]
    subprocess.run(send, check=True)
    look()
    study, series = _uids_of(path)
    order = urllib.request.Request(
        f"http://127.0.0.1:{server.http}/api/v1/studies/{study}/settle",
        method="POST",
        headers={"Authorization": f"Bearer {token}"},
    )
    urllib.request.urlopen(order, timeout=60).close()
    deadline = time.monotonic() + _MADE_WITHIN_S
    while _files(derived) < before + 2:
        look()
        if time.monotonic() > deadline:
            raise RuntimeError(f"no bundle and small picture within {_MADE_WITHIN_S} s")
        time.sleep(0.02)
    _fetch(server, token, f"/api/v1/studies/{study}/series/{series}/thumbnail", accept="image/jpeg")
    look()


def _files(folder: Path) -> int:
    return sum(1 for found in folder.rglob("*") if found.is_file())


def _uids_of(path: Path) -> tuple[str, str]:
    import pydicom

    found = pydicom.dcmread(path, specific_tags=["StudyInstanceUID", "SeriesInstanceUID"])
    return str(found.StudyInstanceUID), str(found.SeriesInstanceUID)


def _token(data: Path) -> str:
    add = [PROGRAM, "user", "add", "bench", "--role=technologist", "--password-stdin", "--data", data]
    phrase, environment = "a long pass phrase for the bench\n", clean_environment()
    subprocess.run([*map(str, add)], input=phrase, text=True, check=True, env=environment)
    create = [PROGRAM, "token", "create", "--user", "bench", "--data", data]
    return subprocess.run(
        [*map(str, create)], check=True, capture_output=True, text=True, env=environment
    ).stdout.strip()


def _fetch(server: Server, token: str, path: str, accept: str = _AS_STORED) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.http}{path}",
        headers={"Authorization": f"Bearer {token}", "Accept": accept},
    )
    length = 0
    with urllib.request.urlopen(request, timeout=300) as answer:
        while chunk := answer.read(1 << 20):
            length += len(chunk)
    return length


def main() -> int:
    """Measure, print and keep."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-bench-", dir=os.environ.get("KONTOR_BENCH_FOLDER")))
    try:
        figures = measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(figures)
    print(f"kept in {keep('memory', figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
