"""The one collection of tables. Every room declares its own tables on it; migrations and tests read it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, MetaData

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


ROW_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")
"""Of a table's only key: SQLite takes an INTEGER as its own row number and needs no index for it, a BIGINT it does."""


def organisation_column() -> Column[int]:
    """The column that leads every key and every index (`house.md` 3.6)."""
    return Column("org_id", BigInteger, primary_key=True, autoincrement=False, nullable=False)


def identifier_column() -> Column[int]:
    """A row's own identifier, made by `kontor.platform.identifiers.new_id`."""
    return Column("id", BigInteger, primary_key=True, autoincrement=False, nullable=False)


def instant_column(name: str, *, nullable: bool = False) -> Column[int]:
    """A point in time as microseconds since 1970-01-01 UTC."""
    return Column(name, BigInteger, nullable=nullable)
