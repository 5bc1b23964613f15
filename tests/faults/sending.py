"""A sender that keeps its own log of what was acknowledged: DCMTK's storescu, which knows nothing of Kontor."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.corridor.house import MODALITY
from tests.corridor.senders import KONTOR

_SENDING: Final = re.compile(r"Sending file: (.+)$")
_ANSWER: Final = re.compile(r"Received Store Response \((.+)\)$")
_ENDS_WITHIN_S: Final = 120


class LoggingSender:
    """One association's worth of files. Its log is read as it comes, by a thread of its own."""

    def __init__(self, port: int, files: Sequence[Path], counted: threading.Semaphore | None = None) -> None:
        self.acknowledged: list[Path] = []
        self.refused: dict[Path, str] = {}
        self._counted = counted
        program = shutil.which("storescu", path="/usr/bin:/usr/local/bin")
        assert program, "storescu is missing: Debian's package dcmtk ships it (make setup installs it)"
        command = [program, "-v", "-aet", MODALITY, "-aec", KONTOR, "--no-halt", "-to", "60", "127.0.0.1", str(port)]
        self._process = subprocess.Popen(
            [*command, *(str(path) for path in files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            env={"TCP_NODELAY": "1", "PATH": "/usr/bin"},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait(self) -> int:
        """Wait for its end; return its exit code."""
        code = self._process.wait(_ENDS_WITHIN_S)
        self._reader.join(_ENDS_WITHIN_S)
        return code

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as log:
            self._follow(log)
        if self._counted is not None:
            self._counted.release(1_000_000)  # whoever waits for more answers learns that none will come

    def _follow(self, log: Iterable[str]) -> None:
        current: Path | None = None
        for line in log:
            if found := _SENDING.search(line):
                current = Path(found[1].strip())
            elif (found := _ANSWER.search(line)) and current is not None:
                if found[1] == "Success":
                    self.acknowledged.append(current)
                else:
                    self.refused[current] = found[1]
                current = None
                if self._counted is not None:
                    self._counted.release()
