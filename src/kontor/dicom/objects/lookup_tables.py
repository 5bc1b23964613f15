"""Look-up tables of DICOM: modality, VOI and palette share one kind of descriptor (PS3.3 C.11.1.1, C.7.6.3.1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tag, Tags
from kontor.dicom.objects.attributes import DicomJson, binary, numbers, text
from kontor.dicom.objects.segments import expanded

Numbers = NDArray[Any]

HALF_SLACK: Final = 1e-9
"""Added before rounding: a decimal that is exactly a half often lies an ulp below it in binary, and rounds up."""


@dataclass(frozen=True, slots=True)
class LookupTable:
    """Entries from the input value `first` on; below it the first entry holds, above the end the last one."""

    first: int
    entries: NDArray[np.uint16]
    bits: int
    explanation: str = ""

    @property
    def maximum(self) -> int:
        """The largest value that an entry can have."""
        return (1 << self.bits) - 1

    def apply(self, inputs: Numbers) -> Numbers:
        """The entry for each input; fractions take the nearest (half up): nothing is made up between two entries."""
        whole = np.floor(inputs + 0.5 + HALF_SLACK) if inputs.dtype.kind == "f" else inputs.astype(np.int64)
        places = np.clip(np.nan_to_num(whole, posinf=2**40, neginf=-(2**40)) - self.first, 0, len(self.entries) - 1)
        found: Numbers = self.entries[places.astype(np.int64)]
        return found


def lookup_table(
    item: DicomJson, descriptor: Tag, data: Tag, *, signed: bool, segmented: Tag | None = None
) -> LookupTable | None:
    """The table of an item, None when it is absent or lies elsewhere. `signed`: its inputs may be negative.

    `segmented`: where a palette's entries may lie instead of in `data` (PS3.3 C.7.9.2).
    """
    described = numbers(item, descriptor)
    if len(described) < 3:
        return None
    count, first, bits = (int(value) for value in described[:3])
    count = count % 65_536 or 65_536
    if signed and first > 32_767:  # read as US though the pixels are signed (clinical rule 9)
        first -= 65_536
    if not signed and first < 0:
        first += 65_536
    entries = _entries(item, data, count)
    if entries is None and segmented is not None:
        entries = expanded(binary(item, segmented) or b"", bits, count)
    if entries is None:
        return None
    return LookupTable(first, entries, _entry_bits(bits, entries), text(item, Tags.LUTExplanation))


def _entry_bits(declared: int, entries: NDArray[np.uint16]) -> int:
    """Bits that the entries contradict are not believed: 8 declared and 16 written occur. Then they are 8 or 16."""
    largest = int(entries.max())
    if 1 <= declared <= 16 and largest < 1 << declared:
        return declared
    return 8 if largest < 256 else 16


def _entries(item: DicomJson, data: Tag, count: int) -> NDArray[np.uint16] | None:
    """Up to `count` entries: numbers, words, or bytes, which only the length tells (clinical rule 41)."""
    raw = binary(item, data)
    if raw is None:
        entries = np.array([int(value) & 0xFFFF for value in numbers(item, data)], np.uint16)
    elif len(raw) < 2 * count:
        entries = np.frombuffer(raw, np.uint8).astype(np.uint16)
    else:
        entries = np.frombuffer(raw, "<u2", len(raw) // 2).astype(np.uint16)
    return entries[:count] if len(entries) else None
