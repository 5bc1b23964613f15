"""Text and numbers as both engines can keep and index them, whatever a data set says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

TEXT_MAX: Final = 512  # characters; a PostgreSQL index entry must stay below 2,704 bytes
_INTEGER_MAX: Final = 2**31 - 1
_HASH_CHARACTERS: Final = 16


def index_text(value: str) -> str:
    """Return text without NUL and lone surrogates, and short enough for an index.

    Longer text keeps its beginning and a digest of the whole, so that different values stay different.
    """
    if len(value) <= TEXT_MAX and value.isascii() and "\0" not in value:
        return value
    clean = value.replace("\0", "").encode("utf-8", "replace").decode()
    if len(clean) <= TEXT_MAX:
        return clean
    digest = hashlib.sha256(clean.encode()).hexdigest()[:_HASH_CHARACTERS]
    return f"{clean[: TEXT_MAX - _HASH_CHARACTERS - 1]}…{digest}"


def index_number(value: int | None) -> int | None:
    """Return a number of 32 bits, or None: DICOM's IS may hold more than its own range."""
    return value if value is not None and -_INTEGER_MAX <= value <= _INTEGER_MAX else None


def index_row(values: Mapping[str, str | int | None]) -> dict[str, object]:
    """Return a row's values with every text made fit for the index."""
    return {name: index_text(value) if isinstance(value, str) else value for name, value in values.items()}
