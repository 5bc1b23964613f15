"""Statements of the hot path: compiled once for each dialect, then handed to the driver without ceremony.

SQLAlchemy's own execution costs 0.1 to 0.2 ms a statement even when its compilation is cached; reception runs eight of
them for each object. What is prepared here is still written in SQLAlchemy Core and still travels through the runner.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kontor.platform.database.errors import UNBINDABLE, DatabaseRejected

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable
    from sqlalchemy.engine.interfaces import Dialect
    from sqlalchemy.sql.compiler import SQLCompiler

Parameters = Mapping[str, object]
_Processor = Callable[[Any], Any]


class Prepared:
    """A statement that never changes but for its parameters. Make it once, at the module's level."""

    def __init__(self, statement: Executable) -> None:
        self.statement: Final = statement
        self._forms: dict[tuple[str, tuple[str, ...]], _Form] = {}

    def run(self, connection: Connection, rows: Parameters | Sequence[Parameters]) -> int:
        """Run once, or once for each member of a sequence; return how many rows were touched.

        The members of a sequence have equal keys.
        """
        several = not isinstance(rows, Mapping) and len(rows) > 1  # one alone costs a driver's batch more than a call
        first: Parameters = rows if isinstance(rows, Mapping) else rows[0]
        form = self._form(connection.dialect, tuple(first))
        cursor = connection.connection.cursor()
        try:
            if several:
                cursor.executemany(form.sql, [form.arguments(row) for row in rows])  # type: ignore[arg-type] # as above
            else:
                cursor.execute(form.sql, form.arguments(first))
            return cursor.rowcount
        except connection.dialect.loaded_dbapi.Error as error:
            _raise_wrapped(connection, error, form.sql, cursor)
            raise
        except UNBINDABLE as error:
            raise DatabaseRejected(str(error)) from error
        finally:
            cursor.close()

    def fetch(self, connection: Connection, parameters: Parameters) -> list[Any]:
        """Run a query and return its rows as named tuples."""
        form = self._form(connection.dialect, tuple(parameters))
        cursor = connection.connection.cursor()
        try:
            cursor.execute(form.sql, form.arguments(parameters))
            return [form.row(values) for values in cursor.fetchall()]
        except connection.dialect.loaded_dbapi.Error as error:
            _raise_wrapped(connection, error, form.sql, cursor)
            raise
        except UNBINDABLE as error:
            raise DatabaseRejected(str(error)) from error
        finally:
            cursor.close()

    def _form(self, dialect: Dialect, names: tuple[str, ...]) -> _Form:
        key = (dialect.name, names)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _Form(self.statement, dialect, names)
        return form


class _Form:
    """One statement in one dialect with one set of parameter names."""

    def __init__(self, statement: Executable, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined] # every statement compiles
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise ValueError("a statement with expanding parameters cannot be prepared")
        self.sql = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if name not in names}
        self._positions = tuple(compiled.positiontup) if compiled.positional and compiled.positiontup else None
        self._row, self._processors = _row_shape(compiled, dialect)

    def arguments(self, parameters: Parameters) -> Any:
        """The driver's arguments: a tuple where it counts positions, else a mapping."""
        if self._positions is None:
            return {**self._fixed, **parameters}
        fixed = self._fixed
        return tuple([parameters[name] if name in parameters else fixed[name] for name in self._positions])

    def row(self, values: Iterable[Any]) -> Any:
        """A named tuple of one row's values, as their columns' types have them."""
        if not self._processors:
            return self._row(*values)
        read = list(values)
        for index, process in self._processors:
            read[index] = process(read[index])
        return self._row(*read)


def _row_shape(compiled: SQLCompiler, dialect: Dialect) -> tuple[Callable[..., Any], list[tuple[int, _Processor]]]:
    columns = compiled._result_columns  # the compiler's own list of what a query returns
    shape: Callable[..., Any] = namedtuple("Row", [column.keyname for column in columns], rename=True)  # type: ignore[misc] # names are known at run time only
    processors: list[tuple[int, _Processor]] = []
    for index, column in enumerate(columns):
        process = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if process is not None:
            processors.append((index, process))
    return shape, processors


def _raise_wrapped(connection: Connection, error: Exception, sql: str, cursor: Any) -> None:
    """Let SQLAlchemy turn the driver's error into its own and drop a connection that is lost."""
    connection._handle_dbapi_exception(error, sql, None, cursor, None)  # the one place that knows how
