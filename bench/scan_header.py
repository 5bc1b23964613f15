"""Time of one scan per object, hashing apart: `python bench/scan_header.py [FILE …]` (default: pydicom's CT_small)."""

from __future__ import annotations

import hashlib
import statistics
import sys
import time
from pathlib import Path

from kontor.dicom.reading import Part10Prefix, Scanner

ROUNDS = 5
REPEATS = 200
SLICE = 1 << 16


def scan(data: bytes) -> int:
    """Scan one file in slices of 64 KiB; the bytes of its data set."""
    prefix = Part10Prefix(lenient=True)
    prefix.feed(data[:SLICE])
    scanner = Scanner(prefix.meta.transfer_syntax)
    scanner.feed(prefix.rest)
    view = memoryview(data)
    for at in range(SLICE, len(data), SLICE):
        scanner.feed(view[at : at + SLICE])
    return scanner.finish().length


def main() -> None:
    """Print median and spread over the rounds."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        from pydicom.data import get_testdata_file

        paths = [Path(str(get_testdata_file("CT_small.dcm")))]
    for path in paths:
        data = path.read_bytes()
        rounds = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            for _ in range(REPEATS):
                scan(data)
            rounds.append((time.perf_counter() - started) / REPEATS * 1e6)
        started = time.perf_counter()
        hashlib.sha256(data).digest()
        digest = (time.perf_counter() - started) * 1e6
        median = statistics.median(rounds)
        spread = f"{min(rounds):.0f} to {max(rounds):.0f}"
        print(f"{path.name} {len(data)} bytes: {median:.0f} us ({spread}), SHA-256 {digest:.0f} us")


if __name__ == "__main__":
    main()
