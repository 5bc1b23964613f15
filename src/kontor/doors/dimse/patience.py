"""How long a peer may keep us waiting. Only time spent waiting for its bytes counts, never our own slowness."""

from __future__ import annotations


class Patience:
    """A budget of seconds for one phase; bytes that arrive at the minimal rate refill it up to its beginning.

    So a peer that trickles bytes to hold a connection runs out of it; an object of any size on a slow line does not.
    """

    __slots__ = ("_full_s", "_left_s", "_per_byte_s")

    def __init__(self) -> None:
        self.begin(0.0)

    def begin(self, seconds: float, min_rate_bytes: int = 0) -> None:
        """Start a phase. Without `min_rate_bytes` (bytes per second) nothing refills the budget."""
        self._full_s = self._left_s = seconds
        self._per_byte_s = 1 / min_rate_bytes if min_rate_bytes else 0.0

    def spend(self, waited_s: float, received_bytes: int) -> None:
        """Account for one wait and what it brought."""
        self._left_s = min(self._full_s, self._left_s - waited_s + received_bytes * self._per_byte_s)

    @property
    def is_over(self) -> bool:
        """Whether the budget is used up."""
        return self._left_s <= 0
