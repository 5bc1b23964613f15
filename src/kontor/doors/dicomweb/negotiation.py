"""Content negotiation of WADO-RS as one pure function, PS3.18 8.7 and 10.4.

Defaults where the standard leaves room, or where we leave the standard on purpose:

* Nothing asked, or `*/*`: objects are given **as stored**, not converted to Explicit VR Little Endian as PS3.18 8.7.3.5
  would have it. Conversion costs time and changes bytes; whoever needs it names the transfer syntax.
* `application/dicom` without a transfer syntax: likewise as stored.
* `application/octet-stream` without a transfer syntax: uncompressed little endian, as PS3.18 8.7.3.4 says; with
  `transfer-syntax=*` frames come encoded as stored.
* Compressed frames by name (`image/jls` …): only when they are stored in a syntax of that media type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kontor.dicom.values import EXPLICIT_LITTLE, TRANSFER_SYNTAXES, Uid
from kontor.doors.dicomweb.media_types import (
    ANYTHING,
    AS_STORED,
    DICOM,
    DICOM_JSON,
    JSON,
    OCTETS,
    MediaType,
    parse_accept,
)

_J: Final = "1.2.840.10008.1.2.4."
FRAME_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "image/jpeg": frozenset({_J + "50", _J + "51", _J + "57", _J + "70"}),
    "image/dicom-rle": frozenset({"1.2.840.10008.1.2.5"}),
    "image/jls": frozenset({_J + "80", _J + "81"}),
    "image/jp2": frozenset({_J + "90", _J + "91"}),
    "image/jpx": frozenset({_J + "92", _J + "93"}),
    "image/jphc": frozenset({_J + "201", _J + "202", _J + "203"}),
    "image/jxl": frozenset({_J + "110", _J + "111", _J + "112"}),
}
"""Media types of compressed frames and the transfer syntaxes that they hold, PS3.18 table 8.7.3-5."""

RENDERED: Final = ("image/jpeg", "image/png")


class Resource(Enum):
    """What is asked for; decides which forms are possible."""

    OBJECTS = "objects"
    METADATA = "metadata"
    FRAMES = "frames"
    BULK_DATA = "bulk-data"
    RENDERED = "rendered"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The form of the answer.

    Attributes:
        media_type: of a part, or of the whole when `multipart` is False.
        uncompressed: pixels are decoded, data sets are Explicit VR Little Endian.
    """

    media_type: str
    multipart: bool = True
    uncompressed: bool = False


class NotAcceptable(Exception):
    """None of the forms asked for can be given. `offers` lists those that can."""

    def __init__(self, offers: Sequence[str]) -> None:
        super().__init__("not acceptable")
        self.offers = tuple(offers)


def choose(resource: Resource, accept: Sequence[str], stored: Sequence[str], *, one_part: bool) -> Chosen:
    """Choose the form of an answer.

    Args:
        resource: what is asked for.
        accept: values of the query parameter `accept` if there are any, else of the Accept fields.
        stored: transfer syntaxes of the objects; each of them must fit.
        one_part: whether the answer is a single object, frame or value, so that it need not be multipart.

    Raises:
        NotAcceptable: nothing fits.
    """
    for wanted in parse_accept(accept) or [MediaType(ANYTHING)]:
        chosen = _CHOICES[resource](wanted, frozenset(stored))
        if chosen is None:
            continue
        multipart = wanted.is_multipart or (not one_part and resource is not Resource.METADATA)
        explicit_single = not wanted.is_multipart and wanted.name != ANYTHING
        if explicit_single and not one_part and resource in {Resource.OBJECTS, Resource.FRAMES}:
            continue  # several parts do not fit in one body
        if resource in {Resource.METADATA, Resource.RENDERED}:
            return chosen
        return Chosen(chosen.media_type, multipart or not explicit_single, chosen.uncompressed)
    raise NotAcceptable(_OFFERS[resource])


