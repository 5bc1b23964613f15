"""Tables of access. Keys lead with the organisation; secrets are stored as digests only.

What a caller presents (cookie, token) carries its organisation's number in clear, so that even the look-up that
finds out who is calling is a query within one organisation.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text, UniqueConstraint

from kontor.access.scope import RESTRICTED_BY, unrestricted
from kontor.platform.database import identifier_column, instant_column, metadata, organisation_column

_NO_PATIENTS: Final = {RESTRICTED_BY: unrestricted}


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _account_reference(name: str = "account") -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _of_account() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["org_id", "account"], ["account.org_id", "account.id"], ondelete="CASCADE")


organisation: Final = Table(
    "organisation",
    metadata,
    Column("org_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    instant_column("created_at"),
    instant_column("proved_at"),  # written and read back by the readiness proof
    info=_NO_PATIENTS,
)

account: Final = Table(
    "account",
    metadata,
    organisation_column(),
    identifier_column(),
    _text("name"),  # lower case
    _text("display_name"),
    Column("open", Boolean, nullable=False),
    _text("preferences"),  # JSON object
    instant_column("created_at"),
    instant_column("last_sign_in_at", nullable=True),
    UniqueConstraint("org_id", "name"),
    info=_NO_PATIENTS,
)

credential: Final = Table(
    "credential",
    metadata,
    organisation_column(),
    Column("account", BigInteger, primary_key=True, autoincrement=False),
    _text("password_hash"),  # argon2id, PHC string format
    instant_column("set_at"),
    _of_account(),
    info=_NO_PATIENTS,
)

grant_: Final = Table(
    "grant_",
    metadata,
    organisation_column(),
    Column("account", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    _text("restriction"),  # JSON object {modalities, sites, studies}; '' does not limit
    _of_account(),
    info=_NO_PATIENTS,
)

session: Final = Table(
    "session",
    metadata,
    organisation_column(),
    identifier_column(),
    _account_reference(),
    Column("secret_digest", Text, nullable=False),  # SHA-256 of the cookie's secret, hexadecimal
    _text("address"),
    instant_column("created_at"),
    instant_column("seen_at"),
    instant_column("expires_at"),
    UniqueConstraint("org_id", "secret_digest"),
    _of_account(),
    info=_NO_PATIENTS,
)
Index("ix_session_org_id_account", session.c.org_id, session.c.account)
Index("ix_session_org_id_expires_at", session.c.org_id, session.c.expires_at)

token: Final = Table(
    "token",
    metadata,
    organisation_column(),
    identifier_column(),
    _account_reference(),
    Column("secret_digest", Text, nullable=False),
    _text("label"),
    instant_column("created_at"),
    instant_column("expires_at", nullable=True),
    instant_column("last_used_at", nullable=True),
    UniqueConstraint("org_id", "secret_digest"),
    _of_account(),
    info=_NO_PATIENTS,
)
Index("ix_token_org_id_account", token.c.org_id, token.c.account)

sign_in_attempt: Final = Table(
    "sign_in_attempt",
    metadata,
    organisation_column(),
    Column("subject", Text, primary_key=True),  # 'account:<keyed hash>' or 'address:<keyed hash>'
    Column("failures", Integer, nullable=False),
    instant_column("last_at"),
    instant_column("blocked_until_at"),
    info=_NO_PATIENTS,
)
Index("ix_sign_in_attempt_org_id_last_at", sign_in_attempt.c.org_id, sign_in_attempt.c.last_at)

peer: Final = Table(
    "peer",
    metadata,
    organisation_column(),
    identifier_column(),
    _text("name"),  # for people
    Column("ae_title", Text, nullable=False),
    _text("called_ae_title"),  # '' is the server's own
    _text("host"),  # name, address or network from which it may call; '' is any
    Column("port", Integer, nullable=True),
    _text("may"),  # services, sorted, separated by a comma
    Column("open", Boolean, nullable=False),
    instant_column("created_at"),
    instant_column("last_seen_at", nullable=True),
    UniqueConstraint("org_id", "ae_title", "called_ae_title", "host"),
    info=_NO_PATIENTS,
)

refused_sender: Final = Table(
    "refused_sender",
    metadata,
    organisation_column(),
    identifier_column(),
    _text("calling_ae_title"),
    _text("called_ae_title"),
    _text("address"),
    _text("reason"),
    Column("count", BigInteger, nullable=False),
    instant_column("first_seen_at"),
    instant_column("last_seen_at"),
    UniqueConstraint("org_id", "calling_ae_title", "called_ae_title", "address", "reason"),
    info=_NO_PATIENTS,
)
Index("ix_refused_sender_org_id_last_seen_at", refused_sender.c.org_id, refused_sender.c.last_seen_at)

audit: Final = Table(
    "audit",
    metadata,
    organisation_column(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),  # 1, 2, 3 … within the organisation
    instant_column("at"),
    Column("actor_kind", Text, nullable=False),
    Column("actor", BigInteger, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),  # canonical JSON object
    Column("mac", Text, nullable=False),  # HMAC-SHA-256 over the row and the mac before, hexadecimal
)
Index("ix_audit_org_id_subject_act_at", audit.c.org_id, audit.c.subject, audit.c.act, audit.c.at)

audit_head: Final = Table(
    "audit_head",
    metadata,
    organisation_column(),
    Column("seq", BigInteger, nullable=False),  # of the newest row, 0 before the first
    Column("mac", Text, nullable=False),  # of the newest row
    Column("head_mac", Text, nullable=False),  # HMAC over both: cutting rows off the end is found
)
