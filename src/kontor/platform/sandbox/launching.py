"""Start a child: the command line, its bare environment, bubblewrap around it where that works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from typing import Final

from kontor.platform.sandbox.errors import SandboxUnavailable

_BUBBLEWRAP: Final = (
    *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"),  # noqa: S108  empty, of the child
    *("--unshare-all", "--cap-drop", "ALL"),
)
_PROBE_S: Final = 10


@cache
def bubblewrap() -> str | None:
    """The path of bubblewrap, when it is there and this kernel and user let it work."""
    path = shutil.which("bwrap")
    if path is None:
        return None
    try:
        probe = subprocess.run(
            [path, *_BUBBLEWRAP, sys.executable, "-I", "-c", ""],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return path if probe.returncode == 0 else None


def launch(memory_bytes: int, cpu_s: int, frame_bytes_max: int, wrapper: str | None) -> subprocess.Popen[bytes]:
    """A fresh child in a process group of its own, so that one kill reaches all of it. Never a fork of our threads."""
    command = [sys.executable, "-m", "kontor.platform.sandbox.child"]
    command += [str(memory_bytes), str(cpu_s), str(frame_bytes_max)]
    if wrapper is not None:
        command = [wrapper, *_BUBBLEWRAP, *command]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
            env=_environment(),
            cwd="/",
        )
    except OSError as error:
        raise SandboxUnavailable(str(error)) from error


def _environment() -> dict[str, str]:
    """Where our code lies, and no thread pools: a confined process may not start threads."""
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)  # noqa: PTH100  plain text in and out
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath, **threads}