def _objects(wanted: MediaType, _stored: frozenset[str]) -> Chosen | None:
    if not _takes(wanted.content, DICOM):
        return None
    return _by_syntax(wanted, DICOM, _stored)


def _by_syntax(wanted: MediaType, media_type: str, stored: frozenset[str]) -> Chosen | None:
    if wanted.syntax in {"", AS_STORED} or stored == {wanted.syntax}:
        return Chosen(media_type)
    return Chosen(media_type, uncompressed=True) if wanted.syntax == EXPLICIT_LITTLE else None


def _metadata(wanted: MediaType, _stored: frozenset[str]) -> Chosen | None:
    for offer in (DICOM_JSON, JSON):
        if not wanted.is_multipart and _takes(wanted.name, offer):
            return Chosen(offer, multipart=False)
    return None


def _frames(wanted: MediaType, stored: frozenset[str]) -> Chosen | None:
    content = wanted.content
    if content == ANYTHING:
        return Chosen(_frame_type(stored)) if wanted.syntax in {"", AS_STORED} else _by_syntax(wanted, OCTETS, stored)
    if content == OCTETS:
        if wanted.syntax == AS_STORED:
            return Chosen(OCTETS)
        return Chosen(OCTETS, uncompressed=True) if wanted.syntax in {"", EXPLICIT_LITTLE} else None
    held = FRAME_TYPES.get(content, frozenset())
    fits = bool(stored) and stored <= held and wanted.syntax in {"", AS_STORED, *stored}
    return Chosen(content) if fits else None


def _bulk_data(wanted: MediaType, _stored: frozenset[str]) -> Chosen | None:
    return Chosen(OCTETS) if _takes(wanted.content, OCTETS) else None


def _rendered(wanted: MediaType, _stored: frozenset[str]) -> Chosen | None:
    for offer in RENDERED:
        if not wanted.is_multipart and _takes(wanted.name, offer):
            return Chosen(offer, multipart=False)
    return None


def _takes(range_: str, offer: str) -> bool:
    return range_ in {ANYTHING, offer, offer.partition("/")[0] + "/*"}


def frame_media_type(transfer_syntax: str) -> str:
    """The media type of frames as stored in a transfer syntax; octets where there is none of its own."""
    return next((name for name, held in FRAME_TYPES.items() if transfer_syntax in held), OCTETS)


def _frame_type(stored: frozenset[str]) -> str:
    types = {frame_media_type(syntax) for syntax in stored}
    return types.pop() if len(types) == 1 else OCTETS


def encapsulates(transfer_syntax: str) -> bool:
    """Whether pixels of this syntax are encoded frame by frame."""
    known = TRANSFER_SYNTAXES.get(Uid(transfer_syntax))
    return known is not None and known.encapsulated


_CHOICES: Final = {
    Resource.OBJECTS: _objects,
    Resource.METADATA: _metadata,
    Resource.FRAMES: _frames,
    Resource.BULK_DATA: _bulk_data,
    Resource.RENDERED: _rendered,
}
_OFFERS: Final[Mapping[Resource, tuple[str, ...]]] = {
    Resource.OBJECTS: (
        'multipart/related; type="application/dicom"; transfer-syntax=*',
        f'multipart/related; type="application/dicom"; transfer-syntax={EXPLICIT_LITTLE}',
        f"{DICOM} (one instance)",
    ),
    Resource.METADATA: (DICOM_JSON, JSON),
    Resource.FRAMES: (
        'multipart/related; type="application/octet-stream"; transfer-syntax=*',
        'multipart/related; type="application/octet-stream"',
        *(f'multipart/related; type="{name}"' for name in FRAME_TYPES),
        f"{OCTETS} (one frame)",
    ),
    Resource.BULK_DATA: ('multipart/related; type="application/octet-stream"', OCTETS),
    Resource.RENDERED: RENDERED,
}
