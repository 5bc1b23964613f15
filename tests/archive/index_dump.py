"""The archive's index as facts: rows named by UIDs and keys instead of surrogate ids, without derived times."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Table, select

from kontor.archive.tables import instance, patient, placement, segment, series, study, variant
from kontor.platform.database import Database, ReadTransaction

Facts = dict[str, list[tuple[tuple[str, Any], ...]]]
# Ids are made anew by every rebuild; these times tell when the index was written, not what it says.
_DERIVED: Final = {"id", "created_at", "settled_at", "missing", "closed_at", "verified_at"}
_PARENT: Final[dict[Table, tuple[str, Table]]] = {
    study: ("patient", patient),
    series: ("study", study),
    instance: ("series", series),
}
_NAMES: Final[dict[Table, tuple[str, ...]]] = {
    patient: ("issuer", "patient_id", "discriminator"),
    study: ("study_instance_uid", "discriminator"),
    series: ("study", "series_instance_uid"),
}


def index_facts(database: Database, *, with_segments: bool = True) -> Facts:
    """Every row of the archive's tables, sorted; without where the bytes lie if `with_segments` is False."""
    tables = [patient, study, series, instance, variant, *((placement, segment) if with_segments else ())]
    return database.read(lambda tx: {table.name: _facts(tx, table) for table in tables})


def _facts(tx: ReadTransaction, table: Table) -> list[tuple[tuple[str, Any], ...]]:
    rows = [_named(tx, table, dict(row._mapping)) for row in tx.all(select(table))]
    kept = _DERIVED - ({"id"} if table is segment else set())
    return sorted(
        (tuple(sorted((key, value) for key, value in row.items() if key not in kept)) for row in rows), key=repr
    )


def _named(tx: ReadTransaction, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its parent's name instead of its id."""
    if table in _PARENT:
        column, parent = _PARENT[table]
        found = tx.first(select(parent).where(parent.c.org_id == row["org_id"], parent.c.id == row[column]))
        assert found is not None, f"{table.name} without {column}"
        above = _named(tx, parent, dict(found._mapping))
        row[column] = tuple(above[name] for name in _NAMES[parent])
    return row
