"""Rows of `variant`: other objects that came under a known SOP Instance UID."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, insert, select, update

from kontor.archive.tables import variant
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontor.access import Scope
    from kontor.archive.instance_rows import PrimaryRow
    from kontor.archive.model import Receipt
    from kontor.platform.database import ReadTransaction, WriteTransaction


class VariantState(StrEnum):
    """Where a variant stands. Only OPEN ones ask for a human's attention."""

    OPEN = "open"
    CLOSED = "closed"  # equal attributes and equal decoded pixels
    PROMOTED = "promoted"  # it is the primary now, by a human's decision
    REPLACED = "replaced"  # it was the primary until another one was promoted


_ROW: Final = (
    variant.c.id,
    variant.c.sop_instance_uid,
    variant.c.digest,
    variant.c.length,
    variant.c.transfer_syntax_uid,
    variant.c.study_instance_uid,
    variant.c.series_instance_uid,
    variant.c.state,
    variant.c.reason,
    variant.c.received_at,
    variant.c.origin,
    variant.c.closed_at,
)
_ONE: Final = and_(
    variant.c.org_id == bindparam("org"),
    variant.c.sop_instance_uid == bindparam("of"),
    variant.c.digest == bindparam("of_digest"),
)
_OF_INSTANCE: Final = (
    select(*_ROW)
    .where(variant.c.org_id == bindparam("org"), variant.c.sop_instance_uid == bindparam("of"))
    .order_by(variant.c.received_at, variant.c.digest)
)
_INSERT: Final = insert(variant)
_SET_STATE: Final = (
    update(variant)
    .where(_ONE)
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"), closed_at=bindparam("at"))
)
_REDATE: Final = update(variant).where(_ONE).values(received_at=bindparam("at"), origin=bindparam("new_origin"))


@dataclass(frozen=True, slots=True)
class VariantRow:
    """An object kept beside the primary of its SOP Instance UID; the UIDs are those it names itself."""

    id: int
    sop_instance_uid: str
    digest: str
    length: int
    transfer_syntax_uid: str
    study_instance_uid: str
    series_instance_uid: str
    state: VariantState
    reason: str
    received_at: int
    origin: str
    closed_at: int | None


def of_instance(tx: ReadTransaction, org_id: int, sop_uid: str) -> list[VariantRow]:
    """Return every variant of a SOP Instance UID, oldest first."""
    rows = tx.all(_OF_INSTANCE, {"org": org_id, "of": sop_uid})
    return [VariantRow(**{**row._mapping, "state": VariantState(row.state)}) for row in rows]


def of_instance_for(tx: ReadTransaction, scope: Scope, sop_uid: str) -> list[VariantRow]:
    """Return the variants of a SOP Instance UID that a caller may know of, oldest first."""
    statement = scope.select(variant, *_ROW).where(variant.c.sop_instance_uid == sop_uid)
    rows = tx.all(statement.order_by(variant.c.received_at, variant.c.digest))
    return [VariantRow(**{**row._mapping, "state": VariantState(row.state)}) for row in rows]


def visible(tx: ReadTransaction, scope: Scope, identifier: int) -> VariantRow | None:
    """Return one variant by its identifier, if this scope sees it."""
    row = tx.first(scope.select(variant, *_ROW).where(variant.c.id == identifier))
    return None if row is None else VariantRow(**{**row._mapping, "state": VariantState(row.state)})


def insert_open(tx: WriteTransaction, org_id: int, receipts: Sequence[Receipt], reason: str) -> None:
    """Keep received objects as open variants."""
    for receipt in receipts:
        tx.execute(
            _INSERT,
            {
                "org_id": org_id,
                "id": new_id(),
                "sop_instance_uid": receipt.header.sop_instance_uid,
                "digest": receipt.digest,
                "length": receipt.place.length,
                "transfer_syntax_uid": receipt.transfer_syntax,
                "study_instance_uid": receipt.header.study_instance_uid,
                "series_instance_uid": receipt.header.series_instance_uid,
                "state": VariantState.OPEN.value,
                "reason": reason,
                "received_at": receipt.received_at_us,
                "origin": receipt.origin,
            },
        )


def insert_former_primary(
    tx: WriteTransaction, org_id: int, former: PrimaryRow, state: VariantState, reason: str, closed_at: int | None
) -> None:
    """Keep the object that was the primary until now; one that was a variant before it became that has its row."""
    key = {"org": org_id, "of": former.sop_instance_uid, "of_digest": former.digest}
    if tx.execute(_SET_STATE, {**key, "new_state": state.value, "new_reason": reason, "at": closed_at}).rowcount:
        return
    tx.execute(
        _INSERT,
        {
            "org_id": org_id,
            "id": new_id(),
            "sop_instance_uid": former.sop_instance_uid,
            "digest": former.digest,
            "length": former.length,
            "transfer_syntax_uid": former.transfer_syntax_uid,
            "study_instance_uid": former.study_instance_uid,
            "series_instance_uid": former.series_instance_uid,
            "state": state.value,
            "reason": reason,
            "received_at": former.received_at,
            "origin": former.origin,
            "closed_at": closed_at,
        },
    )


def set_state(
    tx: WriteTransaction, org_id: int, sop_uid: str, digest: str, state: VariantState, reason: str, at: int
) -> bool:
    """Move a variant to another state. Return whether there is such a variant."""
    key = {"org": org_id, "of": sop_uid, "of_digest": digest}
    return tx.execute(_SET_STATE, {**key, "new_state": state.value, "new_reason": reason, "at": at}).rowcount == 1


def redate(tx: WriteTransaction, org_id: int, known: VariantRow, receipt: Receipt) -> None:
    """The same bytes turn out to have come earlier."""
    key = {"org": org_id, "of": known.sop_instance_uid, "of_digest": known.digest}
    tx.execute(_REDATE, {**key, "at": receipt.received_at_us, "new_origin": receipt.origin})
