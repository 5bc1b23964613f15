"""Segmented palettes (PS3.3 C.7.9.2): discrete values, lines, and segments that are used again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_DISCRETE: Final = 0
_LINEAR: Final = 1
_INDIRECT: Final = 2
_OFFSET_BYTES: Final = 4


class _Unreadable(Exception):
    """The segments end too early, begin with a line, or lead in circles."""


def expanded(data: bytes, bits: int, count: int) -> NDArray[np.uint16] | None:
    """The `count` entries that the segments make; None when they make fewer or cannot be read.

    `bits` is the descriptor's third value: with 8 every number is a byte, else a word. A line's values are rounded
    half up, its first value is the entry before it.
    """
    width = 1 if bits <= 8 else 2
    words = np.frombuffer(data[: len(data) // width * width], f"<u{width}").tolist()
    expansion = _Expansion(words, width, count)
    try:
        expansion.run()
    except (_Unreadable, IndexError):
        return None
    return np.array(expansion.entries[:count], np.uint16)


class _Expansion:
    """Reads segments until enough entries are there."""

    def __init__(self, words: Sequence[int], width: int, count: int) -> None:
        self._words, self._width, self._count = words, width, count
        self.entries: list[int] = []

    def run(self) -> None:
        """All segments in their order."""
        at = 0
        while len(self.entries) < self._count:
            at = self._again(at) if self._words[at] == _INDIRECT else self._segment(at)

    def _segment(self, at: int) -> int:
        """Append one segment's entries; where the next one begins."""
        kind, length = self._words[at], self._words[at + 1]
        if kind == _DISCRETE:
            end = at + 2 + length
            if end > len(self._words) or not length:
                raise _Unreadable
            self.entries += self._words[at + 2 : end]
            return end
        if kind != _LINEAR or not self.entries or not length:
            raise _Unreadable
        first, last = self.entries[-1], self._words[at + 2]
        self.entries += [
            (2 * (first * length + (last - first) * step) + length) // (2 * length) for step in range(1, length + 1)
        ]
        return at + 3

    def _again(self, at: int) -> int:
        """Segments from an offset in bytes once more; they are no indirect ones themselves."""
        size = _OFFSET_BYTES // self._width
        low_first = self._words[at + 2 : at + 2 + size]
        if len(low_first) < size:
            raise _Unreadable
        there = sum(word << 8 * self._width * place for place, word in enumerate(low_first)) // self._width
        for _ in range(self._words[at + 1]):
            if len(self.entries) >= self._count:
                break
            there = self._segment(there)
        return at + 2 + size
