"""Passwords: argon2id, a few at a time, and no answer that tells whether an account exists."""

from __future__ import annotations

import base64
import secrets
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION

from kontor.access.errors import Inadmissible, LoginThrottled

PASSWORD_CHARACTERS_MIN: Final = 8  # NIST SP 800-63B 5.1.1.2; longer is asked of nobody, throttling does the rest
PASSWORD_BYTES_MAX: Final = 1024
_GENERATED_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0, 1: it is read from a screen
_GENERATED_GROUPS: Final = 4
_GENERATED_GROUP: Final = 5  # 4 groups of 5 of 32 characters: 100 bits
_AT_ONCE: Final = 2  # each takes 64 MiB and every core
_QUEUE_MAX: Final = 32
_BUSY_S: Final = 2


class PasswordHashing:
    """Hashes and verifies in the calling thread, at most two at once; beyond 32 waiting it refuses."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()  # RFC 9106, second recommendation: 64 MiB, 3 passes, 4 lanes
        self._slots = threading.Semaphore(_AT_ONCE)
        self._queue = threading.BoundedSemaphore(_QUEUE_MAX)
        self._nobody = _hash_of_no_password(self._hasher)

    def hash(self, password: str) -> str:
        """The PHC string to store."""
        with self._slots:
            return self._hasher.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password fits. Without a stored hash as much work is done, and the answer is no.

        Raises LoginThrottled when too many wait already.
        """
        if not self._queue.acquire(blocking=False):
            raise LoginThrottled(_BUSY_S)
        try:
            with self._slots:
                return self._verify(stored or self._nobody, password) and stored is not None
        finally:
            self._queue.release()

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


def _hash_of_no_password(hasher: PasswordHasher) -> str:
    """Random bytes in a hash's form (PHC string): verified with the work of a real one, made without it."""
    salt, tail = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${tail}"


def generated_password() -> str:
    """A password of 100 random bits that can be typed from a screen."""
    groups = (
        "".join(secrets.choice(_GENERATED_ALPHABET) for _ in range(_GENERATED_GROUP)) for _ in range(_GENERATED_GROUPS)
    )
    return "-".join(groups)


def check_password(password: str, name: str) -> None:
    """Raise Inadmissible for a password that would protect nothing."""
    if len(password) < PASSWORD_CHARACTERS_MIN:
        raise Inadmissible("password", f"at least {PASSWORD_CHARACTERS_MIN} characters")
    if len(password.encode()) > PASSWORD_BYTES_MAX:
        raise Inadmissible("password", f"at most {PASSWORD_BYTES_MAX} bytes")
    if password.casefold() == name.casefold():
        raise Inadmissible("password", "must differ from the name")
    if len(set(password)) < 3:
        raise Inadmissible("password", "at least 3 different characters")
