"""The corridor's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("display_name", sa.Text(), server_default="", nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("preferences", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_sign_in_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("org_id", "name", name=op.f("uq_account_org_id_name")),
    )
    op.create_table(
        "audit",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_org_id_subject_act_at", "audit", ["org_id", "subject", "act", "at"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("head_mac", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "bundle",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("series", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "built_from",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("length", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("built_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "series", name=op.f("pk_bundle")),
    )
    op.create_table(
        "cursor",
        sa.Column("follower", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("follower", name=op.f("pk_cursor")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("org_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("run_after", sa.BigInteger(), nullable=False),
        sa.Column("again_after", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("lease_holder", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("enqueued_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("org_id", "kind", "key", name=op.f("uq_job_org_id_kind_key")),
    )
    op.create_index("ix_job_state_run_after", "job", ["state", "run_after"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("org_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("seq", name=op.f("uq_journal_seq")),
    )
    op.create_index("ix_journal_kind_seq", "journal", ["kind", "seq"], unique=False)
    op.create_index(
        "ix_journal_unsequenced",
        "journal",
        ["id"],
        unique=False,
        postgresql_where=sa.text("seq IS NULL"),
        sqlite_where=sa.text("seq IS NULL"),
    )
    op.create_table(
        "organisation",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("proved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "parked",
        sa.Column("follower", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=False),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("parked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("follower", "seq", name=op.f("pk_parked")),
    )
    op.create_table(
        "patient",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "issuer", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "patient_id",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "discriminator",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "name_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "birth_date",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "sex", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "identity", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "named_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("birth_date_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "birth_date_by",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("sex_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "sex_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_patient")),
        sa.UniqueConstraint(
            "org_id",
            "issuer",
            "patient_id",
            "discriminator",
            name=op.f("uq_patient_org_id_issuer_patient_id_discriminator"),
        ),
    )
    op.create_index("ix_patient_name", "patient", ["org_id", "name_key", "id"], unique=False)
    op.create_table(
        "peer",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("ae_title", sa.Text(), nullable=False),
        sa.Column("called_ae_title", sa.Text(), server_default="", nullable=False),
        sa.Column("host", sa.Text(), server_default="", nullable=False),
        sa.Column("port", sa.Integer(), nullable=True),
        sa.Column("may", sa.Text(), server_default="", nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_peer")),
        sa.UniqueConstraint(
            "org_id", "ae_title", "called_ae_title", "host", name=op.f("uq_peer_org_id_ae_title_called_ae_title_host")
        ),
    )
    op.create_table(
        "placement",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "store", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("length", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "transfer_syntax_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "digest", "segment", "offset", name=op.f("pk_placement")),
    )
    op.create_table(
        "rebuilding",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_rebuilding")),
    )
    op.create_table(
        "refused_sender",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("calling_ae_title", sa.Text(), server_default="", nullable=False),
        sa.Column("called_ae_title", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_refused_sender")),
        sa.UniqueConstraint(
            "org_id",
            "calling_ae_title",
            "called_ae_title",
            "address",
            "reason",
            name=op.f("uq_refused_sender_org_id_calling_ae_title_called_ae_title_address_reason"),
        ),
    )
    op.create_index("ix_refused_sender_org_id_last_seen_at", "refused_sender", ["org_id", "last_seen_at"], unique=False)
    op.create_table(
        "segment",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "store", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("sealed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("admitted_to", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_segment")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("blocked_until_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "subject", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_org_id_last_at", "sign_in_attempt", ["org_id", "last_at"], unique=False)
    op.create_table(
        "variant",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "sop_instance_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("length", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "transfer_syntax_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "study_instance_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "series_instance_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "state", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "reason", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "origin", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_variant")),
        sa.UniqueConstraint(
            "org_id", "sop_instance_uid", "digest", name=op.f("uq_variant_org_id_sop_instance_uid_digest")
        ),
    )
    op.create_table(
        "claim",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("study_instance_uid", sa.Text(), nullable=False),
        sa.Column("discriminator", sa.Text(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("taken_from", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "account"], ["account.org_id", "account.id"], name=op.f("fk_claim_org_id_account")
        ),
        sa.PrimaryKeyConstraint("org_id", "study_instance_uid", "discriminator", name=op.f("pk_claim")),
    )
    op.create_table(
        "credential",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("password_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "account"],
            ["account.org_id", "account.id"],
            name=op.f("fk_credential_org_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "account", name=op.f("pk_credential")),
    )
    op.create_table(
        "grant_",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("restriction", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "account"],
            ["account.org_id", "account.id"],
            name=op.f("fk_grant__org_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "account", "role", name=op.f("pk_grant_")),
    )
    op.create_table(
        "mark",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study_instance_uid", sa.Text(), nullable=False),
        sa.Column("discriminator", sa.Text(), nullable=False),
        sa.Column("sop_instance_uid", sa.Text(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "author"], ["account.org_id", "account.id"], name=op.f("fk_mark_org_id_author")
        ),
        sa.PrimaryKeyConstraint("org_id", "author", "id", name=op.f("pk_mark")),
    )
    op.create_index(
        "ix_mark_study", "mark", ["org_id", "author", "study_instance_uid", "discriminator", "removed"], unique=False
    )
    op.create_table(
        "session",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("secret_digest", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "account"],
            ["account.org_id", "account.id"],
            name=op.f("fk_session_org_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_session")),
        sa.UniqueConstraint("org_id", "secret_digest", name=op.f("uq_session_org_id_secret_digest")),
    )
    op.create_index("ix_session_org_id_account", "session", ["org_id", "account"], unique=False)
    op.create_index("ix_session_org_id_expires_at", "session", ["org_id", "expires_at"], unique=False)
    op.create_table(
        "study",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("patient", sa.BigInteger(), nullable=False),
        sa.Column(
            "study_instance_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "discriminator",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "study_date",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "study_time",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "accession_number",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "accession_issuer",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "study_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "description",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "referring_name",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "referring_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "institution",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "timezone", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "modalities",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "sop_classes",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("series_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("instance_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("open_variants", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "patient_name",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "patient_name_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "patient_id",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "patient_issuer",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "patient_birth_date",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "patient_sex",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "identity", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("first_received_at", sa.BigInteger(), nullable=False),
        sa.Column("last_received_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "missing", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("described_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "described_by",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "patient"], ["patient.org_id", "patient.id"], name=op.f("fk_study_org_id_patient")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_study")),
        sa.UniqueConstraint(
            "org_id",
            "study_instance_uid",
            "discriminator",
            name=op.f("uq_study_org_id_study_instance_uid_discriminator"),
        ),
    )
    op.create_index(
        "ix_study_accession", "study", ["org_id", "accession_number", "study_date", "study_time", "id"], unique=False
    )
    op.create_index(
        "ix_study_arriving",
        "study",
        ["org_id", "settled_at", "study_date", "study_time", "id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_study_birth_date", "study", ["org_id", "patient_birth_date", "study_date", "study_time", "id"], unique=False
    )
    op.create_index(
        "ix_study_date",
        "study",
        ["org_id", "study_date", "study_time", "id", "patient_name_key", "modalities"],
        unique=False,
    )
    op.create_index(
        "ix_study_description", "study", ["org_id", "description", "study_date", "study_time", "id"], unique=False
    )
    op.create_index(
        "ix_study_identity",
        "study",
        ["org_id", "identity", "study_date", "study_time", "id"],
        unique=False,
        sqlite_where=sa.text("identity != 'resolved'"),
        postgresql_where=sa.text("identity != 'resolved'"),
    )
    op.create_index(
        "ix_study_name", "study", ["org_id", "patient_name_key", "study_date", "study_time", "id"], unique=False
    )
    op.create_index("ix_study_patient", "study", ["org_id", "patient"], unique=False)
    op.create_index(
        "ix_study_patient_id", "study", ["org_id", "patient_id", "study_date", "study_time", "id"], unique=False
    )
    op.create_index(
        "ix_study_received",
        "study",
        ["org_id", "first_received_at", "id", "patient_name_key", "modalities", "study_date"],
        unique=False,
    )
    op.create_index(
        "ix_study_referring", "study", ["org_id", "referring_key", "study_date", "study_time", "id"], unique=False
    )
    op.create_index(
        "ix_study_study_id", "study", ["org_id", "study_id", "study_date", "study_time", "id"], unique=False
    )
    op.create_table(
        "token",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("secret_digest", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "account"],
            ["account.org_id", "account.id"],
            name=op.f("fk_token_org_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_token")),
        sa.UniqueConstraint("org_id", "secret_digest", name=op.f("uq_token_org_id_secret_digest")),
    )
    op.create_index("ix_token_org_id_account", "token", ["org_id", "account"], unique=False)
    op.create_table(
        "view",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "account"], ["account.org_id", "account.id"], name=op.f("fk_view_org_id_account")
        ),
        sa.PrimaryKeyConstraint("org_id", "account", "id", name=op.f("pk_view")),
    )
    op.create_table(
        "mark_version",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "author", "mark"],
            ["mark.org_id", "mark.author", "mark.id"],
            name=op.f("fk_mark_version_org_id_author_mark"),
        ),
        sa.PrimaryKeyConstraint("org_id", "author", "mark", "version", name=op.f("pk_mark_version")),
    )
    op.create_table(
        "series",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("study", sa.BigInteger(), nullable=False),
        sa.Column(
            "series_instance_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "modality", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("series_number", sa.Integer(), nullable=True),
        sa.Column(
            "description",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "body_part", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "laterality",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "protocol", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "station", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column(
            "manufacturer",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "performed_date",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "performed_time",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "frame_of_reference_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("instance_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("first_received_at", sa.BigInteger(), nullable=False),
        sa.Column("last_received_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("described_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "described_by",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["org_id", "study"], ["study.org_id", "study.id"], name=op.f("fk_series_org_id_study")),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_series")),
        sa.UniqueConstraint(
            "org_id", "study", "series_instance_uid", name=op.f("uq_series_org_id_study_series_instance_uid")
        ),
    )
    op.create_index("ix_series_modality", "series", ["org_id", "modality", "study"], unique=False)
    op.create_index("ix_series_uid", "series", ["org_id", "series_instance_uid"], unique=False)
    op.create_table(
        "instance",
        sa.Column("org_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("series", sa.BigInteger(), nullable=False),
        sa.Column(
            "sop_instance_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "sop_class_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "transfer_syntax_uid",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("instance_number", sa.Integer(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("columns", sa.Integer(), nullable=True),
        sa.Column("bits_allocated", sa.Integer(), nullable=True),
        sa.Column("frames", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "geometry_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("length", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("header_length", sa.BigInteger(), nullable=True),
        sa.Column("undecodable", sa.Boolean(), server_default="0", nullable=False),
        sa.Column(
            "notes", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "origin", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), server_default="", nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "series"], ["series.org_id", "series.id"], name=op.f("fk_instance_org_id_series")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_instance")),
        sa.UniqueConstraint("org_id", "sop_instance_uid", name=op.f("uq_instance_org_id_sop_instance_uid")),
    )
    op.create_index("ix_instance_series", "instance", ["org_id", "series", "id"], unique=False)
