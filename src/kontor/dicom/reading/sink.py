"""What a walk over a data set may cost, and who is told what it meets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from kontor.dicom.reading.encoding import Encoding

IGNORE: Final = 0
KEEP: Final = 1
ANNOUNCE: Final = 2


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """What a stream may cost.

    depth: nested sequences (real objects stay below 10). elements: about a second of work; a functional group
    object of 10,000 frames has half of it. value_bytes: the longest value kept. inflated_bytes and
    inflated_ratio: of a deflated data set; the ratio counts once more than inflated_grace bytes came out.
    """

    depth: int = 64
    elements: int = 2_000_000
    value_bytes: int = 4096
    inflated_bytes: int = 1 << 30
    inflated_grace: int = 64 << 20
    inflated_ratio: int = 250


DEFAULT_LIMITS: Final = ScanLimits()


class Interest(Protocol):
    """Which elements of a level the sink wants: IGNORE, KEEP (value) or ANNOUNCE (offset and length)."""

    def get(self, tag: int, default: int, /) -> int:
        """IGNORE, KEEP or ANNOUNCE; a dictionary of tags serves."""


class Sink(Protocol):
    """Is told what the walker meets. A value is only valid during the call."""

    def element(self, tag: int, vr: bytes, value: memoryview, encoding: Encoding) -> None:
        """A wanted element with its value."""

    def announced(self, tag: int, vr: bytes, offset: int, value_offset: int, length: int) -> None:
        """A wanted element whose value is not kept; length UNDEFINED for encapsulated data."""

    def begin_sequence(self, tag: int, vr: bytes) -> Interest:
        """A sequence starts; the answer says what is wanted in its items."""

    def begin_item(self) -> None:
        """An item of the current sequence starts."""

    def end_item(self) -> None:
        """The current item ended."""

    def end_sequence(self) -> None:
        """The current sequence ended."""

    def fragment(self) -> None:
        """A fragment of encapsulated data was passed, the offset table too."""

    def end_fragments(self, tag: int, end: int) -> None:
        """Encapsulated data ended; `end` is the offset behind its delimiter."""
