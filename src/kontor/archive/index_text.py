"""Text and numbers as both engines can keep and index them, whatever a data set says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

TEXT_MAX: Final = 512  # bytes of UTF-8; an index has four texts at most, and PostgreSQL's entries end at 2,704 bytes
_CODE_STRING_MAX: Final = 16  # CS, PS3.5 6.2
_INTEGER_MAX: Final = 2**31 - 1
_HASH_CHARACTERS: Final = 16


def index_text(value: str) -> str:
    """Return text without NUL and lone surrogates, and short enough for an index.

    Longer text keeps its beginning and a digest of the whole, so that different values stay different.
    """
    if len(value) <= TEXT_MAX and value.isascii() and "\0" not in value:
        return value
    encoded = value.replace("\0", "").encode("utf-8", "replace")
    if len(encoded) <= TEXT_MAX:
        return encoded.decode()
    ending = f"…{hashlib.sha256(encoded).hexdigest()[:_HASH_CHARACTERS]}"
    return encoded[: TEXT_MAX - len(ending.encode())].decode("utf-8", "ignore") + ending


def index_codes(values: Iterable[str]) -> str:
    """Return a set of code strings, sorted and separated by a backslash, without empty members.

    What does not fit into an index is left out: what is no code string at all before what is one.
    """
    kept, room = list[str](), TEXT_MAX
    for value in sorted({value for value in values if value}, key=lambda value: (len(value) > _CODE_STRING_MAX, value)):
        room -= len(value.encode()) + 1
        if room >= 0:
            kept.append(value)
    return "\\".join(sorted(kept))


def index_number(value: int | None) -> int | None:
    """Return a number of 32 bits, or None: DICOM's IS may hold more than its own range."""
    return value if value is not None and -_INTEGER_MAX <= value <= _INTEGER_MAX else None


def index_row(values: Mapping[str, str | int | None]) -> dict[str, object]:
    """Return a row's values with every text made fit for the index."""
    return {name: index_text(value) if isinstance(value, str) else value for name, value in values.items()}
