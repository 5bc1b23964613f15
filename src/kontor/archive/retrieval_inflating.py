"""A deflated data set cannot be read in parts, PS3.5 A.5: it is inflated into a file without a name, not into RAM."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Final

from kontor.dicom.reading import DEFAULT_LIMITS, Inflater, Malformed
from kontor.platform.blobs import translated

INFLATED_MAX: Final = 256 << 20
"""Bytes a data set may inflate to when it is given out; what is longer is given as stored only."""

_PIECE: Final = 1 << 20
_one_at_a_time: Final = Lock()
"""Inflating is work for a whole core: many requests for one bomb must not take all of them."""


class Inflated:
    """The inflated bytes. The file goes with its last reader, also when the process is killed."""

    def __init__(self, stored: Iterable[bytes | bytearray | memoryview], folder: Path | None) -> None:
        """Inflate; what comes after damage is left out.

        Args:
            stored: the data set as it is kept.
            folder: where the file lies; None: where the system keeps temporary files.

        Raises:
            TooLarge: it inflates to more than 256 MiB, or to a multiple that no object has.
            BlobError: there is no room for it, or the folder cannot be written.
        """
        with translated():
            self._descriptor = _nameless_file(folder)
            weakref.finalize(self, os.close, self._descriptor)
            inflater = Inflater(replace(DEFAULT_LIMITS, inflated_bytes=INFLATED_MAX))
            with _one_at_a_time, suppress(Malformed), open(self._descriptor, "wb", closefd=False) as file:
                for data in stored:
                    for piece in inflater.feed(memoryview(data)):
                        file.write(piece)
            self.length = os.fstat(self._descriptor).st_size

    def read(self, offset: int, length: int) -> bytes:
        """These bytes, fewer at the end. From any thread."""
        return os.pread(self._descriptor, length, offset)

    def stream(self, offset: int, length: int) -> Iterator[bytes]:
        """The same bytes in pieces of a mebibyte."""
        end = min(offset + length, self.length)
        for start in range(offset, end, _PIECE):
            yield self.read(start, min(_PIECE, end - start))


def _nameless_file(folder: Path | None) -> int:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix="kontor-inflated-", dir=folder)
    Path(name).unlink()
    return descriptor
