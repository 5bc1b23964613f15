"""`kontor serve`: everything on one machine, from one folder."""

from __future__ import annotations

import fcntl
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from rich.console import Console

from kontor.access import first_administrator
from kontor.app.house import as_environment, build_house, prepare_installation
from kontor.app.processes import Supervisor
from kontor.app.roles import replay_what_was_left
from kontor.app.settings import Settings, parse_address
from kontor.archive import is_half_made
from kontor.platform.log import get_logger
from kontor.platform.metrics import prepare_metrics_folder

_HALF_MADE: Final = "a rebuild of the index was not finished; finish it with kontor doctor --rebuild, then start again"
_READY_WITHIN_S: Final = 60.0
_log: Final = get_logger("app")
_console: Final = Console(highlight=False, soft_wrap=True)


def serve(settings: Settings) -> None:
    """Prepare the folder, start the processes, say where they are, and run until told to stop.

    An index that is half made is not served: who looks for a patient in it would be told that there is nothing.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = _lock(settings.data)
    prepare_metrics_folder(settings.data / "metrics")
    house = build_house(settings)
    prepare_installation(house)
    administrator = first_administrator(house.access, settings.organisation)
    if lacking := house.lacks_connections():
        _log.warning("the database allows too few connections", detail=lacking)
    half_made = is_half_made(house.archive)
    if not half_made:
        replay_what_was_left(house)
    house.close()
    if half_made:
        sys.stderr.write(f"kontor: {_HALF_MADE}\n")
        raise SystemExit(2)
    supervisor = Supervisor(settings, as_environment(settings))
    supervisor.run(lambda: _announce(settings, administrator))
    os.close(lock)


def _lock(folder: Path) -> int:
    """Keep a second server out of the folder, until this process ends however it ends."""
    descriptor = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise OSError(error.errno, "another kontor serve works in this folder", str(folder)) from error
    return descriptor


def url_of(settings: Settings) -> str:
    """Where a person on this machine finds the web door."""
    host, port = parse_address(settings.http)
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def wait_until_ready(url: str, within_s: float = _READY_WITHIN_S) -> bool:
    """Ask `/readyz` until it answers 200."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 # our own address
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    return False


def _announce(settings: Settings, administrator: tuple[str, str] | None) -> None:
    url = url_of(settings)
    if settings.counts["web"] and not wait_until_ready(url):
        _console.print(f"Kontor does not answer at {url}; the log above says why.", style="bold red")
        return
    _console.print(f"address: {url}")
    if settings.counts["dimse"]:
        _console.print(f"DICOM: {settings.ae_title}@{settings.dimse}")
    if administrator is not None:
        name, password = administrator
        _console.print(f"user: {name}")
        _console.print(f"password: {password}")
        _console.print("The password is shown this once. Change it after the first login.")
    _console.print("Not a medical device, not for diagnostic use. Ctrl C stops Kontor.")
