"""The real program, `kontor serve`, on free ports in a folder of its own, and its command line."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx2
import pytest

from kontor.access import (
    Access,
    create_account,
    create_peer,
    create_token,
    load_key,
    system_scope,
)
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database
from tests.corridor.senders import Sender
from tests.corridor.web import Web
from tests.engines import PostgresqlServer, free_port

PROGRAM: Final = Path(sys.executable).parent / "kontor"
SOURCES: Final = Path(__file__).resolve().parents[2] / "src"
ROLES: Final = ("admin", "auditor", "chief", "technologist")
USER: Final = "tester"
PASSWORD: Final = "correct horse battery staple"
MODALITY: Final = "MODALITY"
READY_WITHIN_S: Final = 240
ENDS_WITHIN_S: Final = 90
SHARED: Final = "house"
"""The xdist group of tests that use the shared house: one worker then starts it, not each."""


@dataclass
class House:
    """A running program with one account of every role, its token, and one registered modality."""

    folder: Path
    database_url: str
    settings: Mapping[str, str]
    http: int = field(default_factory=free_port)
    dimse: int = field(default_factory=free_port)
    token: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def root(self) -> str:
        """Address of the web door."""
        return f"http://127.0.0.1:{self.http}"

    @property
    def web(self) -> Web:
        """The web door with the account's token."""
        return Web(self.root, self.token)

    @property
    def modality(self) -> Sender:
        """The registered modality."""
        return Sender(MODALITY, self.dimse)

    def begin(self) -> None:
        """Start the program."""
        command = [str(PROGRAM), "serve", *self._place()]
        command += ["--http", f"127.0.0.1:{self.http}", "--dimse", f"127.0.0.1:{self.dimse}"]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self._env())
        log.close()

    def start(self) -> None:
        """Start the program and wait until it says that it is ready."""
        self.begin()
        assert self.process is not None
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._is_ready():
            assert self.process.poll() is None, f"it ended:\n{self.log()}"
            assert time.monotonic() < deadline, f"not ready after {READY_WITHIN_S} s:\n{self.log()}"
            time.sleep(0.05)

    def furnish(self) -> None:
        """Make the account, its token and the peer while the program runs; quicker than three commands."""
        database = Database.open(self.database_url)
        try:
            access = Access(database, SystemClock(), load_key(self.folder / "data" / "keys" / "access.key"))
            scope = system_scope(access, "main", "os:tests")
            create_account(access, scope, USER, ROLES, PASSWORD)
            self.token = create_token(access, scope, USER, "tests").token
            create_peer(access, scope, MODALITY, "127.0.0.1")
        finally:
            database.close()

    def furnish_by_command_line(self) -> None:
        """The same as an operator does it."""
        peer = self._begin("peer", "add", MODALITY, "--host", "127.0.0.1", "--may", "store")
        roles = [word for role in ROLES for word in ("--role", role)]
        self.command("user", "add", USER, *roles, "--password-stdin", text=PASSWORD + "\n")
        self.token = self.command("token", "create", "--user", USER, "--name", "tests").stdout.strip()
        assert peer.wait(120) == 0

    def stop(self) -> None:
        """End it as an operator would; it must drain and go by itself."""
        if self.process is not None:
            self.process.terminate()
            assert self.process.wait(ENDS_WITHIN_S) == 0, self.log()
            self.process = None

    def command(
        self, *arguments: str, text: str = "", expect: int = 0, within_s: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run `kontor …` on this installation and check its exit code."""
        done = subprocess.run(
            [str(PROGRAM), *arguments, *self._place()],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=within_s,
            env=self._env(),
        )
        assert done.returncode == expect, (
            f"{arguments}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        )
        return done

    def log(self) -> str:
        """The end of what the processes wrote."""
        return (self.folder / "log").read_text(errors="replace")[-4000:]

    def _begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [str(PROGRAM), *arguments, *self._place()]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=self._env())

    def _place(self) -> list[str]:
        return ["--data", str(self.folder / "data"), "--database", self.database_url]

    def _env(self) -> dict[str, str]:
        own = {f"KONTOR_{name.upper()}": value for name, value in self.settings.items()}
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "PYTHONPATH": str(SOURCES), **own}

    def _is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.root}/readyz", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False


@contextmanager
def living(
    folder: Path, database_url: str, furnish: Callable[[House], None] = House.furnish, **settings: str
) -> Iterator[House]:
    """A furnished house, ended at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {"processes": "web=1,dimse=2,worker=1", "watermark_bytes": str(1 << 20), **settings}
    house = House(folder, database_url, chosen)
    try:
        house.start()
        furnish(house)
        yield house
    finally:
        house.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests that leave it as they found it, once for each engine; they are of one xdist group."""
    folder = tmp_path_factory.mktemp("house")
    if request.param == "sqlite":
        with living(folder, f"sqlite:///{folder}/kontor.db", House.furnish_by_command_line) as lived_in:
            yield lived_in
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    url = server.new_database()
    with living(folder, url, House.furnish_by_command_line) as lived_in:
        yield lived_in
    server.drop_database(url)
