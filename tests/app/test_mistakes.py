"""What an operator gets wrong is answered by one sentence and exit code 2, and nothing is left behind."""

from __future__ import annotations

import fcntl
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kontor.app.command_line import main
from kontor.app.processes import listen
from tests.engines import free_port

Told = Callable[..., str]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Told:
    """Run the program in an empty folder; return the one sentence with which it ends."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["kontor", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        lines = [line for line in capfd.readouterr().err.splitlines() if not line.startswith("{")]  # the log's
        assert len(lines) == 1, lines
        return lines[0]

    return run


def taken(*, shared: bool) -> Iterator[str]:
    with socket.socket() as other:
        if shared:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield f"127.0.0.1:{other.getsockname()[1]}"


@pytest.fixture(params=[False, True], ids=["alone", "shared"])
def taken_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Another program listens here; with `shared` it would let ours listen beside it."""
    yield from taken(shared=request.param)


@pytest.mark.parametrize("door", ["--http", "--dimse"])
def test_an_address_that_another_program_has_is_named(told: Told, taken_address: str, door: str) -> None:
    doors = {"--http": f"127.0.0.1:{free_port()}", "--dimse": f"127.0.0.1:{free_port()}"} | {door: taken_address}
    said = told("serve", "--data", "archive", *(word for pair in doors.items() for word in pair))
    assert said == f"kontor: {taken_address}: Address already in use"


def test_an_address_that_is_not_ours_is_named(told: Told) -> None:
    assert told("serve", "--data", "archive", "--http", "192.0.2.1:80") == (
        "kontor: 192.0.2.1:80: Cannot assign requested address"
    )


def test_a_folder_in_which_a_server_works_is_named(told: Told, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    with (tmp_path / "archive" / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert told("serve", "--data", "archive").endswith("archive: another kontor serve works in this folder")


@pytest.mark.parametrize("command", [["serve"], ["user", "add", "ada", "--role", "reader"], ["peer", "add", "CT1"]])
def test_a_folder_that_cannot_be_one_is_named(told: Told, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").touch()
    assert told(*command, "--data", "file") == "kontor: file: File exists"
    assert told(*command, "--data", "file/below") == "kontor: file/below: Not a directory"


def test_a_doctor_does_not_make_what_it_is_to_examine(told: Told, tmp_path: Path) -> None:
    assert told("doctor", "--data", "typo") == f"kontor: {tmp_path}/typo is no archive; --data names the folder of one"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("log_level", "loud", "log_level: one of debug, info, warning, error, critical, not 'loud'"),
        ("artim_s", "-5", "artim_s: at least 1"),
        ("watermark_bytes", "-1", "watermark_bytes: at least 0"),
        ("database", "mysql://here/kontor", "database: sqlite:///… or postgresql://…, not 'mysql://…'"),
        ("blobs", "s3://bucket", "blobs: a folder or file://…; 's3://…' is not supported yet"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    told: Told, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"KONTOR_{setting.upper()}", value)
    assert told("serve") == f"kontor: {sentence}"


def test_a_database_that_is_away_is_named(told: Told) -> None:
    said = told("user", "add", "ada", "--role", "reader", "--database", f"postgresql://127.0.0.1:{free_port()}/kontor")
    assert said.startswith("kontor: the database cannot be used: ")
    assert "onnection refused" in said


def test_an_address_that_dying_processes_still_hold_is_waited_for() -> None:
    with socket.socket() as dying:
        dying.bind(("127.0.0.1", 0))
        dying.listen()
        address = f"127.0.0.1:{dying.getsockname()[1]}"
        ending = threading.Timer(0.3, dying.close)
        ending.start()
        listen(address).close()
        ending.join()
