"""The two project summaries against the oracle, over any world."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.web.reports.projects import project_totals_work, project_users_work
from tests.oracle.projects import project_summary, projects_summary
from tests.properties.asking import answered, table_of
from tests.properties.test_summary import PHASES
from tests.worlds.strategies import instants_to_ask, viewers, worlds

UNKNOWN_ID = 999_999_937
FIRST_DAYS = st.dates(date(2023, 12, 25), date(2024, 11, 10))
LENGTHS = st.sampled_from([0, 1, 6, 33, 34, 40, 237, 238, 400, 800, 3_000])
CLOCKS = st.sampled_from([{}, {}, {"startTime": "09:30"}, {"end_time": "17:00:30"}])
RESOLUTIONS = st.sampled_from(
    [
        {},
        {},
        {"resolution": "day"},
        {"granularity": "week", "resolution": "day"},
        {"resolution": "month"},
        {"resolution": "year"},
    ]
)


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(FIRST_DAYS)
    last = min(first + timedelta(days=draw(LENGTHS)), date(2030, 1, 1))
    days = {"start_date": str(first), "end_date": str(last)}
    left_out = draw(st.sampled_from(["", "", "", "start_date", "end_date"]))
    days.pop(left_out, None)
    resolution = {} if left_out == "start_date" else draw(RESOLUTIONS)  # one error at a time
    return days | draw(CLOCKS) | resolution


@settings(phases=PHASES)
@given(data=st.data())
def test_the_project_summaries_are_the_oracles(data: st.DataObject) -> None:
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    now = data.draw(instants_to_ask(world))
    ids = [*(project.project_id for project in world.projects), UNKNOWN_ID]
    with table_of(world) as table:
        for body in data.draw(st.lists(bodies(), min_size=1, max_size=3)):
            expected = projects_summary(world, viewer_id, body, now)
            status, answer, _ = answered(table, viewer_id, body, now, project_users_work)
            assert (status, json.dumps(answer)) == (expected.status, json.dumps(expected.body))
            for project_id in ids:
                expected = project_summary(world, viewer_id, project_id, body, now)
                status, answer, _ = answered(
                    table,
                    viewer_id,
                    body,
                    now,
                    lambda ground, asked_id=project_id: project_totals_work(ground, asked_id),
                )
                assert (status, json.dumps(answer)) == (expected.status, json.dumps(expected.body))
