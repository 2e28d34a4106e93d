"""64-bit ids from counters, one per kind of thing; a gap is allowed, a repetition never."""

from sqlalchemy import BigInteger, Connection, bindparam, update

from gnomon.errors import RecordBroken
from gnomon.store.memory import memory_of
from gnomon.store.prepared import Prepared
from gnomon.store.schema import id_counters


def new_ids(connection: Connection, kind: str, count: int = 1) -> range:
    """`count` ids nobody else has.

    PostgreSQL: taken in a transaction of their own, because the counter's lock would else make every writer of every
    workspace wait for the slowest import.
    """
    if connection.dialect.name == "postgresql":
        with connection.engine.begin() as own:
            return _take(own, kind, count)
    return _take(connection, kind, count)


def new_id(connection: Connection, kind: str) -> int:
    """Of changes that share a transaction the first takes one for each; `new_ids` in between takes higher ones."""
    memory = memory_of(connection)
    if memory is None:
        return new_ids(connection, kind)[0]
    left = memory.ids.get(kind)
    number = None if left is None else next(left, None)
    if number is None:
        taken = memory.ids[kind] = iter(new_ids(connection, kind, memory.change_count))
        number = next(taken)
    return number


_COUNT = Prepared(
    update(id_counters)
    .where(id_counters.c.kind == bindparam("wanted"))
    .values(next_id=id_counters.c.next_id + bindparam("more", type_=BigInteger))
    .returning(id_counters.c.next_id)
)


def _take(connection: Connection, kind: str, count: int) -> range:
    counted = _COUNT.one(connection, {"wanted": kind, "more": count})
    if counted is None:
        raise RecordBroken(f"The record has no id counter for {kind}.")
    return range(counted.next_id - count, counted.next_id)


def skip_ids(connection: Connection, kind: str, last_id: int) -> None:
    """Make sure that ids up to `last_id`, which came from elsewhere, are never given out again."""
    memory = memory_of(connection)
    if memory is not None:
        memory.ids.pop(kind, None)
    connection.execute(
        update(id_counters)
        .where(id_counters.c.kind == kind, id_counters.c.next_id <= last_id)
        .values(next_id=last_id + 1)
    )


class IdStock:
    """Ids for makers of many things: taken a block at a time; what is left at the end becomes a gap."""

    BLOCK = 500

    def __init__(self, connection: Connection, kind: str) -> None:
        self._connection = connection
        self._kind = kind
        self._left = iter(range(0))

    def next_id(self) -> int:
        taken = next(self._left, None)
        if taken is None:
            self._left = iter(new_ids(self._connection, self._kind, self.BLOCK))
            return next(self._left)
        return taken
