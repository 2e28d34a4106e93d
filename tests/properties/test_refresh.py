"""After any series of changes, a refreshed table says what a new one says."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gnomon.columns.build import build_table
from gnomon.columns.keep import TableKeeper
from gnomon.columns.months import month_of_day
from gnomon.columns.table import FACT_SCHEMA, EntryTable
from gnomon.store.checking import problems
from gnomon.units.dates import day_of_number
from tests.properties.asking import TODAY, ask_summary, throwaway_database
from tests.properties.changes import Changes
from tests.shares import examples
from tests.worlds.loader import load_world
from tests.worlds.strategies import worlds

LONG = {"start_date": "2006-01-01", "end_date": "2030-01-01", "include_time_entry_ids": True}
BODIES = tuple(
    {
        **LONG,
        "grouping": grouping,
        "sub_grouping": sub_grouping,
        "audit": {"show_empty_groups": True},
    }
    for grouping, sub_grouping in (
        ("projects", "time_entries"),
        ("clients", "projects"),
        ("users", "tasks"),
        ("tags", "clients"),
        ("tasks", "users"),
    )
)


def decoded(table: EntryTable) -> dict[int, tuple[object, ...]]:
    """What every fact says, whatever the codes are; each month is as it must be."""
    ids = {
        f"{name}_code": getattr(table.dimensions, f"{name}s")["id"].to_list()
        for name in ("user", "project", "task", "client", "description", "tag_set")
    }
    rates = table.dimensions.rates
    pairs = list(zip(rates["currency"], rates["cents"], strict=True))
    assert [pairs[code] for code in rates["by_rank"]] == sorted(pairs)
    costs = table.dimensions.costs["cents"].to_list()
    found: dict[int, tuple[object, ...]] = {}
    for month, facts in table.months.items():
        assert list(facts.schema.items()) == list(FACT_SCHEMA.items())
        assert facts.height
        for row in facts.iter_rows(named=True):
            assert month_of_day(day_of_number(row["local_day"])) == month
            assert row["entry_id"] not in found
            said = {name: ids[name][value] if name in ids else value for name, value in row.items()}
            rate = row["rate_code"]
            said |= {"rate_code": pairs[rate] if rate is not None else None}
            said |= {"cost_code": costs[row["cost_code"]]}
            found[row["entry_id"]] = tuple(said.values())
    return found


def answers(table: EntryTable, viewer_id: int) -> list[object]:
    return [ask_summary(table, viewer_id, dict(body), TODAY) for body in BODIES]


@settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink), max_examples=examples(18)
)
@given(data=st.data())
def test_a_refresh_equals_a_rebuild(data: st.DataObject) -> None:
    world = data.draw(worlds())
    changes = Changes(world, data.draw)
    with throwaway_database() as database:
        database.write(lambda connection: load_world(connection, world))
        keeper = TableKeeper(database, memory_megabytes=100)
        keeper.fresh_table(world.workspace_id)
        for _ in range(data.draw(st.integers(1, 4))):
            for _ in range(data.draw(st.integers(1, 3))):
                database.write(changes.draw_write())
            kept = keeper.fresh_table(world.workspace_id)
            rebuilt = build_table(database, world.workspace_id)
            assert kept.change_number == rebuilt.change_number
            assert decoded(kept) == decoded(rebuilt)
            for user in world.users:
                assert answers(kept, user.user_id) == answers(rebuilt, user.user_id)
        with database.read() as connection:
            assert list(problems(connection)) == []
