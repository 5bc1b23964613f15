"""A web door with a door of its own for tests: small endpoints that show what the machinery does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
from starlette.types import ASGIApp

from kontor.access import Access, Act, Right, create_account
from kontor.archive import Archive
from kontor.doors.http import Answer, Call, Decoding, Door, Endpoint, Entry, HttpSettings, Problem, create_app
from kontor.platform.blobs import open_memory
from kontor.platform.database import Database
from tests.access.rooms import PASSWORD, a_room, operator

if TYPE_CHECKING:
    from kontor.platform.sandbox import Sandbox


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    number: int
    names: list[str] = []


def echo(call: Call) -> Answer:
    return Answer(call.body(Wish))


def query(call: Call) -> Answer:
    return Answer(call.query(Wish))


def upload(call: Call) -> Answer:
    return Answer(str(sum(len(chunk) for chunk in call.chunks())).encode())


def stream(call: Call) -> Answer:
    def pieces() -> Iterator[bytes]:
        for number in range(call.path_number("count")):
            yield b"%d," % number

    return Answer(pieces())


def breaks(_call: Call) -> Answer:
    def pieces() -> Iterator[bytes]:
        yield b"one"
        raise RuntimeError("Muster^Anna")

    return Answer(pieces())


def fail(call: Call) -> Answer:
    raise RuntimeError(f"Muster^Anna {call.path('how')}")


def refuse(_call: Call) -> Answer:
    raise Problem("storage-full", retry_after_s=60)


def inject(call: Call) -> Answer:
    return Answer(b"", headers={"x-echo": call.path("how")})


def whoami(call: Call) -> Answer:
    return Answer(f"{call.scope.actor.name}@{call.address}".encode())


class Decoder:
    """A decoder that works as long as a test wants; `begun` counts the pictures that it has taken up."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.done = threading.Event()

    def picture(self, _call: Call) -> Decoding:
        return Decoding(self._drawn)

    def _drawn(self) -> Answer:
        self.begun.release()
        assert self.done.wait(30)
        return Answer(iter((b"pic", b"ture")))


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


def door(decoder: Decoder) -> Door:
    rows = (
        Endpoint("POST", "/echo", echo, Right.FIND, "echo", "Give it back", body=Wish, answer=Wish, body_limit=1_000),
        Endpoint("GET", "/query", query, Right.FIND, "query", "Give it back", query=Wish, answer=Wish),
        Endpoint("POST", "/upload", upload, Right.STORE, "upload", "Count bytes", body_limit=None),
        Endpoint(
            "GET", "/stream/{count}", stream, Right.FIND, "stream", "Count", act=Act.READ, media_type="text/plain"
        ),
        Endpoint("GET", "/picture", decoder.picture, Right.FIND, "picture", "Draw", media_type="image/jpeg"),
        Endpoint("GET", "/breaks", breaks, Right.FIND, "breaks", "Fail in the middle"),
        Endpoint("GET", "/fail/{how}", fail, Right.FIND, "fail", "Fail"),
        Endpoint("GET", "/refuse", refuse, Right.FIND, "refuse", "Refuse", act=Act.READ),
        Endpoint("GET", "/inject/{how}", inject, Right.FIND, "inject", "Put a value into a field"),
        Endpoint("GET", "/whoami", whoami, Entry.SIGNED_IN, "whoami", "Who", media_type="text/plain"),
        Endpoint("GET", "/secret/{uid}", whoami, Right.AUDIT, "secret", "Closed", act=Act.READ),
    )
    return Door("test", "/test", rows, {})


@pytest.fixture
def access(sqlite_database: Database) -> Access:
    room = a_room(sqlite_database, organisations=("main", "other"))
    create_account(room, operator(room), "berta", ["reader"], PASSWORD)
    create_account(room, operator(room), "tina", ["technologist"], PASSWORD)
    return room


@pytest.fixture
def client_files(tmp_path: Path) -> Path:
    folder = tmp_path / "client"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Kontor</title>")
    (folder / "assets" / "main-4f3a9b2c.js").write_text("console.log(1)")
    (folder / "assets" / "main-4f3a9b2c.js.gz").write_bytes(b"\x1f\x8bpacked")
    (tmp_path / "secret.txt").write_text("outside")
    return folder


@pytest.fixture
def archive(access: Access) -> Archive:
    return Archive(access.database, open_memory(), access, cast("Sandbox", None), access.clock)


@pytest.fixture
def app(access: Access, archive: Archive, client_files: Path, decoder: Decoder) -> ASGIApp:
    settings = HttpSettings(
        max_upload_bytes=10_000_000, client=client_files, idle_s=0.3, threads=4, uploads=2, decoding=2, decoding_queue=3
    )
    return create_app(access, archive, settings, [door(decoder)])
