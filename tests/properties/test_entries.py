"""The detailed, the totals and the weekly report against the oracle, over any world and any question."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.editions.ground import Ground
from gnomon.reports.cursors import TOLD
from gnomon.web.reports.answering import Work
from gnomon.web.reports.detailed import totals_work
from gnomon.web.reports.weekly import weekly_work
from tests.oracle.detailed import detailed
from tests.oracle.totals import totals
from tests.oracle.weekly import weekly
from tests.properties.asking import TODAY, answered, fresh_walk, table_of
from tests.properties.test_summary import PHASES
from tests.shares import examples
from tests.worlds.asked import detailed_bodies, totals_bodies, weekly_bodies
from tests.worlds.crowds import crowded, plans
from tests.worlds.strategies import instants_to_ask, viewers, worlds
from tests.worlds.world import World

TIED = "tie"  # the oracle knows no cursor for rows that start in the same second
HISTORY = {"start_date": "2006-01-01", "end_date": "2030-01-01", "rounding_minutes": 0}
CURSORS = {
    "first_row_number": "X-Next-Row-Number",
    "first_id": "X-Next-ID",
    "first_timestamp": "X-Next-Timestamp",
}


REPORTS: tuple[tuple[Any, Any, Callable[[Ground], Work]], ...] = (
    (detailed, detailed_bodies, fresh_walk),
    (totals, totals_bodies, totals_work),
    (weekly, weekly_bodies, weekly_work),
)


@pytest.mark.parametrize(
    ("oracle", "bodies", "understand"), REPORTS, ids=["detailed", "totals", "weekly"]
)
@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_the_report_is_the_oracles(
    data: st.DataObject, oracle: Any, bodies: Any, understand: Callable[[Ground], Work]
) -> None:
    """Status, headers and the answer to the letter: the keys in their order, too."""
    world = replace(data.draw(crowded(data.draw(worlds()))), plan=data.draw(plans()))
    viewer_id = data.draw(viewers(world))
    now = data.draw(instants_to_ask(world))
    with table_of(world) as table:
        for body in data.draw(st.lists(bodies(world), min_size=1, max_size=4)):
            expected = oracle(world, viewer_id, body, now)
            status, answer, headers = answered(table, viewer_id, body, now, understand)
            assert (status, json.dumps(answer)) == (expected.status, json.dumps(expected.body))
            assert plain(headers, expected.headers) == expected.headers


def plain(headers: dict[str, str], expected: Mapping[str, str]) -> dict[str, str]:
    """The timestamp without the count of rows that it also carries where several start at once."""
    name = CURSORS["first_timestamp"]
    if name not in headers:
        return headers
    start = int(headers[name]) % TOLD
    return headers | {name: TIED if expected.get(name) == TIED else str(start)}


@pytest.mark.parametrize("cursor", CURSORS)
@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_paging_by_any_one_cursor_tells_every_row_once_and_in_order(
    data: st.DataObject, cursor: str
) -> None:
    """Also where many entries start in the same second (D8.8)."""
    world = data.draw(worlds())
    starts = [entry.start for entry in world.entries]
    world = squeezed(world, data.draw(st.lists(st.sampled_from(starts or [0]), max_size=30)))
    viewer_id = data.draw(viewers(world))
    order = {
        "order_by": data.draw(
            st.sampled_from(["date", "date", "user", "duration", "description", "last_update"])
        ),
        "order_dir": data.draw(st.sampled_from(["ASC", "DESC"])),
        "grouped": data.draw(st.booleans()),
    }
    page_size = data.draw(st.integers(1, 4))
    with table_of(world) as table:
        ask = HISTORY | order
        _, whole, _ = answered(table, viewer_id, ask | {"page_size": 10_000}, TODAY, fresh_walk)
        told: list[Any] = []
        page: dict[str, Any] = {"page_size": page_size}
        while True:
            _, rows, headers = answered(table, viewer_id, ask | page, TODAY, fresh_walk)
            told += rows
            if CURSORS[cursor] not in headers:
                break
            assert len(rows) == page_size
            page[cursor] = int(headers[CURSORS[cursor]])
    assert told == whole


def squeezed(world: World, starts: list[int]) -> World:
    """The world with entries moved to the starts of others."""
    moved = [
        replace(entry, start=start, stop=start + entry.stop - entry.start)
        if entry.stop is not None
        else entry
        for entry, start in zip(world.entries, starts, strict=False)
    ]
    return replace(world, entries=(*moved, *world.entries[len(moved) :]))
