"""Tables of the journal. They are followed across organisations, so their indexes lead with the sequence."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from kontor.platform.database import ROW_NUMBER, instant_column, metadata

journal: Final = Table(
    "journal",
    metadata,
    Column("id", ROW_NUMBER, primary_key=True, autoincrement=False),
    Column("org_id", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=True, unique=True),  # given after commit where writers are many
    instant_column("at"),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),  # JSON object
    Index("ix_journal_kind_seq", "kind", "seq"),
)
Index(
    "ix_journal_unsequenced",
    journal.c.id,
    postgresql_where=journal.c.seq.is_(None),
    sqlite_where=journal.c.seq.is_(None),
)

cursor: Final = Table(
    "cursor",
    metadata,
    Column("follower", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

parked: Final = Table(
    "parked",
    metadata,
    Column("follower", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    instant_column("retry_at"),
    Column("dead", Boolean, nullable=False),  # given up: waits for a person
    Column("error", Text, nullable=False),
    instant_column("parked_at"),
)
