"""Tables of the archive: who, what, where the bytes are. Keys lead with the organisation (`house.md` 3.6).

Columns that a list page or QIDO-RS filters or shows at study level stand in `study` itself, the patient's
included, so that one page is one statement on one table (`house.md` 6).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Integer, Table, Text, UniqueConstraint

from kontor.platform.database import identifier_column, instant_column, metadata, organisation_column

# Bytes order text on both engines alike; only so does an index serve a prefix on PostgreSQL.
_TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")


def _text(name: str) -> Column[str]:
    """Text that is never NULL: absent is the empty string, so that unique keys and sorting are total."""
    return Column(name, _TEXT, nullable=False, server_default="")


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=True)


patient: Final = Table(
    "patient",
    metadata,
    organisation_column(),
    identifier_column(),
    _text("issuer"),
    _text("patient_id"),
    _text("discriminator"),  # '' | 'study:<uid>' without Patient ID | 'other:<hash>' for a clashing person
    _text("name"),  # decoded 'alphabetic=ideographic=phonetic'
    _text("name_key"),  # folded for search and order (clinical.md 11.3.14)
    _text("birth_date"),
    _text("sex"),
    _text("identity"),  # resolved | provisional | unresolved
    Column("merged_into", BigInteger, nullable=True),
    # Reception and digest of the earliest instance with a name, a birth date and a sex: digests break ties, so that the
    # order of commits does not matter.
    instant_column("named_at"),
    _text("named_by"),
    instant_column("birth_date_at"),
    _text("birth_date_by"),
    instant_column("sex_at"),
    _text("sex_by"),
    instant_column("created_at"),
    UniqueConstraint("org_id", "issuer", "patient_id", "discriminator"),
)

study: Final = Table(
    "study",
    metadata,
    organisation_column(),
    identifier_column(),
    Column("patient", BigInteger, nullable=False),
    _text("study_instance_uid"),
    _text("discriminator"),  # '' | 'patient:<hash>' when the UID already belongs to another patient
    _text("study_date"),
    _text("study_time"),
    _text("accession_number"),
    _text("accession_issuer"),
    _text("study_id"),
    _text("description"),
    _text("referring_name"),
    _text("referring_key"),
    _text("institution"),
    _text("timezone"),
    _text("modalities"),  # sorted, separated by a backslash
    _text("sop_classes"),  # sorted, separated by a backslash
    _count("series_count"),
    _count("instance_count"),
    _count("size_bytes"),
    _count("open_variants"),
    _text("patient_name"),
    _text("patient_name_key"),
    _text("patient_id"),
    _text("patient_issuer"),
    _text("patient_birth_date"),
    _text("patient_sex"),
    _text("identity"),
    instant_column("first_received_at"),
    instant_column("last_received_at"),
    instant_column("settled_at", nullable=True),
    _text("missing"),  # JSON {reason: objects}, as it was found when the study settled; '' nothing
    instant_column("described_at"),
    _text("described_by"),
    UniqueConstraint("org_id", "study_instance_uid", "discriminator"),
    ForeignKeyConstraint(["org_id", "patient"], ["patient.org_id", "patient.id"]),
)

series: Final = Table(
    "series",
    metadata,
    organisation_column(),
    identifier_column(),
    Column("study", BigInteger, nullable=False),
    _text("series_instance_uid"),
    _text("modality"),
    _number("series_number"),
    _text("description"),
    _text("body_part"),
    _text("laterality"),
    _text("protocol"),
    _text("station"),
    _text("manufacturer"),
    _text("performed_date"),
    _text("performed_time"),
    _text("frame_of_reference_uid"),
    _count("instance_count"),
    _count("size_bytes"),
    instant_column("first_received_at"),
    instant_column("last_received_at"),
    instant_column("settled_at", nullable=True),
    instant_column("described_at"),
    _text("described_by"),
    UniqueConstraint("org_id", "study", "series_instance_uid"),
    ForeignKeyConstraint(["org_id", "study"], ["study.org_id", "study.id"]),
)

instance: Final = Table(
    "instance",
    metadata,
    organisation_column(),
    identifier_column(),
    Column("series", BigInteger, nullable=False),
    _text("sop_instance_uid"),
    _text("sop_class_uid"),
    _text("transfer_syntax_uid"),
    _number("instance_number"),
    _number("rows"),
    _number("columns"),
    _number("bits_allocated"),
    Column("frames", Integer, nullable=False, server_default="1"),
    _text("geometry_key"),  # sortable position along the stack's normal; '' without geometry
    _text("digest"),  # SHA-256 of the data set as received, hexadecimal
    _count("length"),  # bytes of the data set
    Column("header_length", BigInteger, nullable=True),  # bytes of the data set before its pixel data
    Column("undecodable", Boolean, nullable=False, server_default="0"),
    _text("notes"),  # tolerated deviations, separated by a backslash
    instant_column("received_at"),
    _text("origin"),  # JSON: door, actor, address, calling AE title
    UniqueConstraint("org_id", "sop_instance_uid"),
    ForeignKeyConstraint(["org_id", "series"], ["series.org_id", "series.id"]),
)

variant: Final = Table(
    "variant",
    metadata,
    organisation_column(),
    identifier_column(),
    _text("sop_instance_uid"),
    _text("digest"),
    _count("length"),
    _text("transfer_syntax_uid"),
    _text("study_instance_uid"),
    _text("series_instance_uid"),
    _text("state"),  # open | closed (equal attributes and pixels) | promoted | replaced (by a promotion)
    _text("reason"),
    instant_column("received_at"),
    _text("origin"),
    instant_column("closed_at", nullable=True),
    UniqueConstraint("org_id", "sop_instance_uid", "digest"),
)

# Segments hold records of every organisation: their rows belong to organisation 0, the house itself.
segment: Final = Table(
    "segment",
    metadata,
    organisation_column(),
    Column("id", Text, primary_key=True),
    _text("store"),
    _text("path"),
    Column("sealed", Boolean, nullable=False, server_default="0"),
    _count("admitted_to"),  # bytes of the segment whose records are in the index
    instant_column("created_at"),
)

# One row while the index is being made again: what is found in it then is not all that there is.
rebuilding: Final = Table("rebuilding", metadata, organisation_column(), instant_column("began_at"))

placement: Final = Table(
    "placement",
    metadata,
    organisation_column(),
    Column("digest", Text, primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),  # of the data set inside the segment
    _text("store"),
    _count("length"),
    _text("transfer_syntax_uid"),
    instant_column("verified_at", nullable=True),
)

bundle: Final = Table(
    "bundle",
    metadata,
    organisation_column(),
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    _text("built_from"),  # hash over the digests of the series' instances
    _text("path"),
    _count("length"),
    instant_column("built_at"),
)
