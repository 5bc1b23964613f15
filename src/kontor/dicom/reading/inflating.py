"""Deflated data sets, PS3.5 section A.5: raw deflate, inflated piece by piece under a cap."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from kontor.dicom.reading.refusals import Malformed, TooLarge
from kontor.dicom.reading.sink import ScanLimits

PIECE: Final = 1 << 18


class Inflater:
    """Inflates a stream; never holds more than one piece of 256 KiB."""

    def __init__(self, limits: ScanLimits) -> None:
        self._limits = limits
        self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        self._taken = 0
        self._given = 0

    @property
    def finished(self) -> bool:
        """Whether the stream's own end was seen."""
        return self._stream.eof

    def feed(self, data: memoryview) -> Iterator[memoryview]:
        """The inflated pieces of these bytes; what follows the stream's end (padding) is dropped.

        Raises:
            Malformed: not a deflate stream.
            TooLarge: the cap on bytes or ratio was passed.
        """
        self._taken += len(data)
        pending: bytes | memoryview = data
        while len(pending) and not self._stream.eof:
            try:
                piece = self._stream.decompress(pending, PIECE)
            except zlib.error:
                raise Malformed("deflated data set cannot be inflated") from None
            pending = self._stream.unconsumed_tail
            if not piece:
                return
            self._given += len(piece)
            self._check()
            yield memoryview(piece)

    def _check(self) -> None:
        limits = self._limits
        if self._given > limits.inflated_bytes:
            raise TooLarge("inflated data set is larger than the limit")
        if self._given > limits.inflated_grace and self._given > self._taken * limits.inflated_ratio:
            raise TooLarge("inflated data set grows beyond the allowed ratio")


def inflate(dataset: bytes | memoryview, limits: ScanLimits) -> bytes:
    """A whole deflated data set inflated; what comes after damage is left out.

    Raises:
        TooLarge: the cap on bytes or ratio was passed.
    """
    pieces: list[bytes] = []
    try:
        pieces.extend(bytes(piece) for piece in Inflater(limits).feed(memoryview(dataset)))
    except Malformed:
        return b"".join(pieces)
    return b"".join(pieces)
