"""Everything that can be done to a world's record."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from sqlalchemy import Connection

from gnomon.model.account import Account, Membership, Role
from gnomon.model.catalog import Client, Project, Tag, Task, UserGroup
from gnomon.model.entry import TimeEntry
from gnomon.model.rate import COST_LEVELS, LEVEL_KEYS, Rate, RateKind, RateLevel
from gnomon.store.accounts import add_account, find_account, put_account
from gnomon.store.catalog import put_nouns
from gnomon.store.changes import Touched, take_change, take_change_of_user
from gnomon.store.entries import add_entries, delete_entries, replace_entries
from gnomon.store.rates import add_rates, load_rates, remove_rates
from gnomon.store.workspaces import find_workspace, put_membership, put_workspace
from tests.worlds.loader import NOW
from tests.worlds.world import World

Write = Callable[[Connection], None]
ZONES = ("America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC")


class Changes:
    """Each is one acknowledged write."""

    def __init__(self, world: World, draw) -> None:
        self.world = world
        self.draw = draw
        self.entry_ids = [entry.entry_id for entry in world.entries]
        self.fresh_ids = iter(range(10**6, 2 * 10**6))  # below the record's own counters
        self.user_ids = [user.user_id for user in world.users]

    def draw_write(self) -> Write:
        """What to do, drawn whole before the writer's thread does it."""
        change: Callable[[], Write] = self.draw(
            st.sampled_from(
                [
                    self.add, self.edit, self.edit, self.heap, self.delete, self.clear, self.move_zone, self.rename,
                    self.reprice, self.reprice, self.unprice, self.move_project, self.newcomer, self.recurrency,
                    self.new_tag,
                ]
            )
        )  # fmt: skip
        return change()

    def take(self, connection: Connection, touched: Touched) -> int:
        return take_change(connection, self.world.workspace_id, touched, NOW)

    def draw_entry(self, entry_id: int) -> TimeEntry:
        start = self.draw(st.integers(1_300_000_000, 1_760_000_000))
        tasks = [*self.world.tasks, None]
        task = self.draw(st.sampled_from(tasks))
        projects = [None, *(project.project_id for project in self.world.projects)]
        tags = [tag.tag_id for tag in self.world.tags]
        return TimeEntry(
            entry_id=entry_id,
            user_id=self.draw(st.sampled_from(self.user_ids)),
            started_at=start,
            stopped_at=self.draw(
                st.sampled_from([None, start, start + 1, start + 4_000, start + 90_000])
            ),
            description=self.draw(st.sampled_from(["", "a", "new one", "Ärger", "zz\n", *"bcd"])),
            project_id=task.project_id if task else self.draw(st.sampled_from(projects)),
            task_id=task.task_id if task else None,
            tag_ids=tuple(self.draw(st.lists(st.sampled_from(tags), unique=True))) if tags else (),
            is_billable=self.draw(st.booleans()),
            updated_at=NOW,
        )

    def add(self) -> Write:
        new = self.draw_entry(next(self.fresh_ids))
        self.entry_ids.append(new.entry_id)

        def write(connection: Connection) -> None:
            number = self.take(connection, Touched.ENTRIES)
            add_entries(connection, self.world.workspace_id, [new], number)

        return write

    def edit(self) -> Write:
        if not self.entry_ids:
            return self.add()
        changed = self.draw_entry(self.draw(st.sampled_from(self.entry_ids)))

        def write(connection: Connection) -> None:
            number = self.take(connection, Touched.ENTRIES)
            replace_entries(connection, self.world.workspace_id, [changed], number)

        return write

    def heap(self) -> Write:
        """Many at once, old and new ones, over all the years."""
        dice = random.Random(self.draw(st.integers(0, 10**6)))
        first = self.draw_entry(next(self.fresh_ids))
        ids = [
            next(self.fresh_ids) if dice.random() < 0.6 else None
            for _ in range(dice.randint(9, 30))
        ]
        chosen = {one or dice.choice([first.entry_id, *self.entry_ids]) for one in ids}
        self.entry_ids = sorted({*self.entry_ids, *chosen})
        projects = [None, *(project.project_id for project in self.world.projects)]
        heap = []
        for entry_id in chosen:
            start = dice.randint(1_300_000_000, 1_760_000_000)
            heap.append(
                replace(
                    first,
                    entry_id=entry_id,
                    user_id=dice.choice(self.user_ids),
                    started_at=start,
                    stopped_at=dice.choice([None, start, start + 4_000]),
                    description=dice.choice(["", "a", f"heap {entry_id}"]),
                    project_id=dice.choice(projects),
                    task_id=None,
                )
            )

        def write(connection: Connection) -> None:
            number = self.take(connection, Touched.ENTRIES)
            replace_entries(connection, self.world.workspace_id, heap, number)

        return write

    def clear(self) -> Write:
        """Everything, or every other one, is deleted."""
        gone = self.entry_ids[:: self.draw(st.sampled_from([1, 2, 2]))]

        def write(connection: Connection) -> None:
            number = self.take(connection, Touched.ENTRIES)
            delete_entries(connection, self.world.workspace_id, gone, number, NOW)

        return write

    def delete(self) -> Write:
        gone = self.draw(st.sampled_from([*self.entry_ids, 1]))

        def write(connection: Connection) -> None:
            number = self.take(connection, Touched.ENTRIES)
            delete_entries(connection, self.world.workspace_id, [gone], number, NOW)

        return write

    def move_zone(self) -> Write:
        user_id, zone = self.draw(st.sampled_from(self.user_ids)), self.draw(st.sampled_from(ZONES))

        def write(connection: Connection) -> None:
            account = find_account(connection, user_id)
            assert account is not None
            put_account(connection, replace(account, timezone=zone))
            take_change_of_user(connection, user_id, NOW)

        return write

    def rename(self) -> Write:
        return self._rename

    def _rename(self, connection: Connection) -> None:
        self.take(connection, Touched.CATALOG)
        workspace_id = self.world.workspace_id
        put_nouns(
            connection,
            workspace_id,
            [Client(client_id=one.client_id, name=one.name + "!") for one in self.world.clients],
        )
        put_nouns(
            connection,
            workspace_id,
            [Tag(tag_id=one.tag_id, name=one.name + "!") for one in self.world.tags],
        )
        put_nouns(
            connection,
            workspace_id,
            [
                Task(task_id=one.task_id, project_id=one.project_id, name=one.name + "!")
                for one in self.world.tasks
            ],
        )

    def new_tag(self) -> Write:
        number = next(self.fresh_ids)
        return lambda connection: self._put(
            connection,
            [Tag(tag_id=number, name=f"tag {number}")],
            [UserGroup(user_group_id=number, name="g")],
        )

    def _put(self, connection: Connection, *kinds) -> None:
        self.take(connection, Touched.CATALOG)
        for nouns in kinds:
            put_nouns(connection, self.world.workspace_id, nouns)

    def move_project(self) -> Write:
        if not self.world.projects:
            return self.new_tag()
        one = self.draw(st.sampled_from(self.world.projects))
        clients = [None, *(client.client_id for client in self.world.clients)]
        moved = Project(
            project_id=one.project_id,
            name=one.name + "?",
            client_id=self.draw(st.sampled_from(clients)),
            currency=self.draw(st.sampled_from([None, "CHF", "EUR"])),
            is_active=self.draw(st.booleans()),
        )
        return lambda connection: self._put(connection, [moved])

    def recurrency(self) -> Write:
        currency = self.draw(st.sampled_from(["SEK", "USD"]))

        def write(connection: Connection) -> None:
            workspace = find_workspace(connection, self.world.workspace_id)
            assert workspace is not None
            self.take(connection, Touched.WORKSPACE)
            put_workspace(connection, replace(workspace, default_currency=currency))

        return write

    def reprice(self) -> Write:
        kind = self.draw(st.sampled_from(RateKind))
        levels = list(RateLevel) if kind is RateKind.BILLABLE else COST_LEVELS
        level = self.draw(st.sampled_from(levels))
        pools = {
            "task_id": [task.task_id for task in self.world.tasks],
            "project_id": [project.project_id for project in self.world.projects],
            "user_id": self.user_ids,
        }
        if any(not pools[name] for name in LEVEL_KEYS[level]):
            return self.new_tag()
        rate = Rate(
            rate_id=next(self.fresh_ids),
            kind=kind,
            level=level,
            hourly_rate_cents=self.draw(st.none() | st.integers(0, 20_000)),
            start_day=self.draw(st.sampled_from([None, date(2014, 5, 1), date(2022, 1, 1)])),
            **{name: self.draw(st.sampled_from(pools[name])) for name in LEVEL_KEYS[level]},
        )

        def write(connection: Connection) -> None:
            self.take(connection, Touched.RATES)
            add_rates(connection, self.world.workspace_id, [rate])

        return write

    def unprice(self) -> Write:
        return self._unprice

    def _unprice(self, connection: Connection) -> None:
        workspace_id = self.world.workspace_id
        rates = load_rates(connection, workspace_id)
        self.take(connection, Touched.RATES)
        remove_rates(connection, workspace_id, [rate.rate_id for rate in rates[::2]])

    def newcomer(self) -> Write:
        """A new person and an entry of his, in one change."""
        user_id = next(self.fresh_ids)
        account = Account(
            user_id=user_id, name="New", email=None, timezone=self.draw(st.sampled_from(ZONES))
        )
        member = Membership(workspace_id=self.world.workspace_id, user_id=user_id, role=Role.MEMBER)
        entry = replace(self.draw_entry(next(self.fresh_ids)), user_id=user_id)
        self.user_ids.append(user_id)
        self.entry_ids.append(entry.entry_id)

        def write(connection: Connection) -> None:
            number = self.take(connection, Touched.ALL)
            add_account(connection, account, NOW)
            put_membership(connection, member)
            add_entries(connection, self.world.workspace_id, [entry], number)

        return write
