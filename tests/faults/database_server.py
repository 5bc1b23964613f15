"""A PostgreSQL of one test's own, which may be stopped and killed."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.engines import PostgresqlServer


def own_server(request: pytest.FixtureRequest) -> PostgresqlServer:
    """Make and start a server; it is stopped and removed at the end of the test, running or not."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-pg-"))  # not below pytest's folder: it is closed to other users
    server = PostgresqlServer(folder)
    server.start()

    def remove() -> None:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)

    request.addfinalizer(remove)
    return server


@contextmanager
def hanging(server: PostgresqlServer) -> Iterator[None]:
    """The server neither answers nor goes away: its connections stay open, and new ones are accepted by the kernel."""
    postmaster = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))
    stopped = [postmaster, *postmaster.children(recursive=True)]
    for process in stopped:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            process.send_signal(signal.SIGCONT)
