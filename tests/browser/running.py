"""A running demo and a way to drive pages of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def drive(script: str, *arguments: str, within_s: float = 180) -> dict[str, Any]:
    """Run one of the scripts beside this file in Node; return what it saw."""
    assert shutil.which("chromium"), "Chromium is missing: Debian's package chromium ships it"
    command = [str(NODE), str(Path(__file__).parent / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=within_s)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))
