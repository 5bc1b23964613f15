"""Names for what a segment store holds: records, their places, and damage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NewType

from kontor.platform.blobs.layout import SEAL_SIZE, RecordKind

SegmentId = NewType("SegmentId", str)
Fact = str | int | float | bool | None
Facts = Mapping[str, Fact]


class DamageKind(Enum):
    """What is wrong with a stretch of a segment. UNFINISHED was never acknowledged; the others are losses."""

    UNFINISHED = "unfinished"
    FILE_HEADER = "file-header"
    HEAD = "head"
    BODY = "body"
    PREFIX = "prefix"
    FACTS = "facts"
    TRAILER = "trailer"


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of `length` bytes at `offset` that is not a valid record."""

    offset: int
    length: int
    kind: DamageKind


@dataclass(frozen=True, slots=True)
class Record:
    """A record as found in a segment; offsets count from the segment's beginning.

    The data set is body[dataset_offset:], `digest` its SHA-256, hexadecimal. `previous_end` is where the record
    before it ended, 0 for the first.
    """

    kind: RecordKind
    facts: Facts
    sequence: int
    start: int
    previous_end: int
    body_offset: int
    body_length: int
    dataset_offset: int
    digest: str
    end: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a durable record lies; fields as in Record."""

    segment: SegmentId
    start: int
    body_offset: int
    body_length: int
    digest: str
    end: int
    previous_end: int


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """A segment on the store: bytes in all, and whether it is closed for ever."""

    segment: SegmentId
    size: int
    sealed: bool

    @property
    def end(self) -> int:
        """Where its records end at the latest."""
        return self.size - SEAL_SIZE if self.sealed else self.size
