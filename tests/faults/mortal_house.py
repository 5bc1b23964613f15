"""The real program, which can be killed at any time, started again, and asked for what it kept."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from tests.corridor.house import PROGRAM, READY_WITHIN_S, House
from tests.corridor.samples import digest_of
from tests.corridor.web import AS_STORED, parts_of
from tests.faults.objects_to_send import Lot

SOAK: Final = os.environ.get("KONTOR_SOAK") == "1"
_GONE_WITHIN_S: Final = 30


@dataclass
class MortalHouse(House):
    """A house without a promise to end well. `wrapped` are words before its command, of a program that watches it."""

    wrapped: Sequence[str] = ()

    def start(self) -> None:
        """Start the program, wrapped, and wait until it says that it is ready."""
        command = [*self.wrapped, str(PROGRAM), "serve", *self._place()]
        command += ["--http", f"127.0.0.1:{self.http}", "--dimse", f"127.0.0.1:{self.dimse}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self._env())
        deadline = time.monotonic() + 2 * READY_WITHIN_S
        while not self._is_ready():
            assert self.process.poll() is None, f"it ended:\n{self.log()}"
            assert time.monotonic() < deadline, f"not ready:\n{self.log()}"
            time.sleep(0.05)

    def processes(self) -> list[psutil.Process]:
        """Every process of it, the parent first."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self, order: random.Random) -> None:
        """kill -9 every process, in any order, and wait until none is left."""
        assert self.process is not None
        doomed = self.processes()
        order.shuffle(doomed)
        for process in doomed:
            try:
                os.kill(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(_GONE_WITHIN_S)
        _, alive = psutil.wait_procs(doomed, _GONE_WITHIN_S)
        assert alive == []
        self.process = None

    def kept(self, lots: Iterable[Lot]) -> Mapping[str, str]:
        """Digest of the data set that comes back for every SOP Instance UID found by QIDO-RS, lot by lot."""
        found: dict[str, str] = {}
        with self.web as web:
            for lot in lots:
                listed = defaultdict(set)
                for study in sorted({study for study, _ in lot.series.values()}):
                    rows = web.get(f"/dicom-web/studies/{study}/instances?limit=1000")
                    for row in rows.json() if rows.status_code == 200 else ():
                        listed[study, row["0020000E"]["Value"][0]].add(row["00080018"]["Value"][0])
                for (study, series), sops in listed.items():
                    answer = web.get(f"/dicom-web/studies/{study}/series/{series}", Accept=AS_STORED)
                    assert answer.status_code == 200, answer.text[:300]
                    given = dict(_digests(parts_of(answer)))
                    assert set(given) == sops, "what is listed is not what is given out"
                    found.update(given)
        return found


def _digests(parts: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    import hashlib

    for part in parts:
        data = part[144 + int.from_bytes(part[140:144], "little") :]
        at = data.index(b"\x08\x00\x18\x00UI") + 6
        length = int.from_bytes(data[at : at + 2], "little")
        yield data[at + 2 : at + 2 + length].decode().rstrip("\0"), hashlib.sha256(data).hexdigest()


@contextmanager
def mortal(folder: Path, database_url: str, wrapped: Sequence[str] = (), **settings: str) -> Iterator[MortalHouse]:
    """A furnished house that a test may kill; ended at the end, however it is then."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {"processes": "web=1,dimse=2,worker=1", "watermark_bytes": str(1 << 20), **settings}
    house = MortalHouse(folder, database_url, chosen, wrapped=wrapped)
    try:
        house.start()
        house.furnish()
        yield house
    finally:
        if house.process is not None:
            house.kill(random.Random(0))


def nothing_acknowledged_is_lost(house: MortalHouse, lots: Iterable[Lot], acknowledged: Iterable[Path]) -> None:
    """Check that each acknowledged file is there and identical, and that nothing else is there but whole files."""
    lots = list(lots)
    kept = house.kept(lots)
    sent = {sop: digest for lot in lots for sop, digest in lot.digests.items()}
    by_path = {path: sop for lot in lots for sop, path in lot.files.items()}
    missing = [str(path) for path in acknowledged if kept.get(by_path[path]) != digest_of(path)]
    assert missing == [], f"{len(missing)} acknowledged objects are not as they were sent: {missing[:5]}\n{house.log()}"
    foreign = {sop: digest for sop, digest in kept.items() if sent.get(sop) != digest}
    assert foreign == {}, "something came back that nobody sent"
