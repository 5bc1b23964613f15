"""Everything below the paths a person named, as streams: files, folders, ZIP archives. Links are not followed.

A DICOMDIR is a hint at most: its files are found by this walk, never by the names it holds.
"""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from kontor.doors.files.limits import ImportLimits
from kontor.doors.files.report import FileRefusal
from kontor.doors.files.zip_directory import MAGIC, judged_members, open_directory

CHUNK: Final = 1 << 20
_PREAMBLE: Final = 128
_DICOM: Final = b"DICM"
Stream = Iterator[memoryview]


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to be taken: its name for people, and its bytes, or why they are not read."""

    name: str
    opened: Callable[[], AbstractContextManager[Stream]] | None = None
    refusal: FileRefusal | None = None


@dataclass(slots=True)
class _Allowance:
    """What one outer archive may still inflate to."""

    left: int


def sources(paths: Sequence[Path], limits: ImportLimits) -> Iterator[Source]:
    """Walk the paths, in order of their names. An archive's members are valid until the next source is asked for."""
    for path in paths:
        yield from _path(path, limits, depth=0, named=True)


def _path(path: Path, limits: ImportLimits, *, depth: int, named: bool) -> Iterator[Source]:
    try:
        kind = (path.stat() if named else path.lstat()).st_mode
        if stat.S_ISDIR(kind):
            yield from _folder(path, limits, depth)
        elif stat.S_ISREG(kind):
            yield from _file(path, limits, named=named)
        else:
            yield Source(str(path), refusal=FileRefusal("not-a-file", "a link, device or pipe"))
    except OSError as error:
        yield Source(str(path), refusal=_unreadable(error))
    except FileRefusal as refusal:
        yield Source(str(path), refusal=refusal)


def _folder(path: Path, limits: ImportLimits, depth: int) -> Iterator[Source]:
    if depth >= limits.folders:
        yield Source(str(path), refusal=FileRefusal("too-deep", "folders are nested too deeply"))
        return
    for inside in sorted(path.iterdir()):
        yield from _path(inside, limits, depth=depth + 1, named=False)


def _file(path: Path, limits: ImportLimits, *, named: bool) -> Iterator[Source]:
    with _opened(path, named=named) as file:
        if _is_zip(file):
            yield from _archive(str(path), file, limits, 0, _Allowance(limits.inflated_bytes))
            return
    yield Source(str(path), opened=lambda: _streamed(path, named=named))


def _archive(name: str, file: IO[bytes], limits: ImportLimits, level: int, allowance: _Allowance) -> Iterator[Source]:
    try:
        archive = open_directory(file, limits)
    except FileRefusal as refusal:
        yield Source(name, refusal=refusal)
        return
    with archive:
        for info, fault in judged_members(archive):
            member = f"{name}!{info.filename}"
            if fault is not None:
                yield Source(member, refusal=fault)
            else:
                yield from _member(member, archive, info, limits, level, allowance)


def _member(
    name: str,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    limits: ImportLimits,
    level: int,
    allowance: _Allowance,
) -> Iterator[Source]:
    @contextmanager
    def opened() -> Iterator[Stream]:
        yield _inflated(archive, info, limits, allowance)

    try:
        with archive.open(info) as begun:
            nested = begun.read(_PREAMBLE + len(_DICOM))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        yield Source(name, refusal=_broken(error))
        return
    if not _looks_like_zip(nested):
        yield Source(name, opened=opened)
    elif level >= limits.nesting:
        yield Source(name, refusal=FileRefusal("too-deep", "an archive inside an archive inside an archive"))
    else:
        yield from _nested(name, opened, limits, level, allowance)


def _nested(
    name: str,
    opened: Callable[[], AbstractContextManager[Stream]],
    limits: ImportLimits,
    level: int,
    allowance: _Allowance,
) -> Iterator[Source]:
    with tempfile.TemporaryFile(prefix="kontor-import-") as copy:
        try:
            with opened() as stream:
                for data in stream:
                    if copy.tell() + len(data) > limits.nested_bytes:
                        raise FileRefusal("archive-too-large", "the inner archive is too long")
                    copy.write(data)
        except FileRefusal as refusal:
            yield Source(name, refusal=refusal)
            return
        copy.seek(0)
        yield from _archive(name, copy, limits, level + 1, allowance)


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ImportLimits, allowance: _Allowance) -> Stream:
    """A member's bytes, counted while they come out: what the directory says of their length proves nothing."""
    out = 0
    try:
        with archive.open(info) as member:
            while data := member.read(CHUNK):
                out += len(data)
                allowance.left -= len(data)
                if allowance.left < 0:
                    raise FileRefusal("archive-too-large", "the archive inflates to more than is allowed")
                if out > limits.grace_bytes and out > limits.ratio * max(1, info.compress_size):
                    raise FileRefusal("inflates-too-much", "a member inflates to a multiple no image has")
                yield memoryview(data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _broken(error) from error


@contextmanager
def _opened(path: Path, *, named: bool) -> Iterator[IO[bytes]]:
    """Open a file; one that was found, not named, is refused if it has become a link meanwhile."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if named else os.O_NOFOLLOW)
    with open(os.open(path, flags), "rb", buffering=0) as file:  # noqa: PTH123 # flags are the point
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileRefusal("not-a-file", "a link, device or pipe")
        yield file


@contextmanager
def _streamed(path: Path, *, named: bool) -> Iterator[Stream]:
    try:
        with _opened(path, named=named) as file:
            yield _slices(file)
    except OSError as error:
        raise _unreadable(error) from error


def _slices(file: IO[bytes]) -> Stream:
    buffer = bytearray(CHUNK)
    view = memoryview(buffer)
    while count := file.readinto(buffer):  # type: ignore[attr-defined] # raw files have it, IO[bytes] does not say so
        yield view[:count]


def _is_zip(file: IO[bytes]) -> bool:
    head = file.read(_PREAMBLE + len(_DICOM))
    file.seek(0)
    return _looks_like_zip(head)


def _looks_like_zip(head: bytes) -> bool:
    """An archive's magic, unless it is a preamble: a DICOM file may begin with anything."""
    return head[:4] in MAGIC and head[_PREAMBLE:] != _DICOM


def _unreadable(error: OSError) -> FileRefusal:
    return FileRefusal("unreadable", error.strerror or "cannot be read")


def _broken(error: Exception) -> FileRefusal:
    return FileRefusal("broken-archive", f"the member cannot be read ({type(error).__name__})")
