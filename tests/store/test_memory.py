"""What the one writer remembers is never out of date: many changes at once are as good as one after the other."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from gnomon.errors import GnomonError
from gnomon.model.account import Membership, Role
from gnomon.model.entry import TimeEntry
from gnomon.store.changes import Touched, take_change
from gnomon.store.checking import problems
from gnomon.store.database import Database
from gnomon.store.entries import add_entries, all_entries
from gnomon.store.ids import new_id
from gnomon.store.workspaces import find_rights, put_membership
from tests.records import open_copy
from tests.shares import examples
from tests.worlds.loader import load_world
from tests.worlds.world import Tag, User, World

WORLD = World(users=(User(1, "Ada", "ada@example.com"),), tags=(Tag(7, "seven"), Tag(9, "nine")))
REFUSED = "refused"


class Refused(GnomonError):
    """By the test."""


@dataclass(frozen=True)
class Write:
    """Entries that say the same; or, where it `fails`, some that are taken back."""

    text: str
    tag_ids: tuple[int, ...]
    count: int
    fails: bool

    def run(self, connection: Connection) -> list[int]:
        number = take_change(connection, 1, Touched.ENTRIES, 0)
        ids = []
        for _ in range(self.count):
            entry = TimeEntry(
                entry_id=new_id(connection, "entry"),
                user_id=1,
                started_at=1_000,
                stopped_at=2_000,
                description=self.text,
                tag_ids=self.tag_ids,
            )
            add_entries(connection, 1, [entry], number)
            ids.append(entry.entry_id)
        if self.fails:
            raise Refused
        return ids


@dataclass(frozen=True)
class Part:
    """What somebody does inside a larger change, which goes on when it fails."""

    inner: Write

    def run(self, connection: Connection) -> list[int] | None:
        with suppress(Refused), connection.begin_nested():
            return self.inner.run(connection)
        return None


@dataclass(frozen=True)
class LetIn:
    """The person in or out; or, where it `fails`, not."""

    is_active: bool
    fails: bool

    def run(self, connection: Connection) -> None:
        put_membership(connection, membership(is_active=self.is_active))
        assert (find_rights(connection, 1, 1) is not None) is self.is_active
        if self.fails:
            raise Refused


@dataclass(frozen=True)
class Ask:
    """Who may write, as every change asks first."""

    def run(self, connection: Connection) -> bool:
        return find_rights(connection, 1, 1) is not None


@dataclass(frozen=True)
class Lose:
    """The whole transaction, as a full disk does."""

    def run(self, connection: Connection) -> None:
        connection.connection.driver_connection.rollback()  # type: ignore[union-attr]


Change = Write | Part | LetIn | Ask | Lose
WRITES = st.builds(
    Write,
    text=st.sampled_from(["", "Planning", "planning", "ä"]),
    tag_ids=st.sampled_from([(), (7,), (7, 9)]),
    count=st.integers(1, 2),
    fails=st.booleans(),
)
CHANGES = st.one_of(
    WRITES,
    st.builds(Part, WRITES),
    st.builds(LetIn, is_active=st.booleans(), fails=st.booleans()),
    st.just(Ask()),
    st.just(Lose()),
)


async def at_once(database: Database, batch: list[Change]) -> list[Any]:
    """What each change gave, or that it was refused."""
    soon = [database.write_soon(change.run) for change in batch]
    told = await asyncio.gather(*(one for one in soon if one is not None), return_exceptions=True)
    assert len(told) == len(batch)
    return [REFUSED if isinstance(one, Refused) else one for one in told]


@settings(max_examples=examples(40))
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=6), max_size=6))
def test_changes_at_once_are_as_good_as_one_by_one(batches: list[list[Change]]) -> None:
    written: dict[int, Write] = {}
    is_in = True
    with TemporaryDirectory() as folder:
        database = open_copy(Path(folder) / "data", load)
        for batch in batches:
            for change, told in zip(batch, asyncio.run(at_once(database, batch)), strict=True):
                match change:
                    case Write(fails=False) | Part(Write(fails=False)):
                        assert written.keys().isdisjoint(told)
                        said = change if isinstance(change, Write) else change.inner
                        assert len(told) == said.count
                        written |= dict.fromkeys(told, said)
                    case Part():
                        assert told is None
                    case Ask():
                        assert told is is_in
                    case LetIn(is_active, fails=False):
                        assert told is None
                        is_in = is_active
                    case Lose():
                        assert isinstance(told, Exception)
                    case _:
                        assert told == REFUSED
        with database.read() as connection:
            kept = {entry.entry_id: entry for entry, _, _ in all_entries(connection, 1)}
            assert {
                number: (entry.description, entry.tag_ids) for number, entry in kept.items()
            } == {number: (write.text, write.tag_ids) for number, write in written.items()}
            assert list(problems(connection)) == []
        database.close()


def load(connection: Connection) -> None:
    load_world(connection, WORLD)


def membership(*, is_active: bool) -> Membership:
    return Membership(workspace_id=1, user_id=1, role=Role.MEMBER, is_active=is_active)
