"""What can go wrong between a room and its database.

DatabaseError
├── DatabaseUnavailable   connection lost, disk full, read-only: try later, nothing was kept
├── DatabaseRejected      a value that no column, index or statement takes: repetition changes nothing
├── DatabaseConflict      a constraint of the schema was violated
└── SchemaMismatch        the database was made by another version
"""

from __future__ import annotations

from typing import Final

UNBINDABLE: Final = (OverflowError, UnicodeError)
"""What a driver says of a value before it asks the database: wider than 64 bits, no text at all."""


class DatabaseError(Exception):
    """Base of this part's errors."""


class DatabaseUnavailable(DatabaseError):
    """The database cannot be asked now; the transaction left nothing behind."""


class DatabaseRejected(DatabaseError):
    """The database works and refuses what it was given; the transaction left nothing behind."""


class DatabaseConflict(DatabaseError):
    """A row contradicts a constraint of the schema."""


class SchemaMismatch(DatabaseError):
    """The schema in the database is not the one this program knows."""
