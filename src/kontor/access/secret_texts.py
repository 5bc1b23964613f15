"""Secrets that callers present: 256 random bits, with the organisation's number in clear. Only digests are stored."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

TOKEN_PREFIX: Final = "kontor_"  # noqa: S105 # a prefix, no secret
_SECRET_BYTES: Final = 32
_COOKIE: Final = re.compile(r"([0-9a-z]{1,13})\.[A-Za-z0-9_-]{43}")
_TOKEN: Final = re.compile(r"kontor_([0-9a-z]{1,13})_[A-Za-z0-9_-]{43}")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_ORG_MAX: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Presented:
    """What was presented, taken apart: where to look and for which digest."""

    org_id: int
    digest: str = field(repr=False)


def new_cookie(org_id: int) -> str:
    """A session's secret."""
    return f"{_base36(org_id)}.{secrets.token_urlsafe(_SECRET_BYTES)}"


def new_token(org_id: int) -> str:
    """A bearer token. The prefix lets scanners find tokens that were published by mistake."""
    return f"{TOKEN_PREFIX}{_base36(org_id)}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def read_cookie(text: str) -> Presented | None:
    """The parts of a session's secret; None when it cannot be one."""
    return _presented(_COOKIE, text)


def read_token(text: str) -> Presented | None:
    """The parts of a bearer token; None when it cannot be one."""
    return _presented(_TOKEN, text)


def digest_of(secret: str) -> str:
    """SHA-256, hexadecimal. 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _presented(form: re.Pattern[str], text: str) -> Presented | None:
    found = form.fullmatch(text)
    if found is None:
        return None
    org_id = int(found.group(1), 36)
    return Presented(org_id, digest_of(text)) if org_id <= _ORG_MAX else None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
