"""Starts Kontor, sends it studies over DICOM, and stays in the foreground."""

from __future__ import annotations

import argparse
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Final

from demo.samples import gather
from demo.sending import send

USER: Final = "demo"
CALLING_AE_TITLE: Final = "DEMO_MODALITY"
PROGRAM: Final = Path(sys.executable).parent / "kontor"
_READY_WITHIN_S: Final = 90


def say(sentence: str) -> None:
    """Tell the newcomer what is being done."""
    print(f"── {sentence}", flush=True)


def main() -> int:
    """Run the demo until Ctrl C; its last three lines before it waits are address, user and password."""
    options = _options()
    data = Path(options.data).resolve()
    password = _prepare(data)
    host, _, port = options.dimse.rpartition(":")
    say(f"starting Kontor in {options.data}")
    command = [PROGRAM, "serve", "--data", data, "--http", options.http, "--dimse", options.dimse]
    log_path = data / "kontor.log"
    with log_path.open("ab") as log:
        server = subprocess.Popen([*map(str, command)], stdout=log, stderr=log)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    try:
        _wait_until_ready(server, options.http, log_path)
        send(gather(data / "samples", say), CALLING_AE_TITLE, "KONTOR", host or "127.0.0.1", int(port), say)
        say("Kontor runs; Ctrl C stops it. Not a medical device, not for diagnostic use.")
        print(f"address: http://{options.http}\nuser: {USER}\npassword: {password}", flush=True)
        return server.wait()
    finally:
        if server.poll() is None:
            server.terminate()
            server.wait(40)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--data", default="kontor-demo")
    parser.add_argument("--http", default="127.0.0.1:8080")
    parser.add_argument("--dimse", default="127.0.0.1:11112")
    return parser.parse_args()


def _prepare(data: Path) -> str:
    """Make the demo's account and peer, or find them from the last time. Return the account's password."""
    kept = data / "demo-password"
    if kept.is_file():
        say("the folder is there already: same user, same password as the last time")
        return kept.read_text().strip()
    say("making an archive, an account and a peer that may send")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = secrets.token_urlsafe(12)
    roles = [f"--role={role}" for role in ("admin", "chief", "technologist", "auditor")]
    _kontor("user", "add", USER, *roles, "--password-stdin", "--data", str(data), text=password)
    _kontor("peer", "add", CALLING_AE_TITLE, "--host", "127.0.0.1", "--may", "store", "--data", str(data))
    kept.touch(mode=0o600)
    kept.write_text(password + "\n")
    return password


def _kontor(*arguments: str, text: str = "") -> None:
    done = subprocess.run([PROGRAM, *arguments], input=text + "\n", text=True, check=False, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"kontor {' '.join(arguments[:2])}: {done.stderr.strip()}")


def _wait_until_ready(server: subprocess.Popen[bytes], http: str, log_path: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://{http}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit(f"Kontor did not start; its log is {log_path}:\n{log_path.read_text()[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())
