"""Opens the same studies in Kontor and in OHIF, in turn, each time in a browser that was never there before.

A visit is timed from before the navigation until a picture of the screen correlates at least 0.98 with the slice that
the viewer opens at, and until the pixels of every slice have come. Who is first changes with each round.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.figures import keep, summary
from bench.ingest.__main__ import sending_rate
from bench.ingest.servers import PROGRAM, Server, clean_environment, kontor
from bench.viewer.detector import SHOWN, Detector, Place, first_shown
from bench.viewer.line import HOSPITAL, shaped
from bench.viewer.peer import SEEN, ohif_on_orthanc
from bench.viewer.studies import write_study

ROUNDS: Final = int(os.environ.get("KONTOR_BENCH_ROUNDS", "5"))
SHORT, LONG = 100, int(os.environ.get("KONTOR_BENCH_LONG", "2000"))
_NODE: Final = Path(sys.executable).parent / "node"
_SCRIPT: Final = Path(__file__).with_name("viewer.mjs")
_PASSWORD: Final = "correct horse battery staple"  # of an account that lives as long as the bench


@dataclass(frozen=True, slots=True)
class Viewer:
    """A viewer under test: how a study is addressed, what its pane is called, what its browser remembers, who is in."""

    name: str
    server: Server
    path: Callable[[str], str]
    pane: str
    remembered: Mapping[str, str]
    cookies: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds from the navigation; None when it did not come to it within the time."""

    first: float | None
    all: float | None


class Course:
    """One study on one line in one viewer: found once where it draws, then visited again and again."""

    def __init__(self, viewer: Viewer, study: str, slices: int, folder: Path) -> None:
        self._viewer, self._study, self._slices, self._folder = viewer, study, slices, folder
        self._detector = Detector(slices)
        self._place: Place | None = None
        self._last: Place | None = None

    def calibrate(self) -> Place:
        """A visit that is not counted: warms the server, and tells where which slice is drawn."""
        seen = self._visit(self._viewer.server.http, calibrate=True)
        self._place = self._detector.place(Path(seen["first"]), tuple(seen["box"]))
        if self._place.correlation < SHOWN:
            raise RuntimeError(f"{self._viewer.name} shows no slice that is known: {self._place}, {seen['first']}")
        return self._place

    def visit(self, port: int) -> Visit:
        """One visit over `port`."""
        assert self._place is not None
        seen = self._visit(port)
        frames = [(at, Path(path)) for at, path in seen["shown"]]
        at = first_shown(self._detector, self._place, self._place.slice_number, frames)
        return Visit(
            None if at is None else at - seen["begun"], None if seen["allAt"] is None else seen["allAt"] - seen["begun"]
        )

    def _visit(self, port: int, *, calibrate: bool = False) -> dict[str, Any]:
        if not calibrate:
            shutil.rmtree(self._folder, ignore_errors=True)
        task = {
            "address": f"http://127.0.0.1:{port}{self._viewer.path(self._study)}",
            "cookies": [{**cookie, "url": f"http://127.0.0.1:{port}"} for cookie in self._viewer.cookies],
            "folder": str(self._folder / ("still" if calibrate else "visit")),
            "frames": min(self._slices, SHORT),
            "pane": self._viewer.pane,
            "remembered": dict(self._viewer.remembered),
            "withinMs": 90_000,
            "calibrate": calibrate,
        }
        done = subprocess.run(
            [str(_NODE), str(_SCRIPT), json.dumps(task)], capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return dict(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def viewers(folder: Path) -> Iterator[Sequence[Viewer]]:
    """Both viewers on their servers."""
    with kontor(folder / "kontor") as ours, ohif_on_orthanc(folder / "peer") as peer:
        yield (
            Viewer(
                "kontor", ours, lambda uid: f"/studies/{uid}/images", "figure.viewport", {}, _signed_in(ours, folder)
            ),
            Viewer("ohif", peer, lambda uid: f"/viewer?StudyInstanceUIDs={uid}", ".cornerstone-canvas", SEEN, ()),
        )


def _signed_in(server: Server, folder: Path) -> Sequence[Mapping[str, str]]:
    """An account that may read, and the cookie of its session."""
    command = [
        str(PROGRAM),
        "user",
        "add",
        "reader",
        "--role",
        "reader",
        "--password-stdin",
        "--data",
        str(folder / "kontor"),
    ]
    subprocess.run(command, input=_PASSWORD, text=True, check=True, capture_output=True, env=clean_environment())
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.http}/api/v1/session",
        json.dumps({"name": "reader", "password": _PASSWORD}).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    return ({"name": name, "value": value},)


def measure(folder: Path, say: Callable[[str], None]) -> dict[str, object]:
    """All courses, interleaved; medians, spreads and ratios."""
    studies = {slices: write_study(folder / f"study-{slices}", slices) for slices in (SHORT, LONG)}
    with viewers(folder) as both:
        for viewer in both:
            for slices in studies:
                rate = sending_rate(viewer.server, [sorted((folder / f"study-{slices}").iterdir())])
                say(f"{viewer.name}: {slices} slices sent, {rate:.0f}/s")
        courses = {
            (viewer.name, slices): Course(viewer, uid, slices, folder / f"{viewer.name}-{slices}")
            for viewer in both
            for slices, uid in studies.items()
        }
        for (name, slices), course in courses.items():
            say(f"{name}, {slices} slices: {course.calibrate()}")
        return {"cases": {case: _case(visits) for case, visits in _rounds(both, courses, say).items()}}


def _rounds(
    both: Sequence[Viewer], courses: Mapping[tuple[str, int], Course], say: Callable[[str], None]
) -> dict[str, dict[str, list[Visit]]]:
    found: dict[str, dict[str, list[Visit]]] = {}
    for number in range(ROUNDS):
        in_turn = both if number % 2 == 0 else tuple(reversed(both))
        for viewer in in_turn:
            with shaped(viewer.server.http, HOSPITAL) as far:
                for case, slices, port in (
                    ("direct_100", SHORT, viewer.server.http),
                    ("direct_2000", LONG, viewer.server.http),
                    ("line_100", SHORT, far),
                ):
                    visit = courses[viewer.name, slices].visit(port)
                    found.setdefault(case, {}).setdefault(viewer.name, []).append(visit)
                    say(f"round {number + 1} of {ROUNDS}: {case}, {viewer.name}: {visit}")
    return found


def _case(visits: Mapping[str, Sequence[Visit]]) -> dict[str, object]:
    """Medians, and what share of the peer's time ours is."""
    told: dict[str, object] = {}
    for what in ("first", "all"):
        times = {name: [getattr(visit, what) for visit in each] for name, each in visits.items()}
        known = {
            name: summary([at for at in each if at is not None]) for name, each in times.items() if None not in each
        }
        told[f"{what}_ms"] = known
        if len(known) == len(times):
            told[f"{what}_share_of_peer"] = known["kontor"]["median"] / known["ohif"]["median"]
    return told


def main() -> int:
    """Measure in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kontor-bench-", ignore_cleanup_errors=True) as folder:
        figures = measure(Path(folder), lambda text: print(text, flush=True))
    print(f"kept in {keep('viewer', figures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
