"""The opaque key of a page: where the last one ended and in which direction to go on."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from kontor.archive.search_model import UnusableCursor

KeyValue = str | int


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row's place in an order. `backward`: the page before it is wanted, not the one after."""

    order: str  # names sort and direction, so that a key is never used under another order
    backward: bool
    key: tuple[KeyValue, ...]


def encode(cursor: Cursor) -> str:
    """Text safe in an address."""
    packed = msgspec.json.encode([cursor.order, cursor.backward, *cursor.key])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(text: str, order: str, kinds: Sequence[type]) -> Cursor:
    """Read a key for the named order, whose values are of these kinds (str or int).

    Raises:
        UnusableCursor: it was made by nobody here, or for another question.
    """
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        named, backward, *key = msgspec.json.decode(packed, type=list[bool | int | str])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise UnusableCursor("not a page key") from error
    fits = len(key) == len(kinds) and all(type(value) is kind for value, kind in zip(key, kinds, strict=True))
    if named != order or not isinstance(backward, bool) or not fits or not all(map(_storable, key)):
        raise UnusableCursor("page key of another question")
    return Cursor(order, backward, tuple(key))


def _storable(value: KeyValue) -> bool:
    return "\0" not in value if isinstance(value, str) else -(2**63) <= value < 2**63
