"""Rows of `segment`: how far each segment is in the index. They belong to the house, not to an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, select, update

from kontor.archive.tables import segment
from kontor.platform.database import Prepared

if TYPE_CHECKING:
    from kontor.archive.continuity import Advance
    from kontor.platform.database import ReadTransaction, WriteTransaction

HOUSE: Final = 0
_KEY: Final = ("org_id", "id")
_ONE: Final = and_(segment.c.org_id == HOUSE, segment.c.id == bindparam("of"))
_ADMITTED_TO: Final = select(segment.c.admitted_to).where(_ONE)
_ALL: Final = select(segment.c.id, segment.c.admitted_to, segment.c.sealed).where(segment.c.org_id == HOUSE)
_ADVANCE: Final = Prepared(
    update(segment)
    .where(_ONE, segment.c.admitted_to >= bindparam("reached"))
    .values(admitted_to=bindparam("to"))
    .where(segment.c.admitted_to <= bindparam("to"))
)
_RESTORE: Final = update(segment).where(_ONE).values(admitted_to=bindparam("to"), sealed=bindparam("is_sealed"))


class GapFound(Exception):
    """The index holds less of a segment than this process believes: records between must be admitted first."""

    def __init__(self, segment_id: str, admitted_to: int, reached: int) -> None:
        super().__init__(f"records from {admitted_to} to {reached} are not in the index")
        self.segment_id = segment_id
        self.admitted_to = admitted_to
        self.reached = reached


def admitted_to(tx: ReadTransaction, segment_id: str) -> int:
    """Return how many bytes of a segment are in the index, 0 for one it has never seen."""
    return int(tx.scalar(_ADMITTED_TO, {"of": segment_id}) or 0)


def all_segments(tx: ReadTransaction) -> dict[str, tuple[int, bool]]:
    """Return (admitted to, sealed) of every segment the index knows."""
    return {row.id: (row.admitted_to, row.sealed) for row in tx.all(_ALL)}


def advance(tx: WriteTransaction, step: Advance, at_us: int) -> None:
    """Note that everything up to `step.to` is in the index, if everything up to `step.reached` is.

    Raises:
        GapFound: it is not.
    """
    if tx.run(_ADVANCE, {"of": step.segment, "reached": step.reached, "to": step.to}):
        return
    values = {"org_id": HOUSE, "id": step.segment, "admitted_to": step.to, "created_at": at_us}
    if step.reached == 0 and tx.insert_if_absent(segment, values, _KEY):
        return
    reached = admitted_to(tx, step.segment)
    if reached < step.reached:
        raise GapFound(step.segment, reached, step.reached)


def restore(tx: WriteTransaction, segment_id: str, admitted_to: int, at_us: int, *, sealed: bool) -> None:
    """Note a segment that was read to its end."""
    values = {"org_id": HOUSE, "id": segment_id, "admitted_to": admitted_to, "created_at": at_us, "sealed": sealed}
    if not tx.insert_if_absent(segment, values, _KEY):
        tx.execute(_RESTORE, {"of": segment_id, "to": admitted_to, "is_sealed": sealed})
