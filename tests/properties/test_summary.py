"""The summary report against the oracle, over any world and any question."""

import json
import os
import random
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gnomon.columns.build import build_table
from tests.oracle.summary import summary
from tests.properties.asking import TODAY, ask_summary, throwaway_database
from tests.shares import examples
from tests.worlds.loader import load_world
from tests.worlds.named import NAMED_WORLDS
from tests.worlds.strategies import instants_to_ask, summary_bodies, viewers, worlds
from tests.worlds.world import World

PHASES = (  # explaining takes minutes here, and shrinking a world some more
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
    *([] if os.environ.get("GNOMON_NO_SHRINKING") else [Phase.shrink]),
)
BODIES = (
    {"start_date": "2006-01-01", "end_date": "2030-01-01"},
    {
        "start_date": "2006-01-01",
        "end_date": "2030-01-01",
        "grouping": "tags",
        "sub_grouping": "users",
    },
    {
        "start_date": "2006-01-01",
        "end_date": "2030-01-01",
        "grouping": "users",
        "sub_grouping": "projects",
        "distinguish_rates": True,
        "include_time_entry_ids": True,
        "audit": {"show_empty_groups": True},
    },
    {
        "start_date": "2006-01-01",
        "end_date": "2030-01-01",
        "grouping": "clients",
        "sub_grouping": "tasks",
        "rounding": 1,
        "rounding_minutes": 15,
    },
)


def assert_as_the_oracle(table, world: World, viewer_id: int, body: dict, now) -> None:
    """Status, headers and the answer to the letter: the keys in their order, too."""
    expected = summary(world, viewer_id, body, now)
    status, answer, headers = ask_summary(table, viewer_id, body, now)
    assert (status, json.dumps(answer)) == (expected.status, json.dumps(expected.body))
    assert headers == expected.headers


@settings(phases=PHASES)
@given(data=st.data())
def test_the_summary_is_the_oracles(data: st.DataObject) -> None:
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    now = data.draw(instants_to_ask(world))
    bodies = data.draw(st.lists(summary_bodies(world), min_size=1, max_size=5))
    with throwaway_database() as database:
        database.write(lambda connection: load_world(connection, world))
        table = build_table(database, world.workspace_id)
    for body in bodies:
        assert_as_the_oracle(table, world, viewer_id, body, now)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: f"{body.get('grouping')}")
@pytest.mark.parametrize("name", NAMED_WORLDS)
def test_named_worlds_are_the_oracles(name: str, body: dict) -> None:
    world = NAMED_WORLDS[name]
    with throwaway_database() as database:
        database.write(lambda connection: load_world(connection, world))
        table = build_table(database, world.workspace_id)
    for user in world.users:
        if user.is_active:
            assert_as_the_oracle(table, world, user.user_id, body, TODAY)


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_groups_add_up_to_the_total_whatever_the_grouping(data: st.DataObject) -> None:
    """Each entry counts once, also with many tags (D7.4)."""
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    with throwaway_database() as database:
        database.write(lambda connection: load_world(connection, world))
        table = build_table(database, world.workspace_id)
    totals = set()
    for grouping in ("projects", "clients", "users", "tasks", "tags"):
        body = {
            "start_date": "2006-01-01",
            "end_date": "2030-01-01",
            "grouping": grouping,
            "rounding_minutes": 0,
        }
        _, answer, _ = ask_summary(table, viewer_id, body, TODAY)
        totals.add(sum(sub["seconds"] for group in answer["groups"] for sub in group["sub_groups"]))
    assert len(totals) == 1


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data(), seed=st.integers())
def test_the_order_of_arrival_is_irrelevant(data: st.DataObject, seed: int) -> None:
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    body = data.draw(summary_bodies(world))
    shuffled = list(world.entries)
    random.Random(seed).shuffle(shuffled)
    answers = []
    for entries in (world.entries, tuple(shuffled)):
        with throwaway_database() as database:
            arrived = replace(world, entries=entries)
            database.write(lambda connection, arrived=arrived: load_world(connection, arrived))
            table = build_table(database, world.workspace_id)
        answers.append(ask_summary(table, viewer_id, body, TODAY))
    assert answers[0] == answers[1]
