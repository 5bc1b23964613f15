"""Media types with parameters, RFC 9110 8.3.1: pure, tolerant of blanks, strict about the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # noqa: S105 # RFC 9110 5.6.2
_NAME: Final = re.compile(rf"\s*({_TOKEN}/{_TOKEN})\s*")
_PARAMETER: Final = re.compile(rf';\s*(?:({_TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))\s*)?')
_CHARACTERS_MAX: Final = 1_000


@dataclass(frozen=True, slots=True)
class MediaType:
    """Lower-case name and parameters; parameter names are lower case, values as written."""

    name: str
    parameters: Mapping[str, str]


def parse_media_type(text: str) -> MediaType | None:
    """The media type of a Content-Type field; None when it is none."""
    found = _NAME.match(text[:_CHARACTERS_MAX])
    if found is None or len(text) > _CHARACTERS_MAX:
        return None
    at, parameters = found.end(), {}
    while at < len(text):
        parameter = _PARAMETER.match(text, at)
        if parameter is None:
            return None
        name, quoted, plain = parameter.groups()
        if name is not None:
            parameters[name.lower()] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain
        at = parameter.end()
    return MediaType(found.group(1).lower(), parameters)
