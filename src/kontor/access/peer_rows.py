"""Statements on peers and refused senders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, select, update

from kontor.access.scope import Scope
from kontor.access.tables import peer, refused_sender
from kontor.platform.database import ReadTransaction, WriteTransaction

REFUSED_SENDERS_SHOWN: Final = 1_000
REFUSED_SENDERS_MAX: Final = 10_000
"""Rows kept of an organisation: whoever invents names fills no disk."""


@dataclass(frozen=True, slots=True)
class PeerRecord:
    """A registered peer."""

    org_id: int
    id: int
    name: str
    ae_title: str
    called_ae_title: str
    host: str
    port: int | None
    may: tuple[str, ...]
    is_open: bool
    created_at_us: int
    last_seen_at_us: int | None = None


@dataclass(frozen=True, slots=True)
class RefusedSender:
    """A sender that was turned away."""

    id: int
    calling_ae_title: str
    called_ae_title: str
    address: str
    reason: str
    count: int
    first_seen_at_us: int
    last_seen_at_us: int


def calling(tx: ReadTransaction, org_ids: Collection[int], ae_title: str) -> list[PeerRecord]:
    """Peers of these organisations with a calling AE title: which organisation it is, this finds out."""
    statement = select(peer).where(peer.c.org_id.in_(org_ids), peer.c.ae_title == ae_title)
    return [_peer(row) for row in tx.all(statement.order_by(peer.c.org_id, peer.c.id))]


def everyone(tx: ReadTransaction, scope: Scope) -> list[PeerRecord]:
    """All peers, by AE title."""
    return [_peer(row) for row in tx.all(scope.select(peer).order_by(peer.c.ae_title, peer.c.id))]


def by_id(tx: ReadTransaction, scope: Scope, peer_id: int) -> PeerRecord | None:
    """The peer with this number."""
    row = tx.first(scope.select(peer).where(peer.c.id == peer_id))
    return None if row is None else _peer(row)


def insert_if_absent(tx: WriteTransaction, record: PeerRecord) -> bool:
    """Register a peer, unless the same name, called title and host is registered."""
    values = {
        "org_id": record.org_id,
        "id": record.id,
        "name": record.name,
        "ae_title": record.ae_title,
        "called_ae_title": record.called_ae_title,
        "host": record.host,
        "port": record.port,
        "may": ",".join(record.may),
        "open": record.is_open,
        "created_at": record.created_at_us,
    }
    return tx.insert_if_absent(peer, values, ["org_id", "ae_title", "called_ae_title", "host"])


def change(tx: WriteTransaction, scope: Scope, peer_id: int, values: Mapping[str, object]) -> None:
    """Set columns of a peer."""
    if values:
        tx.execute(update(peer).where(scope.condition(peer), peer.c.id == peer_id).values(**values))


def delete_peer(tx: WriteTransaction, scope: Scope, peer_id: int) -> bool:
    """Remove a peer; whether it was there."""
    return tx.execute(delete(peer).where(scope.condition(peer), peer.c.id == peer_id)).rowcount == 1


def count_refusal(tx: WriteTransaction, scope: Scope, sender: RefusedSender) -> None:
    """Count one more refusal of this sender, or note its first."""
    keys = ("calling_ae_title", "called_ae_title", "address", "reason")
    identity = {name: getattr(sender, name) for name in keys}
    moments = {"first_seen_at": sender.first_seen_at_us, "last_seen_at": sender.last_seen_at_us}
    values = {"org_id": scope.org_id, "id": sender.id, **identity, "count": 1, **moments}
    if tx.insert_if_absent(refused_sender, values, ["org_id", *keys]):
        _forget_oldest(tx, scope)
        return
    same = [refused_sender.c[name] == value for name, value in identity.items()]
    counted = {"count": refused_sender.c.count + 1, "last_seen_at": sender.last_seen_at_us}
    tx.execute(update(refused_sender).where(scope.condition(refused_sender), *same).values(**counted))


def refused(tx: ReadTransaction, scope: Scope) -> list[RefusedSender]:
    """Refused senders, latest first, at most 1,000."""
    statement = scope.select(refused_sender).order_by(refused_sender.c.last_seen_at.desc(), refused_sender.c.id.desc())
    return [_refused(row) for row in tx.all(statement.limit(REFUSED_SENDERS_SHOWN))]


def refused_by_id(tx: ReadTransaction, scope: Scope, sender_id: int) -> RefusedSender | None:
    """The refused sender with this number."""
    row = tx.first(scope.select(refused_sender).where(refused_sender.c.id == sender_id))
    return None if row is None else _refused(row)


def delete_refused(tx: WriteTransaction, scope: Scope, sender_id: int) -> bool:
    """Forget a refused sender; whether it was there."""
    condition = (scope.condition(refused_sender), refused_sender.c.id == sender_id)
    return tx.execute(delete(refused_sender).where(*condition)).rowcount == 1


def _forget_oldest(tx: WriteTransaction, scope: Scope) -> None:
    newest = scope.select(refused_sender, refused_sender.c.last_seen_at).order_by(refused_sender.c.last_seen_at.desc())
    edge = tx.scalar(newest.offset(REFUSED_SENDERS_MAX).limit(1))
    if edge is not None:
        tx.execute(delete(refused_sender).where(scope.condition(refused_sender), refused_sender.c.last_seen_at <= edge))


def _peer(row: Row[Any]) -> PeerRecord:
    return PeerRecord(
        row.org_id, row.id, row.name, row.ae_title, row.called_ae_title, row.host, row.port,
        tuple(row.may.split(",")) if row.may else (), row.open, row.created_at, row.last_seen_at,
    )  # fmt: skip


def _refused(row: Row[Any]) -> RefusedSender:
    return RefusedSender(
        row.id, row.calling_ae_title, row.called_ae_title, row.address, row.reason, row._mapping["count"],
        row.first_seen_at, row.last_seen_at,
    )  # fmt: skip
