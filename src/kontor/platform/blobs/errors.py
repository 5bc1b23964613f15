"""What can go wrong with stored bytes: one hierarchy, made from the operating system's errors in one place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final


class BlobError(Exception):
    """Any failure of the store. Nothing that was acknowledged is lost by it."""


class StorageFull(BlobError):
    """No room above the watermark: repeatable once an operator has made room (DIMSE A700, HTTP 507)."""


class ReadOnlyStorage(BlobError):
    """The store may be read but not written: permanent until an operator acts."""


class StorageUnavailable(BlobError):
    """The device failed or is gone: repeatable."""


class SegmentUnknown(BlobError):
    """There is no segment of that name: permanent."""


class SegmentInUse(BlobError):
    """Another writer, here or in another process, holds the segment's lock."""


class CorruptRecord(BlobError):
    """Stored bytes are missing or differ from what was written: permanent; the message names segment and offset."""


class WriterMisused(BlobError):
    """A programming error: the writer's calls came in an impossible order."""


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def typed_error(error: OSError) -> BlobError:
    """The store's error for an error of the operating system."""
    text = f"{error.strerror or error} ({errno.errorcode.get(error.errno or 0, error.errno)})"
    if error.errno in _FULL:
        return StorageFull(text)
    if error.errno in _READ_ONLY:
        return ReadOnlyStorage(text)
    if error.errno == errno.ENOENT:
        return SegmentUnknown(text)
    return StorageUnavailable(text)


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of the operating system into the store's own."""
    try:
        yield
    except OSError as error:
        raise typed_error(error) from error
