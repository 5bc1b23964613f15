"""How Alembic runs our migrations: on the connection it is given, in one transaction."""

from alembic import context

from kontor.platform.database.declaration import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
