"""Instants in addresses: ISO 8601, microseconds inside."""

from __future__ import annotations

from datetime import UTC, datetime

from kontor.doors.http import inadmissible
from kontor.platform.clock import MICROSECONDS


def instant(field: str, text: str) -> int | None:
    """Microseconds since 1970 of an ISO 8601 instant; without an offset it is UTC. None where there is no text.

    Raises:
        Problem: "inadmissible"; `field` is named.
    """
    if not text:
        return None
    try:
        written = datetime.fromisoformat(text)
        aware = written if written.tzinfo is not None else written.replace(tzinfo=UTC)
        return round(aware.timestamp() * MICROSECONDS)
    except (ValueError, OverflowError):
        raise inadmissible(field, "not an ISO 8601 instant") from None
