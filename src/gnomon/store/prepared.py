"""Statements of the hot path, compiled once: to make one anew, and a result around it, takes ten times as long as SQLite.

A request that writes one time entry runs up to eight of them; `benchmarks/track.py` tells what that is worth.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Connection
from sqlalchemy.sql.dml import Insert, Update
from sqlalchemy.sql.selectable import Select

from gnomon.errors import RecordBroken


def _row_class(names: Sequence[str]) -> Callable[..., Any]:
    return namedtuple("Row", names)  # noqa: PYI024  # the names are known when it runs


class Prepared:
    """An SQLAlchemy statement whose values are all bind parameters; rows come back as named tuples."""

    def __init__(self, statement: Select[Any] | Insert | Update) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, list[str] | None]] = {}
        columns = list(
            statement.selected_columns
            if isinstance(statement, Select)
            else getattr(statement, "_returning", ())
        )
        self._row = _row_class([column.name for column in columns])
        self._flags = [
            place for place, column in enumerate(columns) if isinstance(column.type, Boolean)
        ]
        self._has_rows = bool(columns)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """In the connection's transaction; the rows, or none for a statement that gives none.

        Raises what the driver raises, not SQLAlchemy's words for it.
        """
        text, order = self._text(connection)
        driver: Any = connection.connection.driver_connection
        cursor = driver.execute(text, values if order is None else [values[name] for name in order])
        try:
            return [self._made(row) for row in cursor.fetchall()] if self._has_rows else []
        finally:
            cursor.close()

    def one(self, connection: Connection, values: Mapping[str, Any]) -> Any | None:
        """The only row; None where there is none."""
        rows = self.run(connection, values)
        if len(rows) > 1:
            raise RecordBroken("One row was looked for and several were found.")
        return rows[0] if rows else None

    def _text(self, connection: Connection) -> tuple[str, list[str] | None]:
        name = connection.dialect.name
        if name not in self._compiled:
            compiled = self._statement.compile(dialect=connection.dialect)
            order = list(compiled.positiontup or ()) if compiled.positional else None
            self._compiled[name] = (str(compiled), order)
        return self._compiled[name]

    def _made(self, row: Sequence[Any]) -> Any:
        """SQLite has no booleans of its own."""
        if not self._flags:
            return self._row(*row)
        values = list(row)
        for place in self._flags:
            if values[place] is not None:
                values[place] = bool(values[place])
        return self._row(*values)
