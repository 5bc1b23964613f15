"""Statements on the audit: append at the head, walk forward for the check, page backward for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, bindparam, false, insert, or_, select, update

from kontor.access.audit_chain import AuditEntry, AuditHead
from kontor.access.scope import Scope
from kontor.access.tables import audit, audit_head
from kontor.platform.database import Prepared, ReadTransaction, WriteTransaction


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row in its place."""

    seq: int
    entry: AuditEntry
    mac: str


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Filters and place of a page; '' and None do not filter. Instants in microseconds, `until_us` excluded.

    `before_seq` asks for older rows, `after_seq` for newer ones; nothing before `from_seq` is looked at. `subjects` are
    UIDs: what was done to one of them, to a part of it or to several together counts; so does a question that
    `or_mentions` this text.
    """

    before_seq: int | None = None
    after_seq: int | None = None
    from_seq: int | None = None
    actor_name: str = ""
    act: str = ""
    subject: str = ""
    outcome: str = ""
    since_us: int | None = None
    until_us: int | None = None
    subjects: tuple[str, ...] | None = None
    or_mentions: str = ""


_OURS: Final = audit_head.c.org_id == bindparam("org")
_HEAD: Final = select(audit_head.c.org_id, audit_head.c.seq, audit_head.c.mac, audit_head.c.head_mac).where(_OURS)
_HEAD_READ: Final = Prepared(_HEAD)
_HEAD_LOCKED: Final = Prepared(_HEAD.with_for_update())
_MOVE_HEAD: Final = Prepared(
    update(audit_head)
    .where(_OURS)
    .values(seq=bindparam("new_seq"), mac=bindparam("new_mac"), head_mac=bindparam("new_head_mac"))
)
_APPEND: Final = Prepared(insert(audit))
_RECORDED_AT: Final = Prepared(
    select(audit.c.at)
    .where(
        audit.c.org_id == bindparam("org"),
        audit.c.subject == bindparam("of_subject"),
        audit.c.act == bindparam("of_act"),
        audit.c.at > bindparam("since"),
        audit.c.actor_kind == bindparam("by_kind"),
        audit.c.actor == bindparam("by_actor"),
        audit.c.actor_name == bindparam("by_name"),
        audit.c.outcome == bindparam("with_outcome"),
    )
    .order_by(audit.c.at.desc())
    .limit(1)
)


def head(tx: ReadTransaction, scope: Scope) -> AuditHead | None:
    """The chain's head."""
    return _head(tx, scope, _HEAD_READ)


def locked_head(tx: WriteTransaction, scope: Scope) -> AuditHead | None:
    """The chain's head, until the end of the transaction for us alone: this is what orders all processes.

    SQLite has ordered its writers at BEGIN IMMEDIATE; PostgreSQL locks the row and reads its newest version.
    """
    return _head(tx, scope, _HEAD_LOCKED)


def insert_head(tx: WriteTransaction, new: AuditHead) -> bool:
    """Begin a chain, unless it has begun."""
    return tx.insert_if_absent(audit_head, _head_values(new), ["org_id"])


def move_head(tx: WriteTransaction, scope: Scope, new: AuditHead) -> None:
    """Set the head after rows were appended."""
    tx.run(_MOVE_HEAD, {"org": scope.org_id, "new_seq": new.seq, "new_mac": new.mac, "new_head_mac": new.head_mac})


def append(tx: WriteTransaction, rows: Sequence[AuditRow]) -> None:
    """Insert rows that follow the head."""
    tx.run(_APPEND, [_values(row) for row in rows])


def after(tx: ReadTransaction, scope: Scope, seq: int, limit: int) -> list[AuditRow]:
    """The next rows of the chain."""
    statement = scope.select(audit).where(audit.c.seq > seq).order_by(audit.c.seq).limit(limit)
    return [_row(row) for row in tx.all(statement)]


def page(tx: ReadTransaction, scope: Scope, query: AuditQuery, limit: int) -> list[AuditRow]:
    """A page, newest first: the rows next to the place that was asked for."""
    forward = query.after_seq is not None
    order = audit.c.seq if forward else audit.c.seq.desc()
    statement = scope.select(audit).where(*_conditions(query)).order_by(order).limit(limit)
    rows = [_row(row) for row in tx.all(statement)]
    return rows[::-1] if forward else rows


