"""Anchors of the audit outside the database: what they show, that they only move forward, and that they stay small."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from kontor.access import (
    Access,
    Act,
    AuditAnchors,
    Damage,
    Outcome,
    anchor_audit,
    forget_lost_chains,
    record,
    verify_chain,
)
from kontor.access.tables import audit, audit_head
from kontor.platform.database import Database, WriteTransaction
from tests.access.rooms import a_room, operator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "audit.anchors"


@pytest.fixture
def anchored(engine: Database, path: Path) -> Access:
    return replace(a_room(engine), anchors=AuditAnchors(path))


def act(access: Access, count: int, what: Act = Act.READ) -> None:
    for number in range(count):
        record(access, operator(access), what, f"1.2.{number}", Outcome.SUCCESS)


def roll_back(access: Access, to: int) -> None:
    """What somebody with the database does: put the head of an earlier time back and remove what came since."""
    saved = access.database.read(lambda tx: tx.all(select(audit_head)))
    act(access, 5)
    anchor_audit(access)

    def cut(tx: WriteTransaction) -> None:
        tx.execute(delete(audit).where(audit.c.seq > to))
        tx.execute(delete(audit_head))
        for head in saved:
            tx.execute(insert(audit_head).values(**head._mapping))

    access.database.write(cut)


def test_rows_cut_off_with_the_head_of_then_put_back_are_missed(anchored: Access) -> None:
    act(anchored, 3)
    roll_back(anchored, 3)
    finding = verify_chain(anchored)
    assert finding is not None
    assert (finding.seq, finding.damage) == (4, Damage.END_MISSING)
    anchor_audit(anchored)
    act(anchored, 9, Act.FIND)
    anchor_audit(anchored)
    assert verify_chain(anchored) is not None, "a chain that grows again beyond its anchor is not the old one"


def test_a_chain_removed_whole_is_missed_where_no_account_was_made(anchored: Access) -> None:
    roll_back(anchored, 0)
    finding = verify_chain(anchored)
    assert finding is not None
    assert finding.damage is Damage.END_MISSING


def test_an_honest_chain_is_in_order_before_and_after_its_anchor(anchored: Access) -> None:
    anchor_audit(anchored)
    assert verify_chain(anchored) is None
    act(anchored, 3)
    anchor_audit(anchored)
    act(anchored, 3)
    assert verify_chain(anchored) is None


def test_the_file_keeps_one_anchor_a_chain_and_nothing_else(anchored: Access, path: Path) -> None:
    for _ in range(20):
        act(anchored, 1)
        anchor_audit(anchored)
    assert path.stat().st_size < 200
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_anchors_only_move_forward(anchored: Access) -> None:
    act(anchored, 3)
    anchor_audit(anchored)
    known = anchored.anchors.all()
    anchored.anchors.move({org_id: replace(anchor, seq=1) for org_id, anchor in known.items()})
    assert anchored.anchors.all() == known


def test_an_audit_that_was_lost_with_its_database_begins_anew_only_when_that_is_said(anchored: Access) -> None:
    roll_back(anchored, 0)
    assert verify_chain(anchored) is not None
    forget_lost_chains(anchored)
    assert verify_chain(anchored) is None
    act(anchored, 3)
    assert verify_chain(anchored) is None
