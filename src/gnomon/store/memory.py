"""What changes that are written one after the other learn from each other, where nobody else writes (SQLite).

It may hold what is not committed yet, so whatever is rolled back, however little of it, empties it; and who writes what
it holds takes that out. On PostgreSQL, and where the record is only read, there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

TEXTS_MAX = 10_000
KEY = "memory"


@dataclass(slots=True)
class Memory:
    """`rights`: how people stand, by workspace and user. `text_ids`: by workspace, kind and text. `ids`: taken in this
    transaction for the `change_count` changes it holds, by kind; what is left of them becomes a gap.
    """

    rights: dict[tuple[int, int], Any] = field(default_factory=dict)
    text_ids: dict[tuple[int, str, str], int] = field(default_factory=dict)
    ids: dict[str, Iterator[int]] = field(default_factory=dict)
    change_count: int = 1

    def begin(self, change_count: int) -> None:
        """Another transaction."""
        self.change_count = change_count
        self.ids.clear()
        if len(self.text_ids) > TEXTS_MAX:
            self.text_ids.clear()

    def forget(self) -> None:
        self.rights.clear()
        self.text_ids.clear()
        self.ids.clear()


def memory_of(connection: Connection) -> Memory | None:
    memory: Memory | None = connection.info.get(KEY)
    return memory


def give_memory(connection: Connection) -> Memory:
    """A new one, for a connection beside which nobody writes."""
    memory = connection.info[KEY] = Memory()
    return memory


def forget_on_rollback(engine: Engine) -> None:
    """Of a part of a transaction; who loses a whole one gives its connection a new memory."""

    def forget(connection: Connection, *_: object) -> None:
        memory = memory_of(connection)
        if memory is not None:
            memory.forget()

    event.listen(engine, "rollback_savepoint", forget)


def forget_rights(connection: Connection) -> None:
    """Somebody may stand differently from now on."""
    memory = memory_of(connection)
    if memory is not None:
        memory.rights.clear()
