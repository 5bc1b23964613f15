"""The furniture of this room: what every call gets first, built once by the composition root."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kontor.access.audit_anchors import AuditAnchors
from kontor.access.group_commit import GroupCommit
from kontor.access.hosts import HostNames
from kontor.access.passwords import PasswordHashing
from kontor.access.recent_acts import RecentActs
from kontor.access.strangers_budget import StrangersBudget
from kontor.platform.clock import Clock
from kontor.platform.database import Database

KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """Settings of this room. Durations in seconds."""

    ae_title: str = "KONTOR"  # the called AE title of peers that name none
    session_idle_s: int = 8 * 3600
    session_total_s: int = 24 * 3600


@dataclass(frozen=True, slots=True)
class Access:
    """Database, clock, key and the few things that live as long as the process."""

    database: Database
    clock: Clock
    key: bytes = field(repr=False)
    settings: AccessSettings = field(default_factory=AccessSettings)
    hashing: PasswordHashing = field(default_factory=PasswordHashing)
    hosts: HostNames = field(default_factory=HostNames)
    anchors: AuditAnchors = field(default_factory=AuditAnchors)
    audit_commits: GroupCommit = field(default_factory=GroupCommit)
    recent_acts: RecentActs = field(default_factory=RecentActs)
    strangers: StrangersBudget = field(default_factory=StrangersBudget)

    def key_for(self, purpose: str) -> bytes:
        """A key of its own for each purpose, so that no two uses can be played against each other."""
        if len(self.key) < KEY_BYTES:
            raise ValueError("the key of access needs at least 32 bytes")
        return hmac.new(self.key, f"kontor:{purpose}".encode(), hashlib.sha256).digest()


def load_key(path: Path) -> bytes:
    """Read the key file, or make it (mode 0600) when it is not there. Safe from several processes at once.

    Whoever loses this file keeps the data; only the chain of the audit can no longer be checked, and sessions end.
    """
    if not path.exists():
        _create_key(path)
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise ValueError(f"{path} is not a key file: {len(key)} bytes")
    return key


def _create_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(KEY_BYTES))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(fresh, path)  # fails when another process was first: then its key is the one
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
