"""Lists through HTTP at a million studies, on both engines: `python -m bench query [--studies N] [--engine NAME]`.

The program runs as `kontor serve` runs it, with the audit on; the client keeps one connection and a bearer token.
Values are drawn at random from a printed seed, so that no list is asked twice in a row for the same thing. Deep pages
of QIDO are offsets; those of the worklist go on from a place some 20,000 rows down, as its scroll bar does.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tests.engines import PostgresqlServer

from bench.figures import keep
from bench.ingest.servers import PROGRAM, Server, kontor
from bench.query.seed import FAMILIES, ONSETS, Amount, fill
from kontor.access import ensure_organisation
from kontor.platform.database import Database

SEED: Final = 20261125
REPEATS: Final = 100
CLIENTS: Final = 8
CROWD_S: Final = 15.0
ROWS: Final = 100
UNINDEXED: Final = "worklist, description"  # a word somewhere in a text: read along the order; timed, not in the crowd


class Draw:
    """Addresses of lists with random values."""

    def __init__(self, seed: int, studies: int, places: Sequence[str] = ("",)) -> None:
        self.random = random.Random(seed)
        self.studies = studies
        self.places = places  # cursors deep in the worklist

    def day(self) -> date:
        """A day of the seeded years."""
        return date(2010, 1, 1) + timedelta(days=self.random.randrange(15 * 365))

    def days(self) -> tuple[str, str]:
        """The ends of a range."""
        first, last = sorted((self.day(), self.day()))
        return f"{first:%Y%m%d}", f"{last:%Y%m%d}"

    def family(self) -> str:
        """A family name: one of 1,600, so that some 600 of a million studies bear it."""
        return quote(self.random.choice(FAMILIES))

    def onset(self) -> str:
        """The beginning of one name in twenty."""
        return quote(self.random.choice(ONSETS))


def cases(draw: Draw) -> dict[str, Callable[[], str]]:
    """Name of each list and how its address is drawn."""
    qido, api = f"/dicom-web/studies?limit={ROWS}", f"/api/v1/studies?limit={ROWS}"
    number = lambda: draw.random.randrange(1, draw.studies)  # noqa: E731 # one word for a drawn study
    return {
        "QIDO, all": lambda: qido,
        "QIDO, date range": lambda: f"{qido}&StudyDate={'-'.join(draw.days())}",
        "QIDO, name prefix, selective": lambda: f"{qido}&PatientName={draw.family()}^A*",
        "QIDO, name prefix, one family": lambda: f"{qido}&PatientName={draw.family()}*",
        "QIDO, name prefix, unselective": lambda: f"{qido}&PatientName={draw.onset()}*",
        "QIDO, patient id prefix": lambda: f"{qido}&PatientID=P{draw.random.randrange(10**4):04d}*",
        "QIDO, accession": lambda: f"{qido}&AccessionNumber=A{number():08d}",
        "QIDO, accession prefix": lambda: f"{qido}&AccessionNumber=A{number() // 100:06d}*",
        "QIDO, modality and date": lambda: f"{qido}&ModalitiesInStudy=MR&StudyDate={draw.day():%Y%m%d}-",
        "QIDO, deep page": lambda: f"{qido}&offset={draw.random.randrange(15_000, 25_000)}",
        "QIDO, deep page of a date range": lambda: f"{qido}&offset=20000&StudyDate=20110101-20231231",
        "worklist, newest arrivals": lambda: api,
        "worklist, date range": lambda: "{}&sort=study_date&date_from={}&date_to={}".format(api, *draw.days()),
        "worklist, name prefix in name order": lambda: f"{api}&sort=patient_name&order=asc&patient_name={draw.onset()}",
        "worklist, name prefix in date order": lambda: f"{api}&sort=study_date&patient_name={draw.onset()}",
        "worklist, one family in date order": lambda: f"{api}&sort=study_date&patient_name={draw.family()}",
        "worklist, name prefix by arrival": lambda: f"{api}&patient_name={draw.onset()}",
        "worklist, patient id": lambda: f"{api}&patient_id=P{draw.random.randrange(10**4):04d}",
        "worklist, accession": lambda: f"{api}&accession=A{number():08d}",
        "worklist, accession prefix": lambda: f"{api}&accession=A{number() // 100:06d}",
        "worklist, modality": lambda: f"{api}&modality={draw.random.choice(('CT', 'MR', 'MG', 'NM', 'SR'))}",
        "worklist, description": lambda: f"{api}&description={quote(draw.random.choice(('Thorax', 'knie', 'PET')))}",
        "worklist, ready": lambda: f"{api}&state=ready",
        "worklist, deep page": lambda: f"{api}&after={quote(draw.random.choice(draw.places))}",
    }


class Client:
    """One kept connection."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def get(self, path: str) -> tuple[float, bytes]:
        """Seconds and body of one answer."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        elapsed = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {path}: {body[:300]!r}")
        return elapsed, body


def deep_places(client: Client) -> list[str]:
    """Cursors of the worklist between 15,000 and 25,000 rows down."""
    found, after = [], ""
    for page in range(50):
        body = json.loads(client.get(f"/api/v1/studies?limit=500&after={quote(after)}")[1])
        after = body["next"]
        if page >= 30:
            found.append(after)
    return found


def measure(client: Client, draw: Draw) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of every list, in milliseconds; lists take turns."""
    lists = cases(draw)
    times: dict[str, list[float]] = {name: [] for name in lists}
    rows: dict[str, list[int]] = {name: [] for name in lists}
    for _ in range(REPEATS):
        for name, address in lists.items():
            elapsed, body = client.get(address())
            times[name].append(elapsed * 1000)
            found = json.loads(body)
            rows[name].append(len(found if isinstance(found, list) else found["items"]))
    return {name: _row(times[name], rows[name]) for name in lists}


