"""What a tab weighs after ten cases and after two hundred, read one after another without leaving the page.

A case is a CT of 40 slices, loaded and scrolled whole; the next one is opened by its key. Weighed are the processes
that draw the page and drive the graphics, after everything that can be collected was collected, with each renderer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from demo.sending import send

from bench.figures import keep
from bench.ingest.servers import PROGRAM, Server, clean_environment, kontor
from bench.viewer.cases import FAMILY, read_all, slices_of_a_case, write_case

CASES: Final = int(os.environ.get("KONTOR_BENCH_CASES", "200"))
SLICES: Final = 40
FIRST: Final = 10
_RENDERERS: Final = {"canvas": False, "webgl": True}
_DRAWS: Final = {"canvas": "2d", "webgl": "webgl"}
_USER, _PASSWORD = "reader", "correct horse battery staple"  # of an account that lives as long as the bench
_WITHIN_S: Final = 30 * CASES + 300


def measure(folder: Path, say: Callable[[str], None]) -> dict[str, object]:
    """Store the cases, and have them read in a fresh browser with each renderer."""
    with kontor(folder / "kontor") as server:
        _add_reader(folder / "kontor")
        studies = _store(server, folder / "case")
        say(f"{CASES} cases of {SLICES} slices stored")
        found: dict[str, dict[str, Any]] = {}
        for renderer, graphics in _RENDERERS.items():
            seen = read_all(_task(server, studies, graphics=graphics), _WITHIN_S)
            if seen["renderer"] != _DRAWS[renderer]:
                raise RuntimeError(f"{seen['renderer']} drew where {renderer} was to be weighed")
            found[renderer] = {str(each["cases"]): each for each in seen["weighed"]}
            say(f"{renderer}: {seen}")
        return {"cases": CASES, "slices": SLICES, "weighed": found, "growth": _growth(found)}


def _growth(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """By how many times the weight after all cases is the one after the first ten."""
    return {
        renderer: {what: each[str(CASES)][what] / each[str(FIRST)][what] for what in ("renderer_mib", "gpu_mib")}
        for renderer, each in found.items()
    }


def _add_reader(data: Path) -> None:
    roles = ["--role", "reader", "--role", "technologist"]
    command = [str(PROGRAM), "user", "add", _USER, *roles, "--password-stdin", "--data", str(data)]
    subprocess.run(command, input=_PASSWORD, text=True, check=True, capture_output=True, env=clean_environment())


def _store(server: Server, folder: Path) -> list[str]:
    images, studies = slices_of_a_case(SLICES), []
    for number in range(CASES):
        study, files = write_case(folder, number, images)
        send(files, "BENCH", server.ae_title, "127.0.0.1", server.port, lambda _: None)
        studies.append(study)
    return studies


def _task(server: Server, studies: list[str], *, graphics: bool) -> dict[str, object]:
    return {
        "address": f"http://127.0.0.1:{server.http}",
        "user": _USER,
        "password": _PASSWORD,
        "family": FAMILY,
        "studies": studies,
        "slices": SLICES,
        "marks": sorted({FIRST, CASES // 4, CASES // 2, CASES}),
        "graphics": graphics,
    }


def main() -> int:
    """Measure in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(
        prefix="kontor-bench-", dir=os.environ.get("KONTOR_BENCH_FOLDER"), ignore_cleanup_errors=True
    ) as folder:
        figures = measure(Path(folder), lambda text: print(text, flush=True))
    print(f"kept in {keep('viewer-memory', figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
