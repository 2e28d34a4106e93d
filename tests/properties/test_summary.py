"""The summary report against the oracle, over any world and any question."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gnomon.columns.build import build_table
from tests.oracle.summary import summary
from tests.properties.asking import TODAY, ask_summary, throwaway_database
from tests.worlds.loader import load_world
from tests.worlds.strategies import summary_bodies, viewers, worlds


@given(data=st.data())
def test_the_summary_is_the_oracles(data: st.DataObject) -> None:
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    bodies = data.draw(st.lists(summary_bodies(world), min_size=1, max_size=5))
    with throwaway_database() as database:
        database.write(lambda connection: load_world(connection, world))
        table = build_table(database, world.workspace_id)
    for body in bodies:
        expected = summary(world, viewer_id, body, TODAY)
        assert ask_summary(table, viewer_id, body) == (expected.status, expected.body)
