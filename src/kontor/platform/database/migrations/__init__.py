"""Migrations, numbered; run by Alembic."""
