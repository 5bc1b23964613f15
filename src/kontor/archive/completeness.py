"""What a study lacks, as far as its own objects show it: they say what they should hold, and hold less. Pure.

Nothing is inferred from gaps in numbers, which devices leave as they like. How many instances a series should have
is not known here: no object of it says so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PIXELS_CUT_SHORT: Final = "pixels-cut-short"
OBJECTS_CUT_SHORT: Final = "objects-cut-short"

_REASON_OF_NOTE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "short-pixel-data": PIXELS_CUT_SHORT,  # less than rows, columns, bits and frames need (PS3.5 8.1.1)
        "truncated-pixel-data": PIXELS_CUT_SHORT,
        "truncated": OBJECTS_CUT_SHORT,
        "unreadable-rest": OBJECTS_CUT_SHORT,
    }
)


def what_is_missing(noted: Iterable[tuple[str, int]]) -> str:
    """The reasons and how many objects each concerns, as JSON; '' when nothing is missing.

    Args:
        noted: notes of objects as the index holds them, and how many objects bear just these.
    """
    found: Counter[str] = Counter()
    for notes, objects in noted:
        for reason in {_REASON_OF_NOTE[note] for note in notes.split("\\") if note in _REASON_OF_NOTE}:
            found[reason] += objects
    return json.dumps(found, sort_keys=True) if found else ""
