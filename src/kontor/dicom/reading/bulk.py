"""Where one binary value lies in a data set: the way back from a BulkDataURI's path to bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from kontor.dicom.reading.encoding import UNDEFINED, Encoding
from kontor.dicom.reading.refusals import Malformed
from kontor.dicom.reading.sink import ANNOUNCE, Interest, ScanLimits
from kontor.dicom.reading.walker import Walker
from kontor.dicom.values import transfer_syntax

_NOTHING: Final[Mapping[int, int]] = {}


@dataclass(frozen=True, slots=True)
class BulkValue:
    """A value in the (inflated) data set; `length` includes offset table and items of encapsulated data."""

    vr: str
    offset: int
    length: int
    encapsulated: bool
    encoding: Encoding


def find_bulk(
    dataset: bytes | memoryview | Iterable[bytes | bytearray | memoryview], transfer_syntax_uid: str, path: str
) -> BulkValue | None:
    """The value at a path as `BulkPolicy.uri` was given it; None when there is none.

    `dataset` is the data set up to and with the value, inflated, whole or in pieces; none of it is held. A path that is
    none is not found.
    """
    steps = _steps(path)
    if not steps:
        return None
    syntax = transfer_syntax(transfer_syntax_uid)
    finder = _Finder(steps)
    walker = Walker(Encoding(syntax.implicit, syntax.big_endian), finder, finder.interest(), ScanLimits())
    with suppress(Malformed):  # what was found before the damage is good
        for piece in (dataset,) if isinstance(dataset, bytes | memoryview) else dataset:
            walker.feed(memoryview(piece))
    found = finder.found
    return (
        None if found is None else BulkValue(found.vr, found.offset, found.length, found.encapsulated, walker.encoding)
    )


def _steps(path: str) -> list[int]:
    parts = path.split("/")
    try:
        return [int(part, 10 if at % 2 else 16) for at, part in enumerate(parts)] if len(parts) % 2 else []
    except ValueError:
        return []


@dataclass(slots=True)
class _Found:
    vr: str
    offset: int
    length: int
    encapsulated: bool


class _Finder:
    """Sink that follows one path: sequence, number of the item, …, element."""

    def __init__(self, steps: list[int]) -> None:
        self._steps = steps
        self._place: list[int] = []
        self.found: _Found | None = None

    def interest(self) -> Interest:
        """The last step's element where the walk stands on the path to it, else nothing."""
        on_path = len(self._place) == len(self._steps) - 1
        return {self._steps[-1]: ANNOUNCE} if on_path else _NOTHING

    def element(self, tag: int, vr: bytes, value: memoryview, encoding: Encoding) -> None:
        """Nothing is kept."""

    def announced(self, tag: int, vr: bytes, offset: int, value_offset: int, length: int) -> None:  # noqa: ARG002
        """The element, if this is the item the path means."""
        if self._place == self._steps[:-1] and self.found is None:
            encapsulated = length == UNDEFINED
            self.found = _Found(vr.decode("ascii") or "OW", value_offset, 0 if encapsulated else length, encapsulated)

    def begin_sequence(self, tag: int, vr: bytes) -> Interest:  # noqa: ARG002 - the sink's interface
        """One step further; items count from one."""
        self._place += [tag, 0]
        return self.interest()

    def begin_item(self) -> None:
        """The next item."""
        self._place[-1] += 1

    def end_item(self) -> None:
        """Nothing to do."""

    def end_sequence(self) -> None:
        """One step back."""
        del self._place[-2:]

    def fragment(self) -> None:
        """Nothing to do."""

    def end_fragments(self, tag: int, end: int) -> None:
        """The end of encapsulated data gives its length."""
        found = self.found
        if found is not None and found.encapsulated and not found.length and tag == self._steps[-1]:
            found.length = end - found.offset
