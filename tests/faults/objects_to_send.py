"""Files for senders: CT images with everything DCMTK wants in their meta information, some small, some large."""

from __future__ import annotations

import hashlib
import random
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kontor.dicom.values import EXPLICIT_LITTLE
from tests.archive.objects import CT, ROOT, dataset

PER_SERIES: Final = 25
LARGE_EVERY: Final = 10
_SMALL_PIXELS: Final = 4_000
_LARGE_PIXELS: Final = 512 * 512 * 2


@dataclass(frozen=True, slots=True)
class Lot:
    """Files of one run, and the truth about each: digest of the data set by SOP Instance UID."""

    folder: Path
    files: Mapping[str, Path]
    digests: Mapping[str, str]
    series: Mapping[str, tuple[str, str]]


def make_lot(folder: Path, number: int, count: int, random_: random.Random, *, large_every: int = LARGE_EVERY) -> Lot:
    """Write `count` images of a few patients, UIDs of which no other lot has any; some are of half a megabyte."""
    folder.mkdir(parents=True)
    files, digests, series = {}, {}, {}
    for index in range(count):
        study = f"{ROOT}.7.{number}.{index // (2 * PER_SERIES)}"
        its_series = f"{study}.{index // PER_SERIES}"
        sop = f"{its_series}.{index}"
        pixels = random_.randbytes(_LARGE_PIXELS if index % large_every == 0 else _SMALL_PIXELS)
        data = dataset(
            sop, study=study, series=its_series, patient_id=f"F-{number}-{index // (2 * PER_SERIES)}", pixels=pixels
        )
        path = folder / f"{index:05d}.dcm"
        path.write_bytes(as_file(data, sop))
        files[sop], digests[sop], series[sop] = path, hashlib.sha256(data).hexdigest(), (study, its_series)
    return Lot(folder, files, digests, series)


def as_file(data: bytes, sop: str) -> bytes:
    """A data set with complete file meta information (PS3.10 section 7.1)."""
    elements = b"".join(
        _meta(element, vr, value)
        for element, vr, value in (
            (0x0001, b"OB", b"\0\1"),
            (0x0002, b"UI", CT.encode()),
            (0x0003, b"UI", sop.encode()),
            (0x0010, b"UI", EXPLICIT_LITTLE.encode()),
            (0x0012, b"UI", b"1.2.826.0.1.3680043.10.1"),
        )
    )
    return bytes(128) + b"DICM" + _meta(0, b"UL", struct.pack("<I", len(elements))) + elements + data


def portions(lot: Lot, parts: int) -> Iterator[list[Path]]:
    """The lot's files dealt out to several senders, so that they meet in the same series."""
    files = list(lot.files.values())
    for first in range(parts):
        yield files[first::parts]


def _meta(element: int, vr: bytes, value: bytes) -> bytes:
    padded = value + (b"\0" if len(value) % 2 else b"")
    length = struct.pack("<HI", 0, len(padded)) if vr == b"OB" else struct.pack("<H", len(padded))
    return struct.pack("<HH", 0x0002, element) + vr + length + padded
