"""Read values from DICOM JSON (PS3.18 annex F) without trusting it: absent, empty and nonsense are all absent."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence

from kontor.dicom.dictionary import Tag, Tags

DicomJson = Mapping[str, Mapping[str, object]]
"""A data set: elements by eight upper-case hexadecimal digits, each with 'vr' and 'Value' or 'InlineBinary'."""


def values(dataset: DicomJson, tag: Tag) -> Sequence[object]:
    """All values of an element, empty when it is absent."""
    found = dataset.get(f"{tag:08X}", {}).get("Value")
    return found if isinstance(found, list) else ()


def numbers(dataset: DicomJson, tag: Tag) -> tuple[float, ...]:
    """The numeric values of an element, also where a sender wrote them as text; others are left out."""
    return tuple(number for value in values(dataset, tag) if (number := _number(value)) is not None)


def number(dataset: DicomJson, tag: Tag) -> float | None:
    """The first value as a number, None when there is none."""
    found = numbers(dataset, tag)
    return found[0] if found else None


def integer(dataset: DicomJson, tag: Tag, default: int) -> int:
    """The first value as an integer, the default when there is none."""
    found = number(dataset, tag)
    return default if found is None or found != found or abs(found) == float("inf") else int(found)


def text(dataset: DicomJson, tag: Tag) -> str:
    """The first value as text without padding, '' when there is none."""
    found = values(dataset, tag)
    return found[0].strip() if found and isinstance(found[0], str) else ""


def texts(dataset: DicomJson, tag: Tag) -> tuple[str, ...]:
    """All values as text."""
    return tuple(value.strip() if isinstance(value, str) else "" for value in values(dataset, tag))


def items(dataset: DicomJson, tag: Tag) -> tuple[DicomJson, ...]:
    """The items of a sequence."""
    return tuple(item for item in values(dataset, tag) if isinstance(item, dict))


def binary(dataset: DicomJson, tag: Tag) -> bytes | None:
    """Inline bytes of an element; None when they are absent or lie elsewhere."""
    encoded = dataset.get(f"{tag:08X}", {}).get("InlineBinary")
    if not isinstance(encoded, str):
        return None
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return None


def functional_group(dataset: DicomJson, frame: int, tag: Tag) -> DicomJson:
    """The macro `tag` of a frame (0-based): per frame, else shared, else the data set itself (PS3.3 C.7.6.16)."""
    per_frame = items(dataset, Tags.PerFrameFunctionalGroupsSequence)
    shared = items(dataset, Tags.SharedFunctionalGroupsSequence)
    for group in (*per_frame[frame : frame + 1], *shared[:1]):
        found = items(group, tag)
        if found:
            return found[0]
    return dataset


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value) if isinstance(value, str) else None
    except ValueError:
        return None
