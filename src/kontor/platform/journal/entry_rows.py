"""Rows of the journal: written with the fact, numbered in the order of commits, read by key."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, insert, select, text

from kontor.platform.database import Prepared, ReadTransaction, WriteTransaction, order_writers
from kontor.platform.identifiers import new_id
from kontor.platform.journal.tables import journal

JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
_SEQUENCER_LOCK: Final = 0x4B4F4E_01
_SEQUENCE_AT_ONCE: Final = 10_000

_NEXT: Final = select(func.coalesce(func.max(journal.c.seq), 0) + 1).scalar_subquery()
_INSERT_NUMBERED: Final = Prepared(insert(journal).values(seq=_NEXT))
_INSERT: Final = Prepared(insert(journal))
_LAST: Final = select(func.coalesce(func.max(journal.c.seq), 0))
_UNSEQUENCED: Final = select(journal.c.id).where(journal.c.seq.is_(None)).limit(1)
_AFTER: Final = (
    select(journal.c.seq, journal.c.org_id, journal.c.kind, journal.c.subject, journal.c.payload, journal.c.at)
    .where(journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
    .limit(bindparam("batch"))
)
_AFTER_OF_KINDS: Final = _AFTER.where(journal.c.kind.in_(bindparam("kinds", expanding=True)))
_NUMBER: Final = text(
    "UPDATE journal SET seq = numbered.seq FROM ("
    " SELECT id, row_number() OVER (ORDER BY id) + (SELECT coalesce(max(seq), 0) FROM journal) AS seq"
    " FROM journal WHERE seq IS NULL ORDER BY id LIMIT :limit) AS numbered"
    " WHERE journal.id = numbered.id"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `seq` orders all entries; gaps do not occur."""

    seq: int
    org_id: int
    kind: str
    subject: str
    payload: Mapping[str, JsonValue]
    at_us: int


def append(
    tx: WriteTransaction, org_id: int, kind: str, subject: str, payload: Mapping[str, JsonValue], at_us: int
) -> None:
    """Tell what happened, in the transaction in which it happens."""
    append_all(tx, [(org_id, kind, subject, payload, at_us)])


def append_all(tx: WriteTransaction, happened: Sequence[tuple[int, str, str, Mapping[str, JsonValue], int]]) -> None:
    """Tell several things at once: (organisation, kind, subject, payload, at)."""
    rows = [
        {"id": new_id(), "org_id": org, "kind": kind, "subject": subject, "payload": json.dumps(payload), "at": at}
        for org, kind, subject, payload, at in happened
    ]
    if rows:
        # SQLite's only writer commits in the order in which it numbers; PostgreSQL's many do not.
        tx.run(_INSERT_NUMBERED if tx.dialect_name == "sqlite" else _INSERT, rows if len(rows) > 1 else rows[0])


def number_committed(tx: WriteTransaction) -> None:
    """Give committed entries their numbers. What commits later gets a later number, so that nobody passes it."""
    tx.execute(order_writers(tx.dialect_name, _SEQUENCER_LOCK))
    tx.execute(_NUMBER, {"limit": _SEQUENCE_AT_ONCE})


def has_unnumbered(tx: ReadTransaction) -> bool:
    """Tell whether committed entries wait for their numbers."""
    return tx.first(_UNSEQUENCED) is not None


def entries_after(tx: ReadTransaction, seq: int, limit: int, kinds: Sequence[str] | None = None) -> list[Entry]:
    """Return numbered entries after `seq`, oldest first."""
    if kinds is None:
        rows = tx.all(_AFTER, {"after": seq, "batch": limit})
    else:
        rows = tx.all(_AFTER_OF_KINDS, {"after": seq, "batch": limit, "kinds": list(kinds)})
    return [Entry(row.seq, row.org_id, row.kind, row.subject, json.loads(row.payload), row.at) for row in rows]


def entry_at(tx: ReadTransaction, seq: int) -> Entry | None:
    """Return the entry with this number."""
    found = entries_after(tx, seq - 1, 1)
    return found[0] if found and found[0].seq == seq else None


def last_sequence_number(tx: ReadTransaction) -> int:
    """Return the number of the newest numbered entry, 0 in an empty journal."""
    return int(tx.scalar(_LAST))
