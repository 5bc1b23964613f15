"""The generated data files, parsed once at first use. Tab separated: edition, column names, rows."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, NewType

Tag = NewType("Tag", int)
"""An element's tag as one number, (0010,0020) is 0x00100020."""

_HEAD_LINES: Final = 2


class Element(NamedTuple):
    """One line of PS3.6 table 6-1. `vr` may name alternatives: 'US or SS', 'OB or OW'."""

    tag: Tag
    vr: str
    vm: str
    keyword: str
    name: str
    retired: bool


class UidEntry(NamedTuple):
    """One line of PS3.6 annex A. `kind` is 'SOP Class', 'Transfer Syntax' and so on."""

    uid: str
    kind: str
    keyword: str
    name: str
    retired: bool


def _lines(name: str) -> list[str]:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()


def edition() -> str:
    """The first line of the element table: edition of the standard and where it was taken from."""
    return _lines("elements.tsv")[0].lstrip("# ")


@cache
def elements() -> dict[int, Element]:
    """Every element with a tag of its own, by tag."""
    return {element.tag: element for element, mask in _element_rows() if mask == ""}


@cache
def repeating_elements() -> dict[str, Element]:
    """Elements of the repeating groups and elements, by mask such as '60xx3000'."""
    return {mask: element for element, mask in _element_rows() if mask}


@cache
def _element_rows() -> list[tuple[Element, str]]:
    rows = []
    for line in _lines("elements.tsv")[_HEAD_LINES:]:
        tag, vr, vm, keyword, retired, name = line.split("\t")
        mask = tag if "x" in tag else ""
        number = Tag(int(tag.replace("x", "0"), 16))
        rows.append((Element(number, vr, vm, keyword, name, retired == "Retired"), mask))
    return rows


@cache
def uids() -> dict[str, UidEntry]:
    """Every UID the standard registers."""
    table = {}
    for line in _lines("uids.tsv")[_HEAD_LINES:]:
        uid, kind, keyword, retired, name = line.split("\t")
        table[uid] = UidEntry(uid, kind, keyword, name, retired == "Retired")
    return table


@cache
def private_elements() -> dict[tuple[str, str], str]:
    """VR of private elements that vendors published, by creator and mask 'ggggxxee'."""
    table = {}
    for line in _lines("private.tsv")[_HEAD_LINES:]:
        creator, tag, vr, _, _ = line.split("\t", 4)
        table[creator, tag] = vr
    return table
