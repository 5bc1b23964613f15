"""What a room may do inside a transaction: read, or read and write. It never begins, commits or retries itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Row, Table

from kontor.platform.database.errors import UNBINDABLE, DatabaseRejected
from kontor.platform.database.prepared import Prepared

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection, CursorResult, Executable

if TYPE_CHECKING:
    AnyRow = Row[*tuple[Any, ...]]
    AnyResult = CursorResult[*tuple[Any, ...]]

type_of_parameters = Mapping[str, object] | Sequence[Mapping[str, object]]


class InsertIfAbsent(Protocol):
    """How a dialect inserts a row unless its key is there."""

    def __call__(self, table: Table, keys: Sequence[str]) -> Executable:
        """Return the statement."""


class ReadTransaction:
    """A consistent view of the database. Writing through it is an error of the caller."""

    def __init__(self, connection: Connection, dialect_name: str) -> None:
        self._connection = connection
        self.dialect_name = dialect_name

    def execute(self, statement: Executable, parameters: type_of_parameters | None = None) -> AnyResult:
        """Run one statement, or one per member when `parameters` is a sequence."""
        try:
            return self._connection.execute(statement, parameters)
        except UNBINDABLE as error:
            raise DatabaseRejected(str(error)) from error

    def all(self, statement: Executable | Prepared, parameters: Mapping[str, object] | None = None) -> Sequence[AnyRow]:
        """Return every row of a query."""
        if isinstance(statement, Prepared):
            return statement.fetch(self._connection, parameters or {})
        return self.execute(statement, parameters).all()

    def first(self, statement: Executable | Prepared, parameters: Mapping[str, object] | None = None) -> AnyRow | None:
        """Return the first row of a query, or None."""
        if isinstance(statement, Prepared):
            rows = statement.fetch(self._connection, parameters or {})
            return rows[0] if rows else None
        return self.execute(statement, parameters).first()

    def scalar(self, statement: Executable, parameters: Mapping[str, object] | None = None) -> Any:
        """Return the first column of the first row, or None."""
        return self.execute(statement, parameters).scalar()


class WriteTransaction(ReadTransaction):
    """A transaction that is committed when the act returns and rolled back when it raises."""

    def __init__(self, connection: Connection, dialect_name: str, insert_if_absent: InsertIfAbsent) -> None:
        super().__init__(connection, dialect_name)
        self._insert_if_absent = insert_if_absent

    def run(self, statement: Prepared, parameters: Mapping[str, object] | Sequence[Mapping[str, object]]) -> int:
        """Run a prepared statement once, or once per member of a sequence; return how many rows it touched."""
        return statement.run(self._connection, parameters)

    def insert_if_absent(self, table: Table, values: Mapping[str, object], keys: Sequence[str]) -> bool:
        """Insert a row unless one with equal `keys` is there. Return whether it was inserted.

        On PostgreSQL this waits for a concurrent transaction that inserts the same key.
        """
        # Without the option SQLAlchemy forgets the count of an INSERT, and PostgreSQL's would always be -1.
        statement = self._insert_if_absent(table, keys).execution_options(preserve_rowcount=True)
        return self.execute(statement, values).rowcount == 1
