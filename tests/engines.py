"""Both engines for tests: a SQLite file and a PostgreSQL that the tests start in a folder of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg
import pytest

from kontor.platform.database import Database, create_schema

_BINARIES: Final = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def free_port() -> int:
    """A TCP port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresqlServer:
    """A private cluster: made, started, stopped, killed and removed by the tests."""

    def __init__(self, folder: Path) -> None:
        assert _BINARIES, "PostgreSQL is missing: Debian's package postgresql ships it (make setup installs it)"
        self.binaries = _BINARIES[-1]
        self.folder = folder
        self.port = free_port()
        self._with_schema: str | None = None
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-A", "trust", "-U", "kontor", "-E", "UTF8", "--locale=C.UTF-8", "-D", str(folder / "data"))

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -h 127.0.0.1 -c max_connections=300 -c shared_buffers=256MB"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-w", "-D", data, "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop; `immediate` is a crash."""
        self._run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-m", mode, "stop")

    def new_database(self, template: str = "template1") -> str:
        """Make a database as the template is, an empty one by itself, and return its URL."""
        name = f"t{uuid4().hex[:12]}"
        with psycopg.connect(f"postgresql://kontor@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgresql+psycopg://kontor@127.0.0.1:{self.port}/{name}"

    def new_database_with_schema(self) -> str:
        """Make a database with the schema and return its URL: copied from one that the migrations made."""
        if self._with_schema is None:
            url = self.new_database()
            _make_schema(url)
            self._with_schema = url.rpartition("/")[2]
        return self.new_database(self._with_schema)

    def drop_database(self, url: str) -> None:
        """Remove a database of `new_database`, whoever is still connected."""
        name = url.rpartition("/")[2]
        with psycopg.connect(f"postgresql://kontor@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One private cluster for a run of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-pg-"))
    server = PostgresqlServer(folder)
    server.start()
    yield server
    server.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kontor.db"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    url = server.new_database()
    yield url
    server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def schema_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the schema, once for each engine."""
    if request.param == "sqlite":
        yield _sqlite_with_schema(request, tmp_path)
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    url = server.new_database_with_schema()
    yield url
    server.drop_database(url)


@pytest.fixture
def engine(schema_url: str) -> Iterator[Database]:
    """A database with the schema, once for each engine."""
    with closing(Database.open(schema_url)) as database:
        yield database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database that the migrations made, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "kontor.db"
    _make_schema(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with the schema, for what does not depend on the engine."""
    with closing(Database.open(_sqlite_with_schema(request, tmp_path))) as database:
        yield database


def _sqlite_with_schema(request: pytest.FixtureRequest, folder: Path) -> str:
    shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "kontor.db")
    return f"sqlite:///{folder}/kontor.db"


def _make_schema(url: str) -> None:
    with closing(Database.open(url)) as database:
        create_schema(database)
