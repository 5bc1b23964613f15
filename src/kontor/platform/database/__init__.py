"""Transactions over SQLite and PostgreSQL: `Database.read(act)`, `Database.write(act)`."""

from kontor.platform.database.connections import CONNECTIONS
from kontor.platform.database.declaration import (
    ROW_NUMBER,
    identifier_column,
    instant_column,
    metadata,
    organisation_column,
)
from kontor.platform.database.dialects import connections_allowed, insert_or_update, order_writers
from kontor.platform.database.engine import Database
from kontor.platform.database.errors import (
    DatabaseConflict,
    DatabaseError,
    DatabaseRejected,
    DatabaseUnavailable,
    SchemaMismatch,
)
from kontor.platform.database.matching import (
    after_prefix,
    contains_member,
    engine_pattern,
    literal_prefix,
    matches_wildcard,
    unindexed,
)
from kontor.platform.database.prepared import Prepared
from kontor.platform.database.schema import create_schema, schema_is_current
from kontor.platform.database.transactions import ReadTransaction, WriteTransaction

__all__ = [
    "CONNECTIONS",
    "ROW_NUMBER",
    "Database",
    "DatabaseConflict",
    "DatabaseError",
    "DatabaseRejected",
    "DatabaseUnavailable",
    "Prepared",
    "ReadTransaction",
    "SchemaMismatch",
    "WriteTransaction",
    "after_prefix",
    "connections_allowed",
    "contains_member",
    "create_schema",
    "engine_pattern",
    "identifier_column",
    "insert_or_update",
    "instant_column",
    "literal_prefix",
    "matches_wildcard",
    "metadata",
    "order_writers",
    "organisation_column",
    "schema_is_current",
    "unindexed",
]
