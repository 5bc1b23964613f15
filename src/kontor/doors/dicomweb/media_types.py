"""Media types and Accept fields, RFC 9110 12.5.1, read as leniently as DICOMweb clients write them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

DICOM: Final = "application/dicom"
DICOM_JSON: Final = "application/dicom+json"
JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
RELATED: Final = "multipart/related"
ANYTHING: Final = "*/*"
TRANSFER_SYNTAX: Final = "transfer-syntax"
AS_STORED: Final = "*"

_ITEM: Final = re.compile(r"""(?:[^,"']|"[^"]*"|'[^']*')+""")
_PARAMETER: Final = re.compile(r"""(?:[^;"']|"[^"]*"|'[^']*')+""")
_TEXT_MAX: Final = 8192


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type or range in lower case, its parameters unquoted, and how much it is wanted."""

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0

    @property
    def is_multipart(self) -> bool:
        """Whether several parts are asked for."""
        return self.name == RELATED

    @property
    def content(self) -> str:
        """What a part holds: the `type` of a multipart (anything if unsaid), or the type itself."""
        return self.parameters.get("type", ANYTHING).lower() if self.is_multipart else self.name

    @property
    def syntax(self) -> str:
        """The transfer syntax asked for, '' if none."""
        return self.parameters.get(TRANSFER_SYNTAX, "")


def parse_media_type(text: str) -> MediaType:
    """One media type. A multipart whose `type` is not quoted, or quoted by apostrophes, is understood too."""
    pieces = _PARAMETER.findall(text[:_TEXT_MAX])
    name = pieces[0].strip().lower() if pieces else ""
    parameters = dict(_parameters(pieces[1:]))
    return MediaType(name, parameters, _weight(parameters.get("q", "1")))


def parse_accept(values: Sequence[str]) -> list[MediaType]:
    """What a client takes, most wanted first; of equal weight in the order written. Refused types are left out."""
    wanted = [parse_media_type(item) for value in values for item in _ITEM.findall(value[:_TEXT_MAX]) if item.strip()]
    return sorted((one for one in wanted if one.weight > 0), key=lambda one: -one.weight)


def _parameters(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        name, found, value = piece.partition("=")
        if found:
            yield name.strip().lower(), value.strip().strip("\"'")


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0
