"""The chain of the audit, pure: every row's code covers the row and the code of the one before.

Whoever alters, removes, inserts or reorders rows needs the key, which does not lie in the database. The head's own
code covers number and code of the newest row, so that rows cut off the end are missed too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import Enum
from typing import Final

GENESIS: Final = "0" * 64
"""What stands for the code before the first row."""


class Act(Enum):
    """What was done. Values are stored and never change their meaning."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    ASSOCIATE = "associate"
    CALL = "call"  # an HTTP request by nobody we know, or one that no page of ours sent
    FIND = "find"
    READ = "read"  # headers, pixels, previews shown
    RETRIEVE = "retrieve"  # objects given out
    MOVE = "move"
    STORE = "store"
    IMPORT = "import"
    SETTLE = "settle"
    PROMOTE = "promote"
    MARK = "mark"  # measurements and other marks made, changed or removed; their versions say which
    CLAIM = "claim"  # a study taken to be read
    TAKE_OVER = "take-over"  # the same, from somebody who held it
    SET_PREFERENCES = "set-preferences"
    CREATE_ACCOUNT = "create-account"
    CHANGE_ACCOUNT = "change-account"
    SET_PASSWORD = "set-password"  # noqa: S105 # the act's name
    CREATE_TOKEN = "create-token"  # noqa: S105 # the act's name
    REVOKE_TOKEN = "revoke-token"  # noqa: S105 # the act's name
    CREATE_PEER = "create-peer"
    CHANGE_PEER = "change-peer"
    REMOVE_PEER = "remove-peer"
    ADMIT_SENDER = "admit-sender"
    DISMISS_SENDER = "dismiss-sender"
    READ_AUDIT = "read-audit"
    EXPORT_AUDIT = "export-audit"
    END_SESSION = "end-session"  # somebody else's
    RETRY_WORK = "retry-work"  # jobs or journal entries that waited for a person
    REBUILD = "rebuild"
    START = "start"


class Outcome(Enum):
    """How it ended: done, not allowed, or tried without success."""

    SUCCESS = "success"
    REFUSED = "refused"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row before it has its place in the chain. `detail` is a canonical JSON object."""

    org_id: int
    at_us: int
    actor_kind: str
    actor: int
    actor_name: str
    act: str
    subject: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Number and code of the newest row of one organisation, with the head's own code."""

    org_id: int
    seq: int
    mac: str
    head_mac: str


class Damage(Enum):
    """What is wrong with a chain."""

    ROW_ALTERED = "row-altered"  # or inserted, or its predecessor altered
    ROW_MISSING = "row-missing"
    END_MISSING = "end-missing"
    HEAD_ALTERED = "head-altered"


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """The first damage of a chain, at row `seq`."""

    org_id: int
    organisation: str
    seq: int
    damage: Damage


def canonical(value: object) -> str:
    """JSON with one spelling: sorted names, no blanks, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def row_mac(key: bytes, entry: AuditEntry, seq: int, previous_mac: str) -> str:
    """HMAC-SHA-256 over the row, its number and the code before, hexadecimal."""
    fields = (
        "row", entry.org_id, seq, entry.at_us, entry.actor_kind, entry.actor, entry.actor_name, entry.act,
        entry.subject, entry.outcome, entry.detail, previous_mac,
    )  # fmt: skip
    return hmac.new(key, canonical(fields).encode(), hashlib.sha256).hexdigest()


def sealed_head(key: bytes, org_id: int, seq: int, mac: str) -> AuditHead:
    """The head after row `seq`."""
    code = hmac.new(key, canonical(("head", org_id, seq, mac)).encode(), hashlib.sha256).hexdigest()
    return AuditHead(org_id, seq, mac, code)


def head_is_genuine(key: bytes, head: AuditHead) -> bool:
    """Whether the head was written by somebody who has the key."""
    return hmac.compare_digest(sealed_head(key, head.org_id, head.seq, head.mac).head_mac, head.head_mac)
