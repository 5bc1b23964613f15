"""Errors of access. Doors turn them into their own language; texts here never hold a password, token or patient.

AccessError
├─ Unauthenticated      nobody is known behind this call
│  ├─ WrongCredentials  name or password; deliberately says no more
│  ├─ SessionExpired
│  └─ UnknownToken
├─ LoginThrottled       too many attempts; `retry_after_s`
├─ Forbidden            somebody is known, and may not
├─ PeerRefused          DIMSE: calling AE title, called AE title or address
├─ AuditUnwritable      the audit row could not be committed: nothing may leave
├─ NoSuchRow            account, token, peer, refused sender
├─ AlreadyThere         name is taken
├─ Inadmissible         value that can never be stored; `field`
└─ LastAdministrator    nobody could administer afterwards
"""

from __future__ import annotations

from enum import Enum


class AccessError(Exception):
    """Root of everything this room raises on purpose."""


class Unauthenticated(AccessError):
    """No valid session or token came with the call."""


class WrongCredentials(Unauthenticated):
    """Name or password is wrong, or the account is closed: the caller learns only that."""


class SessionExpired(Unauthenticated):
    """The session is unknown, ended, idle for too long or too old."""


class UnknownToken(Unauthenticated):
    """The bearer token is malformed, unknown, revoked or past its date."""


class LoginThrottled(AccessError):
    """Too many failed attempts from here or for this name."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many attempts, again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class Forbidden(AccessError):
    """The caller is known and lacks a right."""

    def __init__(self, right: str) -> None:
        super().__init__(f"the right '{right}' is missing")
        self.right = right


class PeerRefusal(Enum):
    """Why an association was refused. Values are stored and shown; doors map them to A-ASSOCIATE-RJ reasons."""

    UNKNOWN_CALLING_AE = "unknown-calling-ae"
    CALLED_AE_NOT_RECOGNISED = "called-ae-not-recognised"
    FOREIGN_ADDRESS = "foreign-address"
    CLOSED = "peer-closed"


class PeerRefused(AccessError):
    """The sender is not registered with this name, address or called title. It has been recorded."""

    def __init__(self, reason: PeerRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class AuditUnwritable(AccessError):
    """The audit row is not committed; whoever asked must get nothing (`contract.md` 1.5)."""


class NoSuchRow(AccessError):
    """The named account, token, peer or sender is not there, or belongs to another organisation."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"there is no such {kind}")


class AlreadyThere(AccessError):
    """The name is taken in this organisation."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"there is already {kind} of this name")


class Inadmissible(AccessError):
    """A value that cannot be stored."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class LastAdministrator(AccessError):
    """The act would leave the organisation without an open account that manages accounts."""
