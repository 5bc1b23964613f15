"""The audit as a table for a spreadsheet, RFC 4180: streamed page by page, and no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kontor.access import AuditQuery, audit_length, list_audit
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.access import Access, AuditRow, Scope

_ROWS_AT_ONCE: Final = 500
_HEADS: Final = ("seq", "at", "actor_kind", "actor", "act", "subject", "outcome", "detail", "mac")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MARK: Final = "\ufeff"  # by it the usual spreadsheet reads UTF-8


def audit_csv(access: Access, scope: Scope, query: AuditQuery) -> Iterator[bytes]:
    """All rows that match, newest first, as far as the audit is long now: rows that come meanwhile are left out."""
    before: int | None = audit_length(access, scope) + 1
    yield (_MARK + _lines([_HEADS])).encode()
    while before is not None:
        rows = list_audit(access, scope, replace(query, before_seq=before), _ROWS_AT_ONCE)
        if rows:
            yield _lines([_cells(row) for row in rows]).encode()
        before = rows[-1].seq if len(rows) == _ROWS_AT_ONCE else None


def _cells(row: AuditRow) -> tuple[str, ...]:
    entry = row.entry
    return (
        str(row.seq), as_iso(entry.at_us), entry.actor_kind, _text(entry.actor_name), entry.act, _text(entry.subject),
        entry.outcome, _text(entry.detail), row.mac,
    )  # fmt: skip


def _text(text: str) -> str:
    """A cell that begins like a formula gets an apostrophe before it (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _lines(rows: list[tuple[str, ...]]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue()
