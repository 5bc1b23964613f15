"""Sample files with what must happen to each, and where their data sets begin, read without any code of Kontor."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pydicom.data
from pydicom.filereader import _read_file_meta_info, read_preamble

from tests.corridor.senders import announcement_of
from tests.shared_data import ROOT, expectations

_WHEEL: Final = Path(pydicom.data.__file__).parent
_TABLE: Final = Path(__file__).parent / "wheel_files.tsv"


@dataclass(frozen=True)
class Sample:
    """A file, and what an honest archive does with it: keeps it under these UIDs, or refuses it for `reason`."""

    path: Path
    name: str
    is_kept: bool
    reason: str
    sop: str
    study: str
    series: str

    @property
    def data_set(self) -> bytes:
        """The bytes behind the meta information."""
        return data_set_of(self.path)

    @property
    def digest(self) -> str:
        """SHA-256 of the data set."""
        return digest_of(self.path)


def samples() -> list[Sample]:
    """Every sample file: the shared ones where they are, which hold the wheel's, else the wheel's alone."""
    rows = expectations()
    if rows:
        return [_sample(ROOT / path, row) for path, row in rows.items()]
    with _TABLE.open(newline="", encoding="utf-8") as table:
        next(table)
        return [_sample(_WHEEL / row["path"], row) for row in csv.DictReader(table, delimiter="\t")]


def sample(name: str) -> Sample:
    """One file of the pydicom wheel by its name."""
    (found,) = [one for one in samples() if one.path.name == name and "pydicom-data" not in one.name]
    return found


def offered(chosen: Iterable[Sample]) -> list[Sample]:
    """Those that a sender can announce over DICOM: with class, syntax and the data set's own UID in the meta."""
    announced = ((one, announcement_of(one.path)) for one in chosen)
    return [one for one, words in announced if words is not None and words[2] == (one.sop or words[2])]


def groups(chosen: Iterable[Sample]) -> Mapping[str, list[Sample]]:
    """Kept samples by SOP Instance UID, in their order."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for one in chosen:
        if one.is_kept:
            found[one.sop].append(one)
    return found


def data_set_of(path: Path) -> bytes:
    """The bytes behind the meta information, where pydicom finds its end."""
    with path.open("rb") as file:
        read_preamble(file, force=True)
        _read_file_meta_info(file)
        return file.read()


@lru_cache(maxsize=1024)
def digest_of(path: Path) -> str:
    """SHA-256 of a file's data set."""
    return hashlib.sha256(data_set_of(path)).hexdigest()


def _sample(path: Path, row: Mapping[str, str]) -> Sample:
    uids = (row["sop_instance_uid"], row["study_instance_uid"], row["series_instance_uid"])
    return Sample(path, row["path"], row["expect"] == "store", row["reason"], *uids)
