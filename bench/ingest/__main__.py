"""Runs the rounds: each receiver in turn, five times over, always from an empty folder.

Who comes first changes with each round, and the disk is quiet before each run: what one receiver left to be written
back is not paid by the next.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench.figures import keep, summary
from bench.ingest.objects import write_large, write_small
from bench.ingest.servers import STORESCU, Server, ceiling, kontor, orthanc

ROUNDS: Final = int(os.environ.get("KONTOR_BENCH_ROUNDS", "5"))
LARGE, SMALL, NAGLE = 400, 1_200, 200
RECEIVERS: Final = {"kontor": kontor, "orthanc": orthanc, "ceiling": ceiling}
_ONE_ASSOCIATION: Final = {"ct_one_association", "small_one_association"}


def sending_rate(server: Server, groups: Sequence[Sequence[Path]], *, nodelay: bool = True) -> float:
    """Instances per second over `len(groups)` associations at once, from DCMTK's storescu."""
    environment = {key: value for key, value in os.environ.items() if key != "TCP_NODELAY"}
    if nodelay:
        environment["TCP_NODELAY"] = "1"
    base = [STORESCU, "-aet", "BENCH", "-aec", server.ae_title, "-pdu", "131072", "-R", "127.0.0.1", str(server.port)]
    begun = time.perf_counter()
    senders = [
        subprocess.Popen([*base, *map(str, files)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for files in groups
    ]
    for sender in senders:
        _, error = sender.communicate()
        if sender.returncode != 0:
            raise RuntimeError(error.decode()[-500:])
    return sum(map(len, groups)) / (time.perf_counter() - begun)


def measure(folder: Path, say: Callable[[str], None]) -> dict[str, object]:
    """Every case for every receiver, interleaved; returns medians, spreads and ratios."""
    say(f"writing {LARGE} CT images of 0.5 MB and {SMALL} MR images of 9 kB")
    large, small = write_large(folder / "large", LARGE), write_small(folder / "small", SMALL)
    cases: dict[str, Callable[[Server], float]] = {
        "ct_one_association": lambda server: sending_rate(server, [large]),
        "ct_four_associations": lambda server: sending_rate(server, [large[n::4] for n in range(4)]),
        "small_one_association": lambda server: sending_rate(server, [small]),
        "small_sender_with_nagle": lambda server: sending_rate(server, [small[:NAGLE]], nodelay=False),
    }
    rates: dict[str, dict[str, list[float]]] = {case: {name: [] for name in RECEIVERS} for case in cases}
    for number in range(ROUNDS):
        for case, run in cases.items():
            for name in _in_turn(number):
                home = folder / "server"
                os.sync()
                with RECEIVERS[name](home) as server:
                    rates[case][name].append(run(server))
                shutil.rmtree(home, ignore_errors=True)
                say(f"round {number + 1} of {ROUNDS}: {case}, {name}: {rates[case][name][-1]:.0f} instances/s")
    return {"cases": {case: _case(case, by_name) for case, by_name in rates.items()}}


def _in_turn(number: int) -> list[str]:
    """The receivers of one round, the first of the last round at the end."""
    names = list(RECEIVERS)
    first = number % len(names)
    return names[first:] + names[:first]


def _case(case: str, by_name: dict[str, list[float]]) -> dict[str, object]:
    """Medians and ratios. The ceiling is one process, so it bounds one association only."""
    medians = {name: summary(values) for name, values in by_name.items()}
    own = medians["kontor"]["median"]
    ratios = {"instances_per_second": medians, "ratio_to_orthanc": own / medians["orthanc"]["median"]}
    if case in _ONE_ASSOCIATION:
        ratios["share_of_ceiling"] = own / medians["ceiling"]["median"]
    return ratios


def main() -> int:
    """Measure, print and keep."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-bench-", dir=os.environ.get("KONTOR_BENCH_FOLDER")))
    try:
        figures = measure(folder, lambda line: print(f"── {line}", flush=True))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for case, values in figures["cases"].items():  # type: ignore[attr-defined] # a dict of dicts
        share = f", {values['share_of_ceiling']:.2f} of the ceiling" if "share_of_ceiling" in values else ""
        print(f"{case}: {values['ratio_to_orthanc']:.2f} x Orthanc{share}")
    print(f"kept in {keep('ingest', figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