def first_since(tx: ReadTransaction, scope: Scope, at_us: int) -> int:
    """Number of the first row that is not older. Rows are appended in the order of their dates, so it is searched for.

    Rows of one transaction may be dated a moment apart in another order than their numbers: ask for a moment earlier.
    """
    newest = tx.first(_HEAD_READ, {"org": scope.org_id})
    low, high = 1, (0 if newest is None else newest.seq) + 1
    while low < high:
        middle = (low + high) // 2
        row = tx.first(scope.select(audit, audit.c.at).where(audit.c.seq >= middle).order_by(audit.c.seq).limit(1))
        if row is None or row.at >= at_us:
            high = middle
        else:
            low = middle + 1
    return low


def _conditions(query: AuditQuery) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if query.before_seq is not None:
        limits.append(audit.c.seq < query.before_seq)
    if query.after_seq is not None:
        limits.append(audit.c.seq > query.after_seq)
    if query.from_seq is not None:
        limits.append(audit.c.seq >= query.from_seq)
    if query.since_us is not None:
        limits.append(audit.c.at >= query.since_us)
    if query.until_us is not None:
        limits.append(audit.c.at < query.until_us)
    if query.subjects is not None:
        mentioned = audit.c.subject.contains(query.or_mentions, autoescape=True) if query.or_mentions else false()
        limits.append(or_(mentioned, *(_concerns(uid) for uid in query.subjects)))
    exact = ((audit.c.actor_name, query.actor_name), (audit.c.act, query.act), (audit.c.outcome, query.outcome))
    limits += [column == value for column, value in exact if value]
    return limits if not query.subject else [*limits, or_(audit.c.subject == query.subject, _concerns(query.subject))]


def _concerns(uid: str) -> ColumnElement[bool]:
    """Rows about a UID: itself, what lies in it (`study/series`), and the list of an act on several."""
    below = audit.c.subject.startswith(f"{uid}/", autoescape=True)
    first = audit.c.subject.startswith(f"{uid} ", autoescape=True)
    among = audit.c.subject.contains(f" {uid}", autoescape=True)
    return or_(audit.c.subject == uid, below, first, among)


def recorded_at(tx: ReadTransaction, scope: Scope, entry: AuditEntry, since_us: int) -> int:
    """The date of the newest row of the same actor's same act on the same subject since then; 0 without one."""
    values = {
        "org": scope.org_id,
        "of_subject": entry.subject,
        "of_act": entry.act,
        "since": since_us,
        "by_kind": entry.actor_kind,
        "by_actor": entry.actor,
        "by_name": entry.actor_name,
        "with_outcome": entry.outcome,
    }
    found = tx.first(_RECORDED_AT, values)
    return 0 if found is None else int(found.at)


def _head(tx: ReadTransaction, scope: Scope, statement: Prepared) -> AuditHead | None:
    row = tx.first(statement, {"org": scope.org_id})
    return None if row is None else AuditHead(row.org_id, row.seq, row.mac, row.head_mac)


def _head_values(new: AuditHead) -> dict[str, object]:
    return {"org_id": new.org_id, "seq": new.seq, "mac": new.mac, "head_mac": new.head_mac}


def _values(row: AuditRow) -> dict[str, object]:
    entry = row.entry
    return {
        "org_id": entry.org_id,
        "seq": row.seq,
        "at": entry.at_us,
        "actor_kind": entry.actor_kind,
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "act": entry.act,
        "subject": entry.subject,
        "outcome": entry.outcome,
        "detail": entry.detail,
        "mac": row.mac,
    }


def _row(row: Row[Any]) -> AuditRow:
    entry = AuditEntry(
        org_id=row.org_id,
        at_us=row.at,
        actor_kind=row.actor_kind,
        actor=row.actor,
        actor_name=row.actor_name,
        act=row.act,
        subject=row.subject,
        outcome=row.outcome,
        detail=row.detail,
    )
    return AuditRow(row.seq, entry, row.mac)
