"""How much a store holds and may still take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of the disk on which segments lie. Below `reserve_bytes` free, nothing is received."""

    total_bytes: int
    free_bytes: int
    reserve_bytes: int

    @property
    def left_bytes(self) -> int:
        """What may still be written above the watermark."""
        return max(0, self.free_bytes - self.reserve_bytes)
