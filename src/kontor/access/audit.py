"""The audit: first the row, then the data (`contract.md` 1.5).

`record` returns when its row is committed and synced. Concurrent calls of a process share one transaction, so that
an audited query costs a fraction of a sync; processes are ordered by the head's row lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import account_rows, audit_rows
from kontor.access.audit_chain import GENESIS, Act, AuditEntry, AuditHead, Outcome, canonical, row_mac, sealed_head
from kontor.access.audit_rows import AuditRow
from kontor.access.errors import AuditUnwritable
from kontor.access.scope import Actor, ActorKind, Scope
from kontor.platform.clock import MICROSECONDS
from kontor.platform.database import DatabaseError

if TYPE_CHECKING:
    from kontor.access.room import Access
    from kontor.platform.database import WriteTransaction

DetailValue = str | int | float | bool | None | Sequence["DetailValue"] | Mapping[str, "DetailValue"]
_PURPOSE: Final = "audit"
_SUBJECT_CHARACTERS: Final = 512
_DETAIL_CHARACTERS: Final = 16_384


@dataclass(slots=True)
class _Part:
    """One caller's row; with `unless_since_us` it is left out when an equal one is there since then.

    `stands_at_us` is the date of the row that stands for it afterwards: its own, or the older one's.
    """

    entry: AuditEntry
    unless_since_us: int | None = None
    stands_at_us: int = 0


def record(access: Access, scope: Scope, act: Act, subject: str, outcome: Outcome, **detail: DetailValue) -> None:
    """Append one row to the audit; committed and synced when this returns.

    Args:
        access: the room.
        scope: who acts.
        act: what is done.
        subject: to what: UIDs, an account's name, an AE title; at most 512 characters are kept.
        outcome: how it ended.
        detail: what else an inspector would want; never a secret.

    Raises:
        AuditUnwritable: the row is not there; whoever asked must get nothing.
    """
    _submit(access, _Part(entry_of(access, scope, act, subject, outcome, detail)))


def record_once(
    access: Access,
    scope: Scope,
    act: Act,
    subject: str,
    within_s: float,
    outcome: Outcome = Outcome.SUCCESS,
    **detail: DetailValue,
) -> None:
    """Record an act unless the same actor's same act on this subject, ended alike, was in the last `within_s` seconds.

    For streams of small reads, the frames of a series, that are one act to a person. Raises as `record` does.
    """
    if is_recent(access, scope, act, subject, within_s, outcome):
        return
    entry = entry_of(access, scope, act, subject, outcome, detail)
    part = _Part(entry, entry.at_us - round(within_s * MICROSECONDS))
    _submit(access, part)
    access.recent_acts.remember(_recent_key(scope, act, subject, outcome), part.stands_at_us)


def is_recent(access: Access, scope: Scope, act: Act, subject: str, within_s: float, outcome: Outcome) -> bool:
    """Whether this process recorded the same act in the last `within_s` seconds."""
    since_us = access.clock.now_us() - round(within_s * MICROSECONDS)
    return access.recent_acts.is_since(_recent_key(scope, act, subject, outcome), since_us)


def entry_of(
    access: Access, scope: Scope, act: Act, subject: str, outcome: Outcome, detail: Mapping[str, DetailValue]
) -> AuditEntry:
    """The row as it will stand, dated now. A detail beyond 16 KiB is replaced by its length."""
    text = canonical(detail)
    if len(text) > _DETAIL_CHARACTERS:
        text = canonical({"omitted_characters": len(text)})
    return AuditEntry(
        org_id=scope.org_id,
        at_us=access.clock.now_us(),
        actor_kind=scope.actor.kind.value,
        actor=scope.actor.id,
        actor_name=storable(scope.actor.name),
        act=act.value,
        subject=storable(subject)[:_SUBJECT_CHARACTERS],
        outcome=outcome.value,
        detail=text,
    )


def record_with(
    tx: WriteTransaction,
    access: Access,
    scope: Scope,
    act: Act,
    subject: str,
    outcome: Outcome,
    **detail: DetailValue,
) -> None:
    """Append one row in the caller's transaction, so that neither the act nor its row exists without the other."""
    append_entry(tx, access, entry_of(access, scope, act, subject, outcome, detail))


def append_entry(tx: WriteTransaction, access: Access, entry: AuditEntry) -> None:
    """Append a row in the transaction of what it tells, so that neither exists without the other."""
    _append(tx, access, [_Part(entry)])


def keeper_scope(org_id: int, organisation: str = "") -> Scope:
    """The scope under which the audit is kept, whoever it tells about."""
    return Scope(org_id, organisation, Actor(ActorKind.SYSTEM, 0, "audit"), frozenset())


def _submit(access: Access, part: _Part) -> None:
    try:
        access.audit_commits.submit(part, lambda parts: access.database.write(lambda tx: _append(tx, access, parts)))
    except DatabaseError as error:
        raise AuditUnwritable(type(error).__name__) from error


def _append(tx: WriteTransaction, access: Access, parts: Sequence[_Part]) -> None:
    # Organisations in one order, so that two processes never wait for each other's heads.
    for org_id in sorted({part.entry.org_id for part in parts}):
        _append_of(tx, access.key_for(_PURPOSE), org_id, [part for part in parts if part.entry.org_id == org_id])


def _append_of(tx: WriteTransaction, key: bytes, org_id: int, parts: Sequence[_Part]) -> None:
    scope = keeper_scope(org_id)
    head = audit_rows.locked_head(tx, scope) or _begun_chain(tx, key, scope)
    seq, mac = head.seq, head.mac
    rows: list[AuditRow] = []
    new: dict[tuple[object, ...], int] = {}
    for part in parts:
        part.stands_at_us = _standing(tx, scope, part, new)
        if part.stands_at_us:
            continue
        seq += 1
        mac = row_mac(key, part.entry, seq, mac)
        rows.append(AuditRow(seq, part.entry, mac))
        part.stands_at_us = new[_sameness(part.entry)] = part.entry.at_us
    if rows:
        audit_rows.append(tx, rows)
        audit_rows.move_head(tx, scope, sealed_head(key, org_id, seq, mac))


def _begun_chain(tx: WriteTransaction, key: bytes, scope: Scope) -> AuditHead:
    """The head of a chain that begins. Where accounts are, it has begun already: then somebody removed it."""
    if not account_rows.is_empty(tx, scope):
        raise AuditUnwritable("the chain's head is missing")
    audit_rows.insert_head(tx, sealed_head(key, scope.org_id, 0, GENESIS))
    head = audit_rows.locked_head(tx, scope)
    if head is None:
        raise AuditUnwritable("the chain's head cannot be written")
    return head


def _standing(tx: WriteTransaction, scope: Scope, part: _Part, new: Mapping[tuple[object, ...], int]) -> int:
    """The date of a row that makes this one superfluous; 0 when it must be written."""
    if part.unless_since_us is None:
        return 0
    return new.get(_sameness(part.entry), 0) or audit_rows.recorded_at(tx, scope, part.entry, part.unless_since_us)


def _sameness(entry: AuditEntry) -> tuple[object, ...]:
    return (entry.actor_kind, entry.actor, entry.actor_name, entry.act, entry.subject, entry.outcome)


def _recent_key(scope: Scope, act: Act, subject: str, outcome: Outcome) -> tuple[object, ...]:
    return (scope.org_id, scope.actor, act, storable(subject)[:_SUBJECT_CHARACTERS], outcome)


def storable(text: str) -> str:
    """The text with a replacement for what PostgreSQL cannot keep: NUL and lone surrogates.

    Replaced, not dropped: a name that differs by NUL must stay another name.
    """
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
