"""Tables of reading. They name a study as the outside does, by its UID and, of two patients' studies under one, whose.

So they outlast a rebuilt index, whose rows get new numbers; nothing here refers to a row of the archive.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text

from kontor.access import RESTRICTED_BY, unrestricted
from kontor.archive import restricted_as_named_study
from kontor.platform.database import instant_column, metadata, organisation_column


def _text(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=primary_key)


def _of_account(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["org_id", column], ["account.org_id", "account.id"])


# A mark belongs to its author: what another person's client calls by the same name is another mark.
mark: Final = Table(
    "mark",
    metadata,
    organisation_column(),
    Column("author", BigInteger, primary_key=True, autoincrement=False),
    _text("id", primary_key=True),  # made by the client, 32 hexadecimal digits
    _text("study_instance_uid"),
    _text("discriminator"),
    _text("sop_instance_uid"),
    Column("frame", Integer, nullable=False),
    _text("kind"),
    _text("points"),  # JSON: [[column, row], …] from the outer corner of the first pixel
    _text("text"),
    _text("detail"),  # JSON object
    Column("version", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    instant_column("created_at"),
    instant_column("changed_at"),
    _of_account("author"),
    info={RESTRICTED_BY: restricted_as_named_study},
)
Index(
    "ix_mark_study",
    mark.c.org_id,
    mark.c.author,
    mark.c.study_instance_uid,
    mark.c.discriminator,
    mark.c.removed,
)

# No restriction is declared: a restricted scope reads versions through their mark or not at all.
mark_version: Final = Table(
    "mark_version",
    metadata,
    organisation_column(),
    Column("author", BigInteger, primary_key=True, autoincrement=False),
    _text("mark", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("points"),
    _text("text"),
    _text("detail"),
    Column("removed", Boolean, nullable=False),
    instant_column("at"),
    ForeignKeyConstraint(["org_id", "author", "mark"], ["mark.org_id", "mark.author", "mark.id"]),
)

claim: Final = Table(
    "claim",
    metadata,
    organisation_column(),
    _text("study_instance_uid", primary_key=True),
    _text("discriminator", primary_key=True),
    Column("account", BigInteger, nullable=False),
    _text("login"),
    _text("name"),  # as the holder is called while the lease lasts
    Column("term", BigInteger, nullable=False),  # of this taking; a renewal keeps it
    instant_column("since"),
    instant_column("until"),
    _text("taken_from"),  # name of the former holder; '' when nobody held it
    _of_account("account"),
    info={RESTRICTED_BY: restricted_as_named_study},
)

view: Final = Table(
    "view",
    metadata,
    organisation_column(),
    Column("account", BigInteger, primary_key=True, autoincrement=False),
    _text("id", primary_key=True),  # made by the client, 32 hexadecimal digits
    _text("name"),
    _text("filter"),  # the query of the worklist's address
    Column("position", Integer, nullable=False),
    _of_account("account"),
    info={RESTRICTED_BY: unrestricted},
)
