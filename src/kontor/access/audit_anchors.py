"""Where each chain of the audit stood, kept outside the database: rows cut off its end are missed by it.

The head beside the rows can be put back to an older one of its own; this file is on another medium and only moves
forward. It shows nothing about rows that are younger than the last anchor.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and code of a row that a chain once had."""

    seq: int
    mac: str


class AuditAnchors:
    """The anchors by organisation, one each, in a file that several processes share; without a path there are none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    def all(self) -> dict[int, Anchor]:
        """Every organisation's anchor. Raises OSError, and ValueError when the file is not ours."""
        if self._path is None or not self._path.exists():
            return {}
        found = json.loads(self._path.read_text(encoding="ascii"))
        return {int(org_id): Anchor(int(seq), str(mac)) for org_id, (seq, mac) in found.items()}

    def move(self, heads: Mapping[int, Anchor]) -> None:
        """Move anchors forward, never back; durable when it returns. Raises OSError, ValueError."""
        if self._path is None:
            return
        with self._alone():
            known = self.all()
            newer = {
                org_id: head for org_id, head in heads.items() if org_id not in known or head.seq > known[org_id].seq
            }
            if newer:
                self._write(known | newer)

    def drop(self, org_ids: frozenset[int]) -> None:
        """Forget the anchors of chains that are known to be lost. Raises OSError, ValueError."""
        if self._path is None:
            return
        with self._alone():
            known = self.all()
            if org_ids & known.keys():
                self._write({org_id: anchor for org_id, anchor in known.items() if org_id not in org_ids})

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else on this machine writes the file meanwhile."""
        assert self._path is not None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
            os.fsync(folder)
        finally:
            os.close(folder)

    def _write(self, anchors: Mapping[int, Anchor]) -> None:
        assert self._path is not None
        fresh = self._path.with_name(f".{self._path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        text = json.dumps({org_id: (anchor.seq, anchor.mac) for org_id, anchor in sorted(anchors.items())})
        try:
            os.write(descriptor, text.encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        fresh.replace(self._path)
