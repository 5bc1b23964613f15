"""Questions to the data dictionary, PS3.6: which VR, which keyword, which SOP class."""

from __future__ import annotations

from functools import cache
from typing import Final

from kontor.dicom.dictionary.tables import Element, Tag, UidEntry, elements, private_elements, repeating_elements, uids

PRIVATE_CREATORS: Final = range(0x10, 0x100)
"""Elements (gggg,0010-00FF) of an odd group name the creator of a block, PS3.5 section 7.8.1."""


def element(tag: int) -> Element | None:
    """The dictionary's entry of a public element; repeating groups (50xx, 60xx) are found too."""
    found = elements().get(tag)
    if found is not None or tag >> 16 & 1:
        return found
    return _repeating(tag)


def vr_of(tag: int, creator: str = "") -> str:
    """The VR of an element whose encoding does not say it; 'UN' when nobody knows, PS3.5 section 6.2.2.

    Alternatives stay as the dictionary writes them ('US or SS'). `creator` is the private creator of the
    element's block, if one was met.
    """
    if tag & 0xFFFF == 0:
        return "UL"
    if tag >> 16 & 1:
        return _private_vr(tag, creator)
    found = element(tag)
    return found.vr if found is not None and found.vr != "NONE" else "UN"


def keyword_of(tag: int) -> str:
    """The keyword of a public element, empty when the dictionary does not have it."""
    found = element(tag)
    return found.keyword if found is not None else ""


def tag_of(keyword: str) -> Tag | None:
    """The tag of a keyword such as 'PatientID'; None for unknown and for repeating elements."""
    return _tags_by_keyword().get(keyword)


@cache
def repeated_tag(keyword: str, group: int) -> Tag:
    """The tag of a repeating element in one of its groups: 'OverlayRows' in 6002. KeyError for other keywords."""
    return Tag(group << 16 | _repeated_elements()[keyword])


def is_private(tag: int) -> bool:
    """Whether the element belongs to an odd group, PS3.5 section 7.8."""
    return bool(tag >> 16 & 1)


def uid_entry(uid: str) -> UidEntry | None:
    """The register's entry of a UID, PS3.6 annex A."""
    return uids().get(uid)


def uid_name(uid: str) -> str:
    """The name of a registered UID, or the UID itself."""
    entry = uids().get(uid)
    return entry.name if entry is not None else uid


@cache
def storage_classes() -> frozenset[str]:
    """Every composite storage SOP class of the dictionary, the retired ones too (PS3.4 annex B.5)."""
    return frozenset(
        entry.uid
        for entry in uids().values()
        if entry.kind == "SOP Class" and "Storage" in entry.name and not _stores_nothing(entry.name)
    )


@cache
def sequence_tags() -> frozenset[int]:
    """Public elements whose VR is SQ; implicit VR does not say it in the stream."""
    return frozenset(tag for tag, entry in elements().items() if entry.vr == "SQ")


def _stores_nothing(name: str) -> bool:
    return name.startswith(("Storage Commitment", "Media Storage Directory", "Storage Management"))


@cache
def _tags_by_keyword() -> dict[str, Tag]:
    return {entry.keyword: entry.tag for entry in elements().values() if entry.keyword}


@cache
def _repeated_elements() -> dict[str, int]:
    return {entry.keyword: entry.tag & 0xFFFF for entry in repeating_elements().values() if entry.keyword}


@cache
def _masks() -> list[tuple[int, int, Element]]:
    rows = []
    for mask, entry in repeating_elements().items():
        fixed = int("".join("0" if digit == "x" else "F" for digit in mask), 16)
        rows.append((fixed, int(mask.replace("x", "0"), 16), entry))
    return rows


@cache
def _repeating(tag: int) -> Element | None:
    for fixed, value, entry in _masks():
        if tag & fixed == value:
            return entry
    return None


def _private_vr(tag: int, creator: str) -> str:
    if tag & 0xFFFF in PRIVATE_CREATORS:
        return "LO"
    if not creator:
        return "UN"
    known = private_elements()
    block_free = f"{tag >> 16:04X}xx{tag & 0xFF:02X}"
    return known.get((creator, block_free)) or known.get((creator, f"{tag:08X}"), "UN")
