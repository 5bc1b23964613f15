"""One element's value in the DICOM JSON Model, PS3.18 section F.2: bytes and a VR in, JSON values out."""

from __future__ import annotations

import base64
import struct
from array import array
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from math import isfinite, isnan
from typing import Final, TypeAlias, Union

from kontor.dicom.reading.encoding import Encoding
from kontor.dicom.values import CharacterSet, PersonName

JsonValue: TypeAlias = Union[str, int, float, list["JsonValue"], dict[str, "JsonValue"], None]  # noqa: UP007 - recursive
JsonElement: TypeAlias = dict[str, JsonValue]
DicomJson: TypeAlias = dict[str, JsonElement]

BINARY_WIDTHS: Final[Mapping[str, int]] = {"OB": 1, "UN": 1, "OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}
"""VRs whose value is InlineBinary or BulkDataURI, with the bytes of one word."""

_NUMBERS: Final[Mapping[str, str]] = dict(
    zip(("US", "SS", "UL", "SL", "UV", "SV", "FL", "FD"), ("H", "h", "I", "i", "Q", "q", "f", "d"), strict=True)
)
_SINGLE: Final = frozenset({"LT", "ST", "UT", "UR"})
_SAFE_INTEGER: Final = 2**53 - 1
"""Larger integers lose digits in browsers and go as text."""
_SAFE_DIGITS: Final = 15


def inline_binary(value: bytes | memoryview, vr: str, encoding: Encoding) -> str:
    """Base64 of the value in little endian words."""
    return base64.b64encode(little_endian(value, vr, encoding)).decode("ascii")


def little_endian(value: bytes | memoryview, vr: str, encoding: Encoding) -> bytes:
    """The value's bytes with words in little endian order, as DICOMweb delivers bulk data."""
    width = BINARY_WIDTHS.get(vr, 1)
    if not encoding.big_endian or width == 1 or len(value) % width:
        return bytes(value)
    words = array({2: "H", 4: "I", 8: "Q"}[width], bytes(value))
    words.byteswap()
    return words.tobytes()


def json_values(value: bytes | memoryview, vr: str, charset: CharacterSet, encoding: Encoding) -> list[JsonValue]:
    """The `Value` array of an element; empty when the element is empty (then the key is left out)."""
    if not len(value):
        return []
    form = _NUMBERS.get(vr)
    if form is not None:
        return _binary_numbers(value, form, encoding)
    if vr == "AT":
        return _tags(value, encoding)
    text = charset.decode(bytes(value), vr).text
    if vr in _SINGLE:
        stripped = text.rstrip(" \0")
        return [stripped] if stripped else []
    parts: list[JsonValue] = [_text_value(part, vr) for part in text.rstrip("\0").split("\\")]
    return [] if all(part is None for part in parts) and len(parts) == 1 else parts


def _text_value(part: str, vr: str) -> JsonValue:
    stripped = part.strip(" \0") if vr not in ("UC", "LO", "SH") else part.rstrip(" \0")
    if not stripped:
        return None
    return _TEXT_FORMS[vr](stripped) if vr in _TEXT_FORMS else stripped


def _name(text: str) -> JsonValue:
    name = PersonName.parse(text)
    groups = {"Alphabetic": name.alphabetic, "Ideographic": name.ideographic, "Phonetic": name.phonetic}
    found: dict[str, JsonValue] = {key: group for key, group in groups.items() if group}
    return found or None


def _integer_string(text: str) -> JsonValue:
    try:
        number = int(text)
    except ValueError:
        decimal = _decimal_string(text)
        return int(decimal) if isinstance(decimal, float) and decimal.is_integer() else text
    return number if abs(number) <= _SAFE_INTEGER else text


def _decimal_string(text: str) -> JsonValue:
    """A number when it keeps every digit, else the text as it was written."""
    try:
        number = float(text)
        if not isfinite(number):
            return text
        if len(text) > _SAFE_DIGITS and Decimal(text) != Decimal(repr(number)):
            return text
    except (ValueError, InvalidOperation):
        return text
    return number


_TEXT_FORMS: Final[Mapping[str, Callable[[str], JsonValue]]] = {
    "PN": _name,
    "IS": _integer_string,
    "DS": _decimal_string,
}


def _binary_numbers(value: bytes | memoryview, form: str, encoding: Encoding) -> list[JsonValue]:
    count = len(value) // struct.calcsize("=" + form)
    numbers = struct.unpack_from(f"{encoding.order}{count}{form}", value)
    if form in "fd":
        return [number if isfinite(number) else _not_finite(number) for number in numbers]
    if form in "Qq":
        return [number if abs(number) <= _SAFE_INTEGER else str(number) for number in numbers]
    return list(numbers)


def _not_finite(number: float) -> str:
    return "NaN" if isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _tags(value: bytes | memoryview, encoding: Encoding) -> list[JsonValue]:
    words = struct.unpack_from(f"{encoding.order}{len(value) // 4 * 2}H", value)
    return [f"{group:04X}{number:04X}" for group, number in zip(words[::2], words[1::2], strict=True)]
