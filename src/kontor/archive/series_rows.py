"""Rows of `series`. Written under the lock of their study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, case, delete, exists, insert, select, update

from kontor.archive.index_text import index_number, index_row
from kontor.archive.tables import instance, series
from kontor.platform.database import DatabaseConflict, Prepared
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontor.archive.model import Receipt
    from kontor.archive.study_rows import Growth
    from kontor.platform.database import ReadTransaction, WriteTransaction

_ONE: Final = and_(series.c.org_id == bindparam("org"), series.c.id == bindparam("of"))
_ROW: Final = (
    series.c.id,
    series.c.study,
    series.c.series_instance_uid,
    series.c.modality,
    series.c.described_at,
    series.c.described_by,
)
_BY_UID: Final = Prepared(
    select(*_ROW).where(
        series.c.org_id == bindparam("org"),
        series.c.study == bindparam("of_study"),
        series.c.series_instance_uid == bindparam("of"),
    )
)
_MODALITIES: Final = select(series.c.modality).where(
    series.c.org_id == bindparam("org"), series.c.study == bindparam("of_study")
)
_INSERT: Final = Prepared(insert(series))
_ADD: Final = Prepared(
    update(series)
    .where(_ONE)
    .values(
        instance_count=series.c.instance_count + bindparam("more_instances"),
        size_bytes=series.c.size_bytes + bindparam("more_bytes"),
        first_received_at=case(
            (series.c.first_received_at > bindparam("earliest"), bindparam("earliest")),
            else_=series.c.first_received_at,
        ),
        last_received_at=case(
            (series.c.last_received_at < bindparam("latest"), bindparam("latest")), else_=series.c.last_received_at
        ),
        settled_at=None,
    )
)
_DESCRIBE: Final = (
    update(series)
    .where(_ONE)
    .values(
        **{
            name: bindparam(f"new_{name}")
            for name in (
                "modality",
                "series_number",
                "description",
                "body_part",
                "laterality",
                "protocol",
                "station",
                "manufacturer",
                "performed_date",
                "performed_time",
                "frame_of_reference_uid",
                "described_at",
                "described_by",
            )
        }
    )
)
_DELETE_CHILDLESS: Final = delete(series).where(
    _ONE, ~exists(select(instance.c.id).where(instance.c.org_id == series.c.org_id, instance.c.series == series.c.id))
)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as the index knows it."""

    id: int
    study: int
    series_instance_uid: str
    modality: str
    described_at: int
    described_by: str

    @property
    def order(self) -> tuple[int, str]:
        """Whoever is less describes the series instead."""
        return (self.described_at, self.described_by)


def by_uid(tx: ReadTransaction, org_id: int, study: int, series_uid: str) -> SeriesRow | None:
    """Find a series of a study."""
    row = tx.first(_BY_UID, {"org": org_id, "of_study": study, "of": series_uid})
    return None if row is None else SeriesRow(*row)


def insert_empty(tx: WriteTransaction, org_id: int, study: int, receipt: Receipt) -> SeriesRow:
    """Make a series without instances, described by the receipt."""
    description = _description(receipt)
    identifier = new_id()
    tx.run(
        _INSERT,
        {
            "org_id": org_id,
            "id": identifier,
            "study": study,
            "series_instance_uid": receipt.header.series_instance_uid,
            "first_received_at": receipt.received_at_us,
            "last_received_at": receipt.received_at_us,
            **description,
        },
    )
    return SeriesRow(
        identifier,
        study,
        receipt.header.series_instance_uid,
        receipt.header.series.modality,
        receipt.received_at_us,
        receipt.digest,
    )


def describe(tx: WriteTransaction, org_id: int, known: SeriesRow, receipt: Receipt) -> SeriesRow:
    """Let an earlier object describe the series."""
    values = {f"new_{name}": value for name, value in _description(receipt).items()}
    tx.execute(_DESCRIBE, {"org": org_id, "of": known.id, **values})
    return SeriesRow(
        known.id,
        known.study,
        known.series_instance_uid,
        receipt.header.series.modality,
        receipt.received_at_us,
        receipt.digest,
    )


def add(tx: WriteTransaction, org_id: int, growths: Mapping[int, Growth]) -> None:
    """Add to series what a transaction brought.

    Raises:
        DatabaseConflict: a remembered series is gone; nothing may be built on what was remembered.
    """
    for identifier, growth in sorted(growths.items()):
        values = {
            "org": org_id,
            "of": identifier,
            "more_instances": growth.instances,
            "more_bytes": growth.size_bytes,
            "earliest": growth.earliest,
            "latest": growth.latest,
        }
        if tx.run(_ADD, values) != 1:
            raise DatabaseConflict("a series known to this process is gone")


def modalities(tx: ReadTransaction, org_id: int, study: int) -> set[str]:
    """Return the modalities of all series of a study."""
    return {str(row.modality) for row in tx.all(_MODALITIES, {"org": org_id, "of_study": study})}


def delete_if_childless(tx: WriteTransaction, org_id: int, identifier: int) -> bool:
    """Remove a series without instances. Return whether it was one."""
    return tx.execute(_DELETE_CHILDLESS, {"org": org_id, "of": identifier}).rowcount == 1


def _description(receipt: Receipt) -> dict[str, object]:
    header = receipt.header.series
    return index_row(
        {
            "modality": header.modality,
            "series_number": index_number(header.number),
            "description": header.description,
            "body_part": header.body_part,
            "laterality": header.laterality,
            "protocol": header.protocol,
            "station": header.station,
            "manufacturer": header.manufacturer,
            "performed_date": header.performed_date,
            "performed_time": header.performed_time,
            "frame_of_reference_uid": header.frame_of_reference_uid,
            "described_at": receipt.received_at_us,
            "described_by": receipt.digest,
        }
    )
