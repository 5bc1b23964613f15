"""The table of jobs. A runner takes work of all organisations in turn, so the order of work leads its index."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from kontor.platform.database import ROW_NUMBER, instant_column, metadata

job: Final = Table(
    "job",
    metadata,
    Column("id", ROW_NUMBER, primary_key=True, autoincrement=False),
    Column("org_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("payload", Text, nullable=False),  # JSON object
    Column("state", Text, nullable=False),  # waiting | running | dead
    instant_column("run_after"),
    instant_column("again_after", nullable=True),  # asked for once more while it ran
    instant_column("lease_until", nullable=True),
    Column("lease_holder", Text, nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False, server_default=""),
    instant_column("enqueued_at"),
    UniqueConstraint("org_id", "kind", "key"),
    Index("ix_job_state_run_after", "state", "run_after"),
)
