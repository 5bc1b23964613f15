"""Parameters and bodies of requests into the Structs that the route table names. Pure."""

from __future__ import annotations

import re
from typing import Final, TypeVar

import msgspec

from kontor.doors.http.media_types import parse_media_type
from kontor.doors.http.problems import FieldProblem, Problem

Wanted = TypeVar("Wanted", bound=msgspec.Struct)
_AT: Final = re.compile(r"^(?P<reason>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_QUOTED: Final = re.compile(r"'[^']*'")
_SENT: Final = re.compile(r"(unknown field|Invalid enum value) .*?(?= - at `|$)", re.DOTALL)
_OUR_NAME: Final = re.compile(r"[a-z_]{1,40}")


def list_fields(wanted: type[msgspec.Struct]) -> frozenset[str]:
    """Names of fields that take several values."""
    described = msgspec.inspect.type_info(wanted)
    assert isinstance(described, msgspec.inspect.StructType)
    return frozenset(
        field.encode_name for field in described.fields if isinstance(field.type, msgspec.inspect.ListType)
    )


def decode_query(pairs: list[tuple[str, str]], wanted: type[Wanted], lists: frozenset[str]) -> Wanted:
    """Parameters of an address. Numbers and booleans are read from their text; a name given twice is refused."""
    values: dict[str, str | list[str]] = {}
    for name, value in pairs:
        if name in lists:
            several = values.setdefault(name, [])
            assert isinstance(several, list)
            several.append(value)
        elif name in values:
            named = name if _OUR_NAME.fullmatch(name) else ""
            raise Problem("invalid-request", fields=(FieldProblem(named, "given twice"),))
        else:
            values[name] = value
    if any("\x00" in value for _, value in pairs):  # no text of ours holds one, and PostgreSQL keeps none
        raise Problem("invalid-request", fields=(FieldProblem("", "NUL"),))
    try:
        return msgspec.convert(values, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def decode_json(body: bytes, content_type: str, wanted: type[Wanted]) -> Wanted:
    """A JSON body. The media type must say so: a form of another site cannot (`peers.md` 4.16)."""
    media = parse_media_type(content_type)
    if media is None or media.name != "application/json":
        raise Problem("media-type", "application/json")
    if b"\\u0000" in body:
        raise Problem("invalid-request", fields=(FieldProblem("", "NUL"),))
    try:
        return msgspec.json.decode(body, type=wanted)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem("invalid-request", fields=(FieldProblem("", "not JSON"),)) from None


def invalid(error: msgspec.ValidationError) -> Problem:
    """Field and reason of a validation error, without repeating what was sent."""
    found = _AT.match(_SENT.sub(r"\1", str(error)))
    path, reason = (found.group("path") or "", found.group("reason")) if found else ("", "")
    return Problem("invalid-request", fields=(FieldProblem(path.lstrip("."), _QUOTED.sub("…", reason)[:200]),))
