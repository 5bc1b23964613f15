"""The little of a file system that segments need, as a port, and the real one: a folder."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

Buffer = bytes | bytearray | memoryview


class DiskFile(Protocol):
    """An open file. Every call raises OSError; nothing is durable before `sync` returns."""

    def pwrite(self, data: Buffer, offset: int) -> None:
        """Write all of it, or raise."""

    def pread_into(self, target: memoryview, offset: int) -> int:
        """Fill `target` from `offset`; returns the bytes read, fewer only at the end of the file."""

    def allocate(self, offset: int, length: int) -> None:
        """Reserve room, which then reads as zeros; does nothing where the file system cannot."""

    def truncate(self, size: int) -> None:
        """Cut or extend with zeros."""

    def sync(self) -> None:
        """Durable when it returns: contents and size."""

    def size(self) -> int:
        """Length in bytes, reserved room included."""

    def try_lock(self) -> bool:
        """Take the exclusive lock, which ends with the file or its process; False when another holds it."""

    def descriptor(self) -> int | None:
        """The operating system's descriptor, or None when there is none."""

    def close(self) -> None:
        """Give the file and its lock back."""


class Disk(Protocol):
    """One flat folder of files."""

    def create(self, name: str) -> DiskFile:
        """A new file for reading and writing; FileExistsError when there is one."""

    def open(self, name: str, *, writable: bool = False) -> DiskFile:
        """An existing file; FileNotFoundError when there is none."""

    def rename(self, old: str, new: str) -> None:
        """Atomic, durable when it returns."""

    def remove(self, name: str) -> None:
        """Delete a file."""

    def names(self) -> list[str]:
        """All files, sorted."""

    def space(self) -> tuple[int, int]:
        """Free bytes that we may use, and bytes in all."""


_UNSUPPORTED: Final = frozenset({errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})


class FolderFile:
    """A file of the operating system."""

    def __init__(self, descriptor: int) -> None:
        self._fd = descriptor

    def pwrite(self, data: Buffer, offset: int) -> None:
        """See DiskFile."""
        written = os.pwrite(self._fd, data, offset)
        if written == len(data):
            return
        view = memoryview(data)
        while written < len(view):
            written += os.pwrite(self._fd, view[written:], offset + written)

    def pread_into(self, target: memoryview, offset: int) -> int:
        """See DiskFile."""
        done = 0
        while done < len(target):
            count = os.preadv(self._fd, [target[done:]], offset + done)
            if count == 0:
                break
            done += count
        return done

    def allocate(self, offset: int, length: int) -> None:
        """See DiskFile."""
        try:
            os.posix_fallocate(self._fd, offset, length)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise

    def truncate(self, size: int) -> None:
        """See DiskFile."""
        os.ftruncate(self._fd, size)

    def sync(self) -> None:
        """See DiskFile."""
        os.fdatasync(self._fd)

    def size(self) -> int:
        """See DiskFile."""
        return os.fstat(self._fd).st_size

    def try_lock(self) -> bool:
        """See DiskFile."""
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def descriptor(self) -> int | None:
        """See DiskFile."""
        return self._fd

    def close(self) -> None:
        """See DiskFile."""
        os.close(self._fd)


class Folder:
    """A folder of the operating system, made when it is absent."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(mode=0o750, parents=True, exist_ok=True)

    def create(self, name: str) -> FolderFile:
        """See Disk."""
        return FolderFile(os.open(self._path / name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o640))

    def open(self, name: str, *, writable: bool = False) -> FolderFile:
        """See Disk."""
        return FolderFile(os.open(self._path / name, os.O_RDWR if writable else os.O_RDONLY))

    def rename(self, old: str, new: str) -> None:
        """See Disk."""
        (self._path / old).rename(self._path / new)
        folder = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def remove(self, name: str) -> None:
        """See Disk."""
        (self._path / name).unlink()

    def names(self) -> list[str]:
        """See Disk."""
        return sorted(entry for entry in os.listdir(self._path))  # noqa: PTH208  a listing of names is all we need

    def space(self) -> tuple[int, int]:
        """See Disk."""
        state = os.statvfs(self._path)
        return state.f_bavail * state.f_frsize, state.f_blocks * state.f_frsize


def chunks(file: DiskFile, offset: int, length: int, size: int) -> Iterator[memoryview]:
    """Read a range piece by piece; each piece is valid until the next is asked for. Stops early at the file's end."""
    block = memoryview(bytearray(min(size, max(length, 1))))
    while length > 0:
        count = file.pread_into(block[: min(len(block), length)], offset)
        if count == 0:
            return
        yield block[:count]
        offset += count
        length -= count


def read_exactly(file: DiskFile, offset: int, length: int) -> bytes:
    """Up to `length` bytes at `offset`: fewer only at the end of the file."""
    target = bytearray(length)
    return bytes(memoryview(target)[: file.pread_into(memoryview(target), offset)])
