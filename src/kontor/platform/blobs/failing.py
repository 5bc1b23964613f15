"""A disk that fails on command, for every test that asks what happens then. Without faults it changes nothing."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field

from kontor.platform.blobs.disk import Buffer
from kontor.platform.blobs.memory import MemoryDisk, MemoryFile


@dataclass(slots=True)
class Faults:
    """Which writing call fails, counted from 1, with which error; `lasting` makes all later ones fail too.

    `calls` counts them and `trace` names them, so that a test can fail each in turn until a run passes.
    """

    fail_at: int | None = None
    error: int = errno.EIO
    lasting: bool = False
    calls: int = 0
    trace: list[str] = field(default_factory=list)

    def strikes(self, call: str) -> bool:
        """Count a call; whether it shall fail."""
        self.calls += 1
        self.trace.append(call)
        return self.fail_at is not None and (self.calls == self.fail_at or (self.lasting and self.calls > self.fail_at))

    def check(self, call: str) -> None:
        """Count a call and raise when it shall fail."""
        if self.strikes(call):
            raise self.raised()

    def raised(self) -> OSError:
        """The error that this disk fails with."""
        return OSError(self.error, f"injected {errno.errorcode[self.error]} at call {self.calls}")


class FailingFile(MemoryFile):
    """A file in memory whose writing calls can fail: a write half way, a sync with its data lost."""

    def __init__(self, inner: MemoryFile, faults: Faults) -> None:
        super().__init__(inner._disk, inner._inode)
        self._faults = faults

    def pwrite(self, data: Buffer, offset: int) -> None:
        """See DiskFile."""
        if self._faults.strikes("pwrite"):
            super().pwrite(memoryview(data)[: len(data) // 2], offset)
            raise self._faults.raised()
        super().pwrite(data, offset)

    def allocate(self, offset: int, length: int) -> None:
        """See DiskFile."""
        self._faults.check("allocate")
        super().allocate(offset, length)

    def truncate(self, size: int) -> None:
        """See DiskFile."""
        self._faults.check("truncate")
        super().truncate(size)

    def sync(self) -> None:
        """See DiskFile."""
        if self._faults.strikes("sync"):
            self.lose_unsynced()
            raise self._faults.raised()
        super().sync()


class FailingDisk(MemoryDisk):
    """A disk in memory with faults."""

    def __init__(self, faults: Faults, capacity: int = 1 << 40) -> None:
        super().__init__(capacity)
        self.faults = faults

    def create(self, name: str) -> FailingFile:
        """See Disk."""
        self.faults.check("create")
        return FailingFile(super().create(name), self.faults)

    def open(self, name: str, *, writable: bool = False) -> FailingFile:
        """See Disk."""
        return FailingFile(super().open(name, writable=writable), self.faults)

    def rename(self, old: str, new: str) -> None:
        """See Disk."""
        self.faults.check("rename")
        super().rename(old, new)
