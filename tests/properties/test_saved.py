"""Saved reports: the same as the direct ones, and never more than that for a stranger (D10.5, D10.6)."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.columns.table import EntryTable
from gnomon.editions.detailed import detailed_edition
from gnomon.editions.saved import SavedRun, saved_edition, saved_run
from gnomon.editions.summary import summary_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.errors import GnomonError
from gnomon.export.csv_file import csv_bytes
from gnomon.model.saved_report import SavedReport
from gnomon.web.reports.detailed import totals_work
from gnomon.web.reports.shared_results import results_of, totals_of
from gnomon.web.reports.summary import summary_work
from gnomon.web.reports.weekly import weekly_work
from gnomon.web.walks import Walks
from gnomon.wire.reports_v3.dictionaries import Directory
from gnomon.wire.reports_v3.files import FileKind
from tests.properties.asking import TODAY, answered, fresh_walk, ground_of, table_of
from tests.properties.test_summary import PHASES
from tests.shares import examples
from tests.worlds.asked import detailed_bodies, weekly_bodies
from tests.worlds.strategies import summary_bodies, viewers, worlds
from tests.worlds.world import World

CURSORS = ("first_id", "first_row_number", "first_timestamp")
EVER = {"start_date": "2006-01-01", "end_date": "2030-01-01"}
KINDS = (
    ("summary", summary_bodies, summary_work, summary_edition),
    ("detailed", detailed_bodies, fresh_walk, detailed_edition),
    ("weekly", weekly_bodies, weekly_work, weekly_edition),
)


def stored(
    table: EntryTable, owner_id: int, params: dict[str, Any], *, is_fixed: bool = True
) -> SavedReport:
    return SavedReport(
        workspace_id=table.workspace_id,
        report_id=1,
        owner_id=owner_id,
        name="Saved",
        params=json.dumps(params),
        is_public=True,
        has_fixed_days=is_fixed,
        token_sealed=b"",
        created_at=0,
        updated_at=0,
        updated_by=owner_id,
    )


def run_of(
    table: EntryTable, report: SavedReport, body: dict[str, Any], *, is_full: bool = True
) -> SavedRun:
    return saved_run(report, body, table, TODAY, is_full=is_full)


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_a_saved_report_is_the_direct_one(data: st.DataObject) -> None:
    """Same numbers, to the cent, by the same recipes (D10.6); without rounding, for which it has a rule of its own."""
    world = unrounded(data.draw(worlds()))
    viewer_id = data.draw(viewers(world))
    kind, bodies, work, edition = data.draw(st.sampled_from(KINDS))
    asked = data.draw(bodies(world)) | {"enrich_response": True}
    body = {key: value for key, value in asked.items() if not key.startswith("rounding")}
    body.pop("hide_amounts", None)
    with table_of(world) as table:
        status, direct, headers = answered(table, viewer_id, body, TODAY, work)
        if status != 200:
            return
        run = run_of(table, stored(table, viewer_id, body | {"report_type": kind}), {})
        results = results_of(run, Walks())
        assert (json.loads(results.make()[0]), dict(results.headers)) == (direct, headers)
        graphed = body | days_of(headers) | {"with_graph": True}
        _, totals, _ = answered(table, viewer_id, graphed, TODAY, totals_work)
        assert json.loads(totals_of(run, results)) == totals
        made = edition(ground_of(table, viewer_id, body, TODAY), FileKind.CSV)
        saved = saved_edition(run, FileKind.CSV)
        direct_file, saved_file = (
            b"".join(csv_bytes(one.sheet.rows, one.formats)) for one in (made, saved)
        )
        assert saved_file == direct_file


def unrounded(world: World) -> World:
    users = tuple(replace(user, report_rounding=False) for user in world.users)
    return replace(world, users=users)


def days_of(headers: dict[str, str]) -> dict[str, str]:
    return {"start_date": headers["X-Range-Start"], "end_date": headers["X-Range-End"]}


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_a_stranger_never_widens(data: st.DataObject) -> None:
    """Whatever he asks for: no entry that the stored report does not show, and nobody's address (D10.5, D10.6)."""
    world = data.draw(worlds())
    owner_id = data.draw(viewers(world))
    drawn = data.draw(detailed_bodies(world))
    params = {key: value for key, value in drawn.items() if key not in CURSORS}
    params |= {"report_type": "detailed", "grouped": False, "page_size": 10_000}
    extra = st.sampled_from([{}, {"page_size": 10_000}, {"group_ids": [1, None]}])
    body = data.draw(detailed_bodies(world)) | data.draw(extra)
    is_fixed = data.draw(st.booleans())
    with table_of(world) as table:
        whole = params if is_fixed else params | EVER  # else the days are his to choose
        report = stored(table, owner_id, params, is_fixed=is_fixed)
        try:
            owners = told(run_of(table, stored(table, owner_id, whole), {}))
            strangers = told(run_of(table, report, body, is_full=False))
        except GnomonError:
            return
        assert strangers[1] <= owners[1]
        assert not any(user.email and user.email in strangers[0] for user in world.users)


def told(run: SavedRun) -> tuple[str, set[int]]:
    """All that a run says, and the entries in it."""
    rows, named = results_of(run, Walks()).make()
    directory = Directory(run.ground.table, run.ground.sight, TODAY.date())
    dictionaries = directory.dictionaries(named, run.question.filters)
    entries = {one["id"] for row in json.loads(rows) for one in row["time_entries"]}
    return rows.decode() + json.dumps(dictionaries), entries
