"""Short ways to a `Scan` for tests."""

from __future__ import annotations

from pathlib import Path

from kontor.dicom.reading import Part10Prefix, Scan, ScanLimits, Scanner, inflate
from kontor.dicom.values import Uid, transfer_syntax


def scan(dataset: bytes, syntax: str, limits: ScanLimits | None = None, step: int = 0) -> Scan:
    """Scan a data set in slices of `step` bytes (0: whole)."""
    scanner = Scanner(Uid(syntax), limits or ScanLimits())
    view = memoryview(dataset)
    for at in range(0, len(view), step or max(len(view), 1)):
        scanner.feed(view[at : at + (step or len(view))])
    return scanner.finish()


def scan_file(data: bytes, *, lenient: bool = True) -> tuple[Part10Prefix, Scan]:
    """Scan a whole file as import does."""
    prefix = Part10Prefix(lenient=lenient)
    prefix.feed(data)
    prefix.end()
    scanner = Scanner(prefix.meta.transfer_syntax)
    scanner.feed(prefix.rest)
    return prefix, scanner.finish()


def dataset_of(prefix: Part10Prefix) -> bytes:
    """The data set of a file fed whole, inflated where it is deflated."""
    raw = bytes(prefix.rest)
    return inflate(raw, ScanLimits()) if transfer_syntax(prefix.meta.transfer_syntax).deflated else raw


def wheel_files() -> list[Path]:
    """Sample files inside the pydicom wheel: present in every clone's environment."""
    import pydicom.data

    root = Path(pydicom.data.__file__).parent
    return sorted(path for path in root.rglob("*.dcm") if path.is_file())
