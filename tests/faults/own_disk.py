"""A disk of a test's own, in a mount namespace of the program: small, to be filled, or read-only until it is not."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_MOUNT = """
mkdir -p "$0" "$0.disk" && mount -t tmpfs -o size="$1" none "$0.disk" && cp -a "$0/." "$0.disk/" &&
mount --bind "$0.disk" "$0" && umount "$0.disk" && mount -o remount,bind,"$2" "$0" && shift 2 && exec "$@"
"""


def on_a_disk(place: Path, *, size: int, writable: bool = True) -> Sequence[str]:
    """The words before a command that give it a disk of `size` bytes at `place`, which nobody else sees.

    What lies at the place already is copied to it.
    """
    program = shutil.which("unshare")
    assert program, "unshare is missing: Debian's package util-linux ships it"
    own_user = [] if os.geteuid() == 0 else ["-r"]
    return [program, *own_user, "-m", "sh", "-c", _MOUNT, str(place), str(size), "rw" if writable else "ro"]


def make_writable(process: int, place: Path) -> None:
    """Make the disk of a running program writable."""
    entering = ["nsenter", "-t", str(process), "-m"]
    entering += [] if os.geteuid() == 0 else ["-U", "--preserve-credentials"]
    subprocess.run([*entering, "mount", "-o", "remount,bind,rw", str(place)], check=True)


@contextmanager
def filled(process: int, place: Path) -> Iterator[None]:
    """Fill the disk of a running program to its last byte; empty it again at the end."""
    filler = Path(f"/proc/{process}/root{place}/filler")
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(1 << 16)):
            pass
    try:
        yield
    finally:
        filler.unlink()
