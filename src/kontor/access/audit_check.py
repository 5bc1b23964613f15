"""Reading the audit: pages for auditors, and the walk that finds any altered, missing or cut-off row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kontor.access import account_rows, audit_rows, organisation_rows
from kontor.access.audit import keeper_scope
from kontor.access.audit_anchors import Anchor
from kontor.access.audit_chain import GENESIS, ChainFinding, Damage, head_is_genuine, row_mac
from kontor.access.audit_rows import AuditQuery, AuditRow
from kontor.access.rights import Right
from kontor.platform.clock import MICROSECONDS

if TYPE_CHECKING:
    from kontor.access.room import Access
    from kontor.access.scope import Scope
    from kontor.platform.database import ReadTransaction

_ROWS_AT_ONCE: Final = 1_000
_OUT_OF_ORDER_US: Final = 60 * MICROSECONDS
"""Rows are dated before they wait for their turn, never for longer than this."""


def list_audit(access: Access, scope: Scope, query: AuditQuery, limit: int) -> list[AuditRow]:
    """A page of the audit, newest first, at most `limit` rows. Needs the right AUDIT."""
    scope.require(Right.AUDIT)
    return access.database.read(lambda tx: audit_rows.page(tx, scope, _placed(tx, scope, query), limit))


def audit_length(access: Access, scope: Scope) -> int:
    """Number of the newest row. Needs the right AUDIT."""
    scope.require(Right.AUDIT)
    head = access.database.read(lambda tx: audit_rows.head(tx, scope))
    return 0 if head is None else head.seq


def _placed(tx: ReadTransaction, scope: Scope, query: AuditQuery) -> AuditQuery:
    """The query with its dates as numbers of rows too, so that no page walks through years that nobody asked for."""
    before, start = query.before_seq, None
    if query.until_us is not None:
        end = audit_rows.first_since(tx, scope, query.until_us + _OUT_OF_ORDER_US)
        before = end if before is None else min(before, end)
    if query.since_us is not None:
        start = audit_rows.first_since(tx, scope, query.since_us - _OUT_OF_ORDER_US)
    return replace(query, before_seq=before, from_seq=start)


def anchor_audit(access: Access) -> None:
    """Note outside the database how far each chain is. Costs one read, and a sync when a chain has grown.

    A chain that no longer holds its last anchor is left alone: `verify_chain` is to find it so.

    Raises:
        DatabaseError: nothing was noted now.
        OSError, ValueError: the anchors cannot be read or written.
    """
    key = access.key_for("audit")
    known = access.anchors.all()
    heads: dict[int, Anchor] = {}
    for org_id, name in access.database.read(organisation_rows.everyone):
        scope = keeper_scope(org_id, name)
        head = access.database.read(lambda tx, scope=scope: audit_rows.head(tx, scope))  # type: ignore[misc] # a default binds the loop's value
        if head is not None and head_is_genuine(key, head) and _holds(access, scope, known.get(org_id)):
            heads[org_id] = Anchor(head.seq, head.mac)
    access.anchors.move(heads)


def forget_lost_chains(access: Access) -> None:
    """Drop the anchors of chains of which nothing is left: the index is made anew, and its audit with it.

    Raises as `anchor_audit`.
    """
    lost = set(access.anchors.all())
    for org_id, name in access.database.read(organisation_rows.everyone):
        scope = keeper_scope(org_id, name)
        if access.database.read(lambda tx, scope=scope: audit_rows.head(tx, scope)) is not None:  # type: ignore[misc] # as above
            lost.discard(org_id)
    access.anchors.drop(frozenset(lost))


def verify_chain(access: Access) -> ChainFinding | None:
    """Check every row of every organisation; the first damage, or None. Holds at most 1,000 rows at once.

    Raises:
        OSError, ValueError: the anchors cannot be read.
    """
    anchors = access.anchors.all()
    for org_id, name in access.database.read(organisation_rows.everyone):
        finding = _verify_organisation(access, org_id, name, anchors.get(org_id))
        if finding is not None:
            return finding
    return None


def _verify_organisation(access: Access, org_id: int, name: str, anchor: Anchor | None) -> ChainFinding | None:
    scope = keeper_scope(org_id, name)
    key = access.key_for("audit")
    # The head is read first: rows that are appended while we walk lie beyond it and are not missed.
    head, never_begun = access.database.read(lambda tx: (audit_rows.head(tx, scope), _never_begun(tx, scope)))
    if never_begun:
        return None if anchor is None else ChainFinding(org_id, name, 1, Damage.END_MISSING)
    if head is None or not head_is_genuine(key, head):
        return ChainFinding(org_id, name, 0 if head is None else head.seq, Damage.HEAD_ALTERED)
    if anchor is not None and head.seq < anchor.seq:
        return ChainFinding(org_id, name, head.seq + 1, Damage.END_MISSING)
    seq, mac = 0, GENESIS
    while True:
        rows = access.database.read(lambda tx, seq=seq: audit_rows.after(tx, scope, seq, _ROWS_AT_ONCE))  # type: ignore[misc] # a default binds the loop's value
        for row in rows:
            damage = _damage(key, row, seq, mac)
            if damage is not None:
                return ChainFinding(org_id, name, seq + 1, damage)
            seq, mac = row.seq, row.mac
            if anchor is not None and seq == anchor.seq and mac != anchor.mac:
                return ChainFinding(org_id, name, seq, Damage.ROW_ALTERED)
            if seq == head.seq and mac != head.mac:
                return ChainFinding(org_id, name, seq, Damage.HEAD_ALTERED)
        if len(rows) < _ROWS_AT_ONCE:
            break
    return ChainFinding(org_id, name, seq + 1, Damage.END_MISSING) if seq < head.seq else None


def _holds(access: Access, scope: Scope, anchor: Anchor | None) -> bool:
    """Whether the chain still has the row that it was anchored at."""
    if anchor is None or not anchor.seq:
        return True
    rows = access.database.read(lambda tx: audit_rows.after(tx, scope, anchor.seq - 1, 1))
    return [(row.seq, row.mac) for row in rows] == [(anchor.seq, anchor.mac)]


def _never_begun(tx: ReadTransaction, scope: Scope) -> bool:
    """Whether the organisation is so new that nothing was audited: no head, no row, no account."""
    return (
        audit_rows.head(tx, scope) is None
        and not audit_rows.after(tx, scope, 0, 1)
        and account_rows.is_empty(tx, scope)
    )


def _damage(key: bytes, row: AuditRow, seq: int, mac: str) -> Damage | None:
    if row.seq != seq + 1:
        return Damage.ROW_MISSING
    return None if row_mac(key, row.entry, row.seq, mac) == row.mac else Damage.ROW_ALTERED
