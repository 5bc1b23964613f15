"""Errors of reading. What is not there raises the archive's NotThere, what cannot be kept access's Inadmissible.

ReadingError
├─ MarkChanged   another version came between; `current`
└─ Claimed       somebody else holds the study; `claim`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontor.reading.claim_rows import Claim
    from kontor.reading.mark_model import Mark


class ReadingError(Exception):
    """Root of everything this room raises on purpose."""


class MarkChanged(ReadingError):
    """The version that was to be followed is not the newest one; nothing was written."""

    def __init__(self, current: Mark) -> None:
        super().__init__(f"the mark has version {current.version}")
        self.current = current


class Claimed(ReadingError):
    """Somebody else holds the study and the caller did not say that they take it over; nothing was written."""

    def __init__(self, claim: Claim) -> None:
        super().__init__("somebody else holds the study")
        self.claim = claim
