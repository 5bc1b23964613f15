"""A disk in memory that knows what was synced: for tests, and for stores that shall not outlive their process."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from random import Random
from threading import Lock

from kontor.platform.blobs.disk import Buffer

_BLOCK = 512  # a device writes whole sectors: a torn write ends at such a border


@dataclass(slots=True)
class _Inode:
    """One file: what a reader sees, what would survive, and the writes between the two."""

    visible: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # (offset, data) or (size, None)
    owner: MemoryFile | None = None


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """Write at `offset`, or with None set the size to it."""
    if data is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


class MemoryFile:
    """A DiskFile in memory."""

    def __init__(self, disk: MemoryDisk, inode: _Inode) -> None:
        self._disk = disk
        self._inode = inode

    def pwrite(self, data: Buffer, offset: int) -> None:
        """See DiskFile."""
        self._change(offset, bytes(data))

    def pread_into(self, target: memoryview, offset: int) -> int:
        """See DiskFile."""
        found = self._inode.visible[offset : offset + len(target)]
        target[: len(found)] = found
        return len(found)

    def allocate(self, offset: int, length: int) -> None:
        """See DiskFile."""
        if offset + length > self.size():
            self._change(offset + length, None)

    def truncate(self, size: int) -> None:
        """See DiskFile."""
        self._change(size, None)

    def sync(self) -> None:
        """See DiskFile."""
        for offset, data in self._inode.pending:
            _apply(self._inode.durable, offset, data)
        self._inode.pending.clear()

    def lose_unsynced(self) -> None:
        """What a failed sync does: readers still see the bytes, the device will never have them."""
        self._inode.pending.clear()

    def size(self) -> int:
        """See DiskFile."""
        return len(self._inode.visible)

    def try_lock(self) -> bool:
        """See DiskFile."""
        with self._disk.locking:
            if self._inode.owner not in (None, self):
                return False
            self._inode.owner = self
            return True

    def descriptor(self) -> int | None:
        """See DiskFile."""
        return None

    def close(self) -> None:
        """See DiskFile."""
        with self._disk.locking:
            if self._inode.owner is self:
                self._inode.owner = None

    def _change(self, offset: int, data: bytes | None) -> None:
        self._disk.require_room(max(0, offset + len(data or b"") - self.size()))
        _apply(self._inode.visible, offset, data)
        self._inode.pending.append((offset, data))


class MemoryDisk:
    """A Disk in memory of `capacity` bytes."""

    def __init__(self, capacity: int = 1 << 40) -> None:
        self.capacity = capacity
        self.locking = Lock()
        self._inodes: dict[str, _Inode] = {}
        self._durable_names: dict[str, _Inode] = {}

    def create(self, name: str) -> MemoryFile:
        """See Disk."""
        if name in self._inodes:
            raise FileExistsError(errno.EEXIST, name)
        inode = self._inodes[name] = _Inode()
        return MemoryFile(self, inode)

    def open(self, name: str, *, writable: bool = False) -> MemoryFile:  # noqa: ARG002  the port asks for it
        """See Disk."""
        if name not in self._inodes:
            raise FileNotFoundError(errno.ENOENT, name)
        return MemoryFile(self, self._inodes[name])

    def rename(self, old: str, new: str) -> None:
        """See Disk."""
        self._inodes[new] = self._inodes.pop(old)
        self._durable_names = dict(self._inodes)

    def remove(self, name: str) -> None:
        """See Disk."""
        del self._inodes[name]

    def names(self) -> list[str]:
        """See Disk."""
        return sorted(self._inodes)

    def space(self) -> tuple[int, int]:
        """See Disk."""
        return max(0, self.capacity - self._used()), self.capacity

    def require_room(self, length: int) -> None:
        """OSError ENOSPC when `length` further bytes pass the capacity."""
        if length and self._used() + length > self.capacity:
            raise OSError(errno.ENOSPC, "the disk is full")

    def after_power_loss(self, random: Random) -> MemoryDisk:
        """What is left: synced bytes, and of each unsynced write all, nothing or its first sectors. No locks."""
        left = MemoryDisk(self.capacity)
        for name, inode in self._durable_names.items():
            content = bytearray(inode.durable)
            for offset, data in inode.pending:
                fate = random.choice(("kept", "lost", "torn"))
                if fate == "kept" or (data is None and fate == "torn"):
                    _apply(content, offset, data)
                elif fate == "torn" and data is not None:
                    sectors = random.randrange(len(data) // _BLOCK + 1)
                    _apply(content, offset, data[: sectors * _BLOCK])
            left._inodes[name] = _Inode(content, bytearray(content))
        left._durable_names = dict(left._inodes)
        return left

    def content(self, name: str) -> bytearray:
        """The bytes of a file, to be damaged by a test."""
        return self._inodes[name].visible

    def _used(self) -> int:
        return sum(len(inode.visible) for inode in self._inodes.values())
