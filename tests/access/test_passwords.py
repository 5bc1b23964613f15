"""Without an account as much is computed as with one, and nothing is computed at start for it."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters

from kontor.access.passwords import PasswordHashing


def test_a_name_without_an_account_is_verified_with_the_work_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    verify = PasswordHasher.verify

    def noted(self: PasswordHasher, stored: str, password: str) -> bool:
        verified.append(stored)
        return bool(verify(self, stored, password))

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    hashing = PasswordHashing(hasher)
    real = hashing.hash("correct horse")
    assert hashing.verify(real, "correct horse")
    assert not hashing.verify(None, "correct horse")
    assert [extract_parameters(stored) for stored in verified] == [extract_parameters(real)] * 2
    assert not hashing.is_outdated(verified[1])


def test_starting_computes_no_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    def computed(_self: PasswordHasher, _password: str) -> str:
        raise AssertionError("a hash takes 64 MiB and every core: each process would pay it at its start")

    monkeypatch.setattr(PasswordHasher, "hash", computed)
    PasswordHashing()
