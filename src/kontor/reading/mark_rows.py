"""Statements on marks and their versions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import false, func, insert, select, update

from kontor.platform.database import order_writers
from kontor.reading.mark_model import Anchor, Mark, MarkContent, MarkKind
from kontor.reading.tables import mark, mark_version

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from kontor.access import Scope
    from kontor.platform.database import ReadTransaction, WriteTransaction


def take_turn(tx: WriteTransaction, author: int) -> None:
    """Let the writes of one author follow one another, whatever windows they come from."""
    tx.execute(order_writers(tx.dialect_name, author))


def by_id(tx: ReadTransaction, scope: Scope, author: int, identifier: str) -> Mark | None:
    """An author's mark, removed or not."""
    row = tx.first(scope.select(mark).where(mark.c.author == author, mark.c.id == identifier))
    return None if row is None else _mark(row)


def live(tx: ReadTransaction, scope: Scope, author: int, study_uid: str, discriminator: str) -> list[Mark]:
    """An author's marks of a study that are not removed, in the order in which they were made."""
    wanted = scope.select(mark).where(*_live(author, study_uid, discriminator))
    return [_mark(row) for row in tx.all(wanted.order_by(mark.c.created_at, mark.c.id))]


def count_live(tx: ReadTransaction, scope: Scope, author: int, study_uid: str, discriminator: str, stop: int) -> int:
    """How many they are, counted as far as `stop`."""
    found = scope.select(mark, mark.c.id).where(*_live(author, study_uid, discriminator)).limit(stop)
    return int(tx.scalar(select(func.count()).select_from(found.subquery("found"))))


def write(tx: WriteTransaction, scope: Scope, author: int, wanted: Mark) -> None:
    """Make the mark what it is to be, and keep the version beside all earlier ones."""
    said = _said(wanted.content)
    if wanted.version == 1:
        tx.execute(insert(mark), _first_row(scope, author, wanted) | said)
    else:
        former = (mark.c.author == author, mark.c.id == wanted.id, mark.c.version == wanted.version - 1)
        renewed = update(mark).where(scope.condition(mark), *former)
        tx.execute(renewed.values(version=wanted.version, changed_at=wanted.changed_at_us, **said))
    named = {"org_id": scope.org_id, "author": author, "mark": wanted.id, "version": wanted.version}
    tx.execute(insert(mark_version), {**named, **said, "at": wanted.changed_at_us})


def _live(author: int, study_uid: str, discriminator: str) -> list[ColumnElement[bool]]:
    named = [mark.c.study_instance_uid == study_uid, mark.c.discriminator == discriminator]
    return [mark.c.author == author, *named, mark.c.removed == false()]


def _first_row(scope: Scope, author: int, wanted: Mark) -> dict[str, object]:
    anchor = wanted.anchor
    return {
        "org_id": scope.org_id,
        "author": author,
        "id": wanted.id,
        "study_instance_uid": anchor.study_instance_uid,
        "discriminator": anchor.discriminator,
        "sop_instance_uid": anchor.sop_instance_uid,
        "frame": anchor.frame,
        "kind": anchor.kind.value,
        "version": wanted.version,
        "created_at": wanted.created_at_us,
        "changed_at": wanted.changed_at_us,
    }


def _said(content: MarkContent) -> dict[str, Any]:
    points = json.dumps(content.points, separators=(",", ":"))
    return {"points": points, "text": content.text, "detail": content.detail, "removed": content.removed}


def _mark(row: Row[Any]) -> Mark:
    points = tuple((column, line) for column, line in json.loads(row.points))
    return Mark(
        row.id,
        Anchor(row.study_instance_uid, row.discriminator, row.sop_instance_uid, row.frame, MarkKind(row.kind)),
        MarkContent(points, row.text, row.detail, row.removed),
        row.version,
        row.created_at,
        row.changed_at,
    )
