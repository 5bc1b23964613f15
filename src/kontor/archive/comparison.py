"""Whether two objects of one SOP Instance UID say and show the same: clinical rule 11.1.4.

Compared are all attributes but those that a change of encoding or a journey changes, and the decoded pixels of every
frame. What cannot be decoded is not called equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kontor.archive.retrieval_model import FrameNotThere, NotConvertible, NotRenderable
from kontor.archive.retrieval_pixels import header_of, stored_frame, stored_values
from kontor.dicom.dictionary import Tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontor.archive.retrieval_model import StoredInstance
    from kontor.archive.retrieval_opening import OpenedObject
    from kontor.archive.room import Archive

# Specific Character Set (text is compared decoded), Instance Creation, Retrieve AE and URL, availability and padding;
# Planar Configuration follows the encoding. Group lengths are left out below.
_ENCODING: Final = frozenset(
    {
        "00080005", "00080012", "00080013", "00080014", "00080054", "00080056", "00081190", "00083002", "00280006",
        "7FE00001", "7FE00002", "7FE00008", "7FE00009", "7FE00010", "FFFCFFFC", "FFFAFFFA", "4FFE0001",
    }
)  # fmt: skip


def say_and_show_the_same(
    archive: Archive, one: StoredInstance, other: StoredInstance, heartbeat: Callable[[], None]
) -> bool:
    """Compare attributes, then frame after frame.

    Raises:
        SandboxUnavailable: nobody could decode now.
    """
    try:
        first, second = archive.opened.open(archive.segments, one), archive.opened.open(archive.segments, other)
        return _same_attributes(first, second) and _same_pixels(archive, first, second, heartbeat)
    except (NotConvertible, NotRenderable, FrameNotThere):
        return False


def _same_attributes(first: OpenedObject, second: OpenedObject) -> bool:
    return _meaning(header_of(first)) == _meaning(header_of(second))


def _meaning(dataset: Any) -> dict[str, Any]:
    """What a data set says: values by tag, absent and empty being the same, group lengths and encoding left out."""
    said = {tag: each for tag, each in dataset.items() if not _follows_encoding(tag, each)}
    values = {tag: _value(each["Value"]) for tag, each in said.items() if each.get("Value")}
    return values | {tag: each["InlineBinary"] for tag, each in said.items() if each.get("InlineBinary")}


def _follows_encoding(tag: str, element: Any) -> bool:
    """Photometric Interpretation names how colour is encoded, but of grey which end is white (PS3.3 C.7.6.3.1.2)."""
    if tag == f"{Tags.PhotometricInterpretation:08X}":
        return not any(str(value).startswith("MONOCHROME") for value in element.get("Value", ()))
    return tag in _ENCODING or tag.endswith("0000")


def _value(values: Any) -> Any:
    if isinstance(values, list):
        return [_value(value) for value in values]
    if isinstance(values, dict):
        looks_like_item = all(isinstance(value, dict) and "vr" in value for value in values.values())
        return _meaning(values) if values and looks_like_item else values
    return values


def _same_pixels(archive: Archive, first: OpenedObject, second: OpenedObject, heartbeat: Callable[[], None]) -> bool:
    if (first.scan.pixel is None) != (second.scan.pixel is None):
        return False
    if first.scan.pixel is None:
        return True
    frames = archive.opened.frames(first).frames
    if len(frames) != len(archive.opened.frames(second).frames):
        return False
    for number in range(1, len(frames) + 1):
        heartbeat()
        if not _same_frame(_values(archive, first, number), _values(archive, second, number)):
            return False
    return True


def _values(archive: Archive, opened: OpenedObject, number: int) -> Any:
    data = stored_frame(archive.opened, opened, number)
    return stored_values(archive.sandbox, opened, data, header_of(opened), number)


def _same_frame(first: Any, second: Any) -> bool:
    import numpy as np

    return bool(
        first.space == second.space
        and first.values.shape == second.values.shape
        and np.array_equal(first.values, second.values)
    )