def _row(times: list[float], rows: list[int]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median_ms": statistics.median(ordered),
        "p95_ms": ordered[int(len(ordered) * 0.95)],
        "most_ms": ordered[-1],
        "rows": statistics.mean(rows),
    }


def crowd(server: Server, token: str, names: Sequence[str], places: Sequence[str], studies: int) -> float:
    """Queries a second of CLIENTS clients that draw from the named lists."""
    counts = [0] * CLIENTS
    end = time.perf_counter() + CROWD_S

    def ask(number: int) -> None:
        client, draw = Client(server.http, token), Draw(SEED + number, studies, places)
        lists = [address for name, address in cases(draw).items() if name in names]
        while time.perf_counter() < end:
            client.get(draw.random.choice(lists)())
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / CROWD_S


@contextmanager
def engines(wanted: str, folder: Path) -> Iterator[list[tuple[str, str]]]:
    """Name and URL of an empty database of each engine."""
    found = [("sqlite", f"sqlite:///{folder}/kontor.db")] if wanted in {"sqlite", "both"} else []
    server: PostgresqlServer | None = None
    if wanted in {"postgresql", "both"}:
        server = PostgresqlServer(folder / "server")
        server.start()
        found.append(("postgresql", server.new_database()))
    try:
        yield found
    finally:
        if server is not None:
            server.stop("immediate")


def prepare(url: str, folder: Path, studies: int) -> str:
    """Make schema, reader and studies; return the reader's token."""
    where = ["--data", str(folder), "--database", url]
    add = [str(PROGRAM), "user", "add", "bench", "--role", "reader", "--password-stdin", *where]
    subprocess.run(add, input=b"a phrase long enough 4711\n", check=True, stdout=subprocess.DEVNULL)
    create = [str(PROGRAM), "token", "create", "--user", "bench", *where]
    token = subprocess.run(create, check=True, capture_output=True, text=True).stdout.strip()
    database = Database.open(url)
    org_id = database.write(lambda tx: ensure_organisation(tx, "main"))
    fill(database, org_id, Amount(studies, series=1), SEED)
    database.close()
    return token


def run(engine: str, url: str, folder: Path, studies: int) -> dict[str, Any]:
    """All figures of one engine."""
    began = time.perf_counter()
    token = prepare(url, folder, studies)
    print(f"{engine}: {studies:,} studies in {time.perf_counter() - began:.0f} s, seed {SEED}", flush=True)
    with kontor(folder, url) as server:
        client = Client(server.http, token)
        places = deep_places(client)
        for address in cases(Draw(SEED, studies, places)).values():
            client.get(address())  # statements are prepared, pages are read
        figures = measure(client, Draw(SEED + 1, studies, places))
        full = [name for name, row in figures.items() if row["rows"] > ROWS * 0.99 and name != UNINDEXED]
        rate = crowd(server, token, full, places, studies)
    for name, row in figures.items():
        print(f"  {name:40s} {row['median_ms']:7.1f} ms, 95 %: {row['p95_ms']:7.1f} ms, {row['rows']:5.0f} rows")
    print(f"  {CLIENTS} clients, {len(full)} lists of {ROWS} rows: {rate:.0f} queries/s", flush=True)
    return {"studies": studies, "seed": SEED, "cases": figures, "clients": CLIENTS, "queries_per_second": rate}


def main() -> int:
    """Measure and keep `bench/results/query-<engine>.json`."""
    parser = argparse.ArgumentParser(prog="bench.query")
    parser.add_argument("--studies", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kontor-query-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when the bench runs as root
    try:
        with engines(arguments.engine, folder) as found:
            for engine, url in found:
                (folder / engine).mkdir(exist_ok=True)
                keep(f"query-{engine}", run(engine, url, folder / engine, arguments.studies))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
