"""The directory of a ZIP archive, judged before anything of it is inflated (PKWARE APPNOTE 4.3, 4.4).

Members are only ever read as streams: no name of an archive becomes a path of ours.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from kontor.doors.files.report import FileRefusal

if TYPE_CHECKING:
    from kontor.doors.files.limits import ImportLimits

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_END: Final = struct.Struct("<4s4H2LH")
_END_MAGIC: Final = b"PK\x05\x06"
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_COMMENT_MAX: Final = 0xFFFF
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 0x0041  # bits 0 and 6 of the general purpose flags
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNSPECIFIED: Final = 0


def open_directory(file: IO[bytes], limits: ImportLimits) -> zipfile.ZipFile:
    """Read a directory that is small enough and whose members do not overlap.

    Raises:
        FileRefusal: broken-archive, archive-too-large or overlapping-members.
    """
    members, size = _announced(file)
    if members > limits.members or size > limits.directory_bytes:
        raise FileRefusal("archive-too-large", f"more than {limits.members} members")
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise FileRefusal("broken-archive", "the directory of the archive cannot be read") from error
    if len(archive.infolist()) > limits.members:
        raise FileRefusal("archive-too-large", f"more than {limits.members} members")
    _refuse_overlaps(archive)
    return archive


def judged_members(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, FileRefusal | None]]:
    """Every member that is a file, or pretends to be something else, with the reason why it is not opened."""
    seen: set[str] = set()
    for info in archive.infolist():
        refusal = _judge(info, seen)
        seen.add(_folded(info.filename))
        if refusal is not None or not info.is_dir():
            yield info, refusal


def _judge(info: zipfile.ZipInfo, seen: set[str]) -> FileRefusal | None:
    if _leaves(info.orig_filename) or _leaves(info.filename):
        return FileRefusal("unsafe-name", "its name leads out of the archive")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {_UNSPECIFIED, stat.S_IFREG, stat.S_IFDIR}:
        return FileRefusal("not-a-file", "a link or device inside an archive")
    if _folded(info.filename) in seen:
        return FileRefusal("duplicate-name", "a second member of the same name")
    if info.flag_bits & _ENCRYPTED:
        return FileRefusal("encrypted", "encrypted members cannot be read")
    if info.compress_type not in _METHODS:
        return FileRefusal("unknown-compression", "neither stored nor deflated")
    return None


def _leaves(name: str) -> bool:
    """Whether a name is absolute, goes upwards, names a drive, or holds what no honest one does."""
    forward = name.replace("\\", "/")
    parts = PurePosixPath(forward).parts
    return "\0" in name or forward.startswith("/") or ".." in parts or forward[1:2] == ":"


def _folded(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    """Members that share compressed bytes let a small archive inflate without end."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise FileRefusal("overlapping-members", "members of the archive overlap")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _announced(file: IO[bytes]) -> tuple[int, int]:
    """How many members and bytes the end record announces for the directory, 64 bit records included."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _END.size - _COMMENT_MAX)
    file.seek(start)
    tail = file.read(size - start)
    place = tail.rfind(_END_MAGIC)
    if place < 0 or len(tail) - place < _END.size:
        raise FileRefusal("broken-archive", "the directory of the archive is missing")
    _, _, _, _, members, length, _, _ = _END.unpack_from(tail, place)
    wide = _announced64(file, start + place)
    return wide if wide is not None else (members, length)


def _announced64(file: IO[bytes], end: int) -> tuple[int, int] | None:
    if end < _LOCATOR.size:
        return None
    file.seek(end - _LOCATOR.size)
    magic, _, offset, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if magic != b"PK\x06\x07":
        return None
    file.seek(min(offset, end))
    raw = file.read(_END64.size)
    if len(raw) < _END64.size or raw[:4] != b"PK\x06\x06":
        return None
    fields = _END64.unpack(raw)
    return fields[7], fields[8]
