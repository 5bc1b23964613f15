"""A running DICOMweb service for tests: real sockets, a real archive on either engine, tokens of several people."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from argon2 import PasswordHasher
from granian.constants import Interfaces
from granian.server.embed import Server

from kontor.access import (
    Access,
    PasswordHashing,
    Role,
    Scope,
    create_account,
    create_token,
    ensure_organisation,
    system_scope,
)
from kontor.archive import Archive, ArchiveSettings
from kontor.doors.dicomweb import dicomweb_door
from kontor.doors.http import HttpSettings, create_app
from kontor.platform.blobs import open_folder
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.engines import free_port

ORGANISATION, OTHER = "main", "elsewhere"


@dataclass(slots=True)
class Service:
    """Where the service listens and who may call it."""

    root: str
    archive: Archive
    tokens: dict[str, str]
    scopes: dict[str, Scope] = field(default_factory=dict)

    def session(self, who: str = "technologist") -> requests.Session:
        """A client that carries somebody's token; 'nobody' carries none."""
        session = requests.Session()
        if who != "nobody":
            session.headers["Authorization"] = f"Bearer {self.tokens[who]}"
        return session

    def get(self, path: str, who: str = "technologist", **more: Any) -> requests.Response:
        """GET below the service's root."""
        return self.session(who).get(self.root + path, timeout=60, **more)

    def store(self, *files: bytes, study: str = "", who: str = "technologist", **more: Any) -> requests.Response:
        """STOW-RS of whole files."""
        boundary = "limit-4711"
        parts = [b"--%s\r\nContent-Type: application/dicom\r\n\r\n%s\r\n" % (boundary.encode(), one) for one in files]
        headers = {"Content-Type": f'multipart/related; type="application/dicom"; boundary={boundary}'}
        body = b"".join(parts) + b"--%s--\r\n" % boundary.encode()
        address = f"{self.root}/studies{'/' + study if study else ''}"
        return self.session(who).post(address, data=body, headers=headers | more.pop("headers", {}), timeout=60)

    def audit(self, act: str) -> list[tuple[str, str]]:
        """Subject and outcome of every audited act of this kind, oldest first."""
        from sqlalchemy import select

        from kontor.access.tables import audit

        statement = select(audit.c.subject, audit.c.outcome).where(audit.c.act == act).order_by(audit.c.seq)
        return [tuple(row) for row in self.archive.database.read(lambda tx: tx.all(statement))]

    def audit_details(self, act: str) -> list[str]:
        """The detail of every audited act of this kind, in JSON, oldest first."""
        from sqlalchemy import select

        from kontor.access.tables import audit

        statement = select(audit.c.detail).where(audit.c.act == act).order_by(audit.c.seq)
        return [row.detail for row in self.archive.database.read(lambda tx: tx.all(statement))]


@contextmanager
def running(database: Database, folder: Path) -> Iterator[Service]:
    """A service with people in two organisations; it stops when the context ends."""
    cheap = PasswordHashing(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    access = Access(database, SystemClock(), b"k" * 32, hashing=cheap)
    tokens: dict[str, str] = {}
    scopes: dict[str, Scope] = {}
    for organisation, names in ((ORGANISATION, ("technologist", "reader", "admin")), (OTHER, ("stranger",))):
        database.write(lambda tx, name=organisation: ensure_organisation(tx, name))
        scopes[organisation] = system_scope(access, organisation, "test")
        for name in names:
            role = Role.TECHNOLOGIST if name == "stranger" else Role(name)
            create_account(access, scopes[organisation], name, [role], "a long enough phrase 4711")
            tokens[name] = create_token(access, scopes[organisation], name).token
    settings = ArchiveSettings(folder=folder / "derived")
    sandbox = Sandbox(1)
    archive = Archive(database, open_folder(folder / "segments"), access, sandbox, access.clock, settings)
    app = create_app(access, archive, HttpSettings(), [dicomweb_door()])
    port = free_port()
    with _serving(app, port):
        yield Service(f"http://127.0.0.1:{port}/dicom-web", archive, tokens, scopes)
    sandbox.close()


@contextmanager
def _serving(app: Any, port: int) -> Iterator[None]:
    """Granian in a thread with a loop of its own."""
    server = Server(app, "127.0.0.1", port, interface=Interfaces.ASGI, log_enabled=False)
    started, loops = threading.Event(), []

    def run() -> None:
        async def serve() -> None:
            loops.append(asyncio.get_running_loop())
            task = asyncio.ensure_future(server.serve())
            while not _answers(port):
                await asyncio.sleep(0)
            started.set()
            await task

        asyncio.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(30), "the server did not start"
    try:
        yield
    finally:
        loops[0].call_soon_threadsafe(server.stop)
        thread.join(15)


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
