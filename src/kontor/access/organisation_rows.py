"""Statements on organisations. The only rows that are found before any Scope exists: they are what makes one."""

from __future__ import annotations

from sqlalchemy import select, update

from kontor.access.tables import organisation
from kontor.platform.database import ReadTransaction, WriteTransaction


def by_name(tx: ReadTransaction, name: str) -> int | None:
    """The organisation of this name."""
    found: int | None = tx.scalar(select(organisation.c.org_id).where(organisation.c.name == name))
    return found


def name_of(tx: ReadTransaction, org_id: int) -> str | None:
    """The name of an organisation."""
    found: str | None = tx.scalar(select(organisation.c.name).where(organisation.c.org_id == org_id))
    return found


def everyone(tx: ReadTransaction) -> list[tuple[int, str]]:
    """All organisations, oldest first."""
    rows = tx.all(select(organisation.c.org_id, organisation.c.name).order_by(organisation.c.org_id))
    return [(row.org_id, row.name) for row in rows]


def insert_if_absent(tx: WriteTransaction, org_id: int, name: str, now_us: int) -> bool:
    """Make an organisation unless its name is there."""
    values = {"org_id": org_id, "name": name, "created_at": now_us, "proved_at": now_us}
    return tx.insert_if_absent(organisation, values, ["name"])


def prove(tx: WriteTransaction, org_id: int, now_us: int) -> int | None:
    """Write an instant and read it back: the database takes and gives."""
    tx.execute(update(organisation).where(organisation.c.org_id == org_id).values(proved_at=now_us))
    found: int | None = tx.scalar(select(organisation.c.proved_at).where(organisation.c.org_id == org_id))
    return found
