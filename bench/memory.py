"""Memory that one object of 1 GB adds: while it is received by DIMSE, and while it is served by WADO-RS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Final

from bench.figures import keep
from bench.ingest.objects import write_huge, write_small
from bench.ingest.servers import PROGRAM, STORESCU, Server, clean_environment, kontor

FRAMES: Final = int(os.environ.get("KONTOR_BENCH_FRAMES", "1000"))
_STUDIES: Final = "/dicom-web/studies"


def peak_kib(pid: int) -> int:
    """VmHWM of a process: the most resident memory since the last reset."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def reset_peaks(server: Server) -> dict[int, int]:
    """Forget earlier peaks (proc(5), clear_refs 5); return what is resident now."""
    pids = server.processes()
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    return {pid: peak_kib(pid) for pid in pids}


def added_mib(before: dict[int, int]) -> float:
    """The largest growth of any one process since `before`, in MiB."""
    return max(peak_kib(pid) - resident for pid, resident in before.items()) / 1024


def measure(folder: Path) -> dict[str, object]:
    """Send and fetch the object once, after a small one has warmed every path."""
    huge = write_huge(folder / "huge.dcm", FRAMES)
    (small,) = write_small(folder / "small", 1)
    with kontor(folder / "server") as server:
        token = _token(folder / "server")
        send = [STORESCU, "-aet", "BENCH", "-aec", "KONTOR", "-R", "127.0.0.1", str(server.port)]
        subprocess.run([*send, str(small)], check=True)
        _fetch(server, token, _study_of(small))
        before = reset_peaks(server)
        subprocess.run([*send, str(huge)], check=True)
        receiving = added_mib(before)
        before = reset_peaks(server)
        length = _fetch(server, token, _study_of(huge))
        serving = added_mib(before)
    added = {"receive": receiving, "serve": serving}
    return {"object_bytes": huge.stat().st_size, "sent_back_bytes": length, "added_mib": added}


def _study_of(path: Path) -> str:
    import pydicom

    return str(pydicom.dcmread(path, specific_tags=["StudyInstanceUID"]).StudyInstanceUID)


def _token(data: Path) -> str:
    add = [PROGRAM, "user", "add", "bench", "--role=reader", "--password-stdin", "--data", data]
    phrase, environment = "a long pass phrase for the bench\n", clean_environment()
    subprocess.run([*map(str, add)], input=phrase, text=True, check=True, env=environment)
    create = [PROGRAM, "token", "create", "--user", "bench", "--data", data]
    return subprocess.run(
        [*map(str, create)], check=True, capture_output=True, text=True, env=environment
    ).stdout.strip()


def _fetch(server: Server, token: str, study: str) -> int:
    accept = 'multipart/related; type="application/dicom"; transfer-syntax=*'
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.http}{_STUDIES}/{study}",
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
