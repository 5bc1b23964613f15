"""Objects for tests of the archive: small, valid, different only where a test says so."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from kontor.access import Access, Scope, ensure_organisation, system_scope
from kontor.archive import Admission, Archive, ArchiveSettings, Origin, Receipt, admit, receive
from kontor.dicom.values import EXPLICIT_LITTLE, Uid
from kontor.platform.blobs import DiskSegments, open_memory
from kontor.platform.clock import Clock, FixedClock
from kontor.platform.database import Database

if TYPE_CHECKING:
    from kontor.platform.sandbox import Sandbox

CT: Final = "1.2.840.10008.5.1.4.1.1.2"
ROOT: Final = "1.2.826.0.1.3680043.10.1"
STUDY: Final = f"{ROOT}.1"
SERIES: Final = f"{ROOT}.1.1"
_LONG: Final = {"OB", "OW", "SQ", "UN", "UT"}
_VRS: Final = {
    (0x0008, 0x0005): "CS", (0x0008, 0x0008): "CS", (0x0008, 0x0012): "DA", (0x0008, 0x0016): "UI",
    (0x0008, 0x0018): "UI", (0x0008, 0x0020): "DA", (0x0008, 0x0050): "SH", (0x0008, 0x0054): "AE",
    (0x0008, 0x0060): "CS", (0x0008, 0x1030): "LO", (0x0008, 0x103E): "LO", (0x0010, 0x0010): "PN",
    (0x0010, 0x0020): "LO", (0x0010, 0x0021): "LO", (0x0010, 0x0030): "DA", (0x0010, 0x0040): "CS",
    (0x0020, 0x000D): "UI", (0x0020, 0x000E): "UI", (0x0020, 0x0011): "IS", (0x0020, 0x0013): "IS",
    (0x0020, 0x0032): "DS", (0x0020, 0x0037): "DS", (0x0028, 0x0002): "US", (0x0028, 0x0004): "CS",
    (0x0028, 0x0010): "US", (0x0028, 0x0011): "US", (0x0028, 0x0100): "US", (0x0028, 0x0101): "US",
    (0x0028, 0x0102): "US", (0x0028, 0x0103): "US", (0x7FE0, 0x0010): "OW",
}  # fmt: skip
_BY_NAME: Final = {
    "sop_class": (0x0008, 0x0016), "sop": (0x0008, 0x0018), "study": (0x0020, 0x000D), "series": (0x0020, 0x000E),
    "patient_id": (0x0010, 0x0020), "issuer": (0x0010, 0x0021), "name": (0x0010, 0x0010),
    "birth_date": (0x0010, 0x0030), "sex": (0x0010, 0x0040), "modality": (0x0008, 0x0060),
    "study_date": (0x0008, 0x0020), "accession": (0x0008, 0x0050), "description": (0x0008, 0x1030),
    "series_description": (0x0008, 0x103E), "series_number": (0x0020, 0x0011), "number": (0x0020, 0x0013),
    "position": (0x0020, 0x0032), "orientation": (0x0020, 0x0037), "retrieve_ae": (0x0008, 0x0054),
    "creation_date": (0x0008, 0x0012), "pixels": (0x7FE0, 0x0010), "charset": (0x0008, 0x0005),
}  # fmt: skip


def dataset(sop: str = "1", **values: str | bytes) -> bytes:
    """A CT image of 4 × 4 pixels as an explicit VR little endian data set; `None`-like '' leaves an element out."""
    chosen: dict[str, str | bytes] = {
        "charset": "ISO_IR 192",
        "sop_class": CT,
        "sop": sop if "." in sop else f"{SERIES}.{sop}",
        "study": STUDY,
        "series": SERIES,
        "patient_id": "P-1",
        "name": "Muster^Erika",
        "birth_date": "19640812",
        "sex": "F",
        "modality": "CT",
        "study_date": "20260101",
        "number": sop.rpartition(".")[2],
        "pixels": bytes(32),
    }
    chosen.update(values)
    elements: dict[tuple[int, int], bytes] = {
        (0x0028, 0x0002): struct.pack("<H", 1),
        (0x0028, 0x0004): b"MONOCHROME2 ",
        (0x0028, 0x0010): struct.pack("<H", 4),
        (0x0028, 0x0011): struct.pack("<H", 4),
        (0x0028, 0x0100): struct.pack("<H", 16),
        (0x0028, 0x0101): struct.pack("<H", 16),
        (0x0028, 0x0102): struct.pack("<H", 15),
        (0x0028, 0x0103): struct.pack("<H", 0),
    }
    elements.update({_BY_NAME[name]: _encoded(name, value) for name, value in chosen.items() if value != ""})
    return b"".join(_element(tag, value) for tag, value in sorted(elements.items()))


def part10(data: bytes, syntax: str = EXPLICIT_LITTLE, preamble: bytes = bytes(128)) -> bytes:
    """The data set as a file with meta information of its own."""
    padded = syntax.encode() + (b"\0" if len(syntax) % 2 else b"")
    meta = b"\x02\x00\x10\x00UI" + struct.pack("<H", len(padded)) + padded
    length = b"\x02\x00\x00\x00UL\x04\x00" + struct.pack("<I", len(meta))
    return preamble + b"DICM" + length + meta + data


def slices(data: bytes, size: int = 61) -> Iterator[memoryview]:
    """The bytes in pieces that fall across element borders."""
    view = memoryview(data)
    for start in range(0, len(view), size):
        yield view[start : start + size]


MODALITY: Final = Origin("dimse", actor="CT1", address="192.0.2.7", calling_ae="CT1", called_ae="KONTOR")


@dataclass(slots=True)
class Desk:
    """An archive in memory and on a given database, with somebody who brings objects."""

    archive: Archive
    scope: Scope
    clock: Clock
    origin: Origin = MODALITY

    def receive(self, data: bytes, *, at_s: float = 0.001) -> Receipt:
        """Bring one bare data set; time passes."""
        if isinstance(self.clock, FixedClock):
            self.clock.advance(at_s)
        return receive(self.archive, self.scope, self.origin, slices(data), transfer_syntax=EXPLICIT_LITTLE)

    def bring(self, *objects: bytes) -> list[Admission]:
        """Receive and admit, one after the other."""
        return [admit(self.archive, [self.receive(data)])[0] for data in objects]

    def bring_received(self, receipt: Receipt) -> Admission:
        """Admit what was received before."""
        return admit(self.archive, [receipt])[0]

    def rows(self, table: str, *columns: str) -> list[tuple[object, ...]]:
        """Columns of every row of a table, sorted."""
        from sqlalchemy import Select, column, select
        from sqlalchemy import table as named

        statement: Select[Any] = select(*(column(name) for name in columns)).select_from(named(table))
        return sorted(tuple(row) for row in self.archive.database.read(lambda tx: tx.all(statement)))


def archive_on(
    database: Database,
    segments: DiskSegments | None = None,
    clock: Clock | None = None,
    sandbox: Sandbox | None = None,
) -> Desk:
    """An archive of the organisation 'main'; without a sandbox it cannot decode."""
    moving = clock or FixedClock()
    access = Access(database, moving, b"k" * 32)
    database.write(lambda tx: ensure_organisation(tx, "main"))
    archive = Archive(
        database,
        segments or open_memory(),
        access,
        cast("Sandbox", sandbox),
        moving,
        ArchiveSettings(settle_after_s=60),
    )
    return Desk(archive, system_scope(access, "main", "test"), moving)


def _encoded(name: str, value: str | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    pad = b"\0" if _VRS[_BY_NAME[name]] == "UI" else b" "
    raw = value.encode()
    return raw + pad if len(raw) % 2 else raw


def _element(tag: tuple[int, int], value: bytes) -> bytes:
    vr = _VRS[tag]
    head = struct.pack("<HH2s", *tag, vr.encode())
    length = struct.pack("<HI", 0, len(value)) if vr in _LONG else struct.pack("<H", len(value))
    return head + length + value


def uid(text: str) -> Uid:
    """A test's text as a UID."""
    return Uid(text)


def described(row: Mapping[str, object]) -> dict[str, object]:
    """A row without what is made anew by a rebuild."""
    return {name: value for name, value in row.items() if name not in {"id"} and not name.endswith("_at")}
