"""One set for all: what a viewer sees in one report he sees in every other, and what is hidden cannot be inferred
(D9.3, D9.4, D6.7).
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.columns.table import EntryTable
from gnomon.editions.detailed import detailed_edition
from gnomon.editions.edition import Edition
from gnomon.editions.ground import Ground
from gnomon.editions.summary import summary_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.export.csv_file import csv_bytes
from gnomon.export.xlsx_file import write_xlsx
from gnomon.web.reports.answering import Work
from gnomon.web.reports.detailed import totals_work
from gnomon.web.reports.projects import project_users_work
from gnomon.web.reports.shared_results import results_of
from gnomon.web.reports.summary import summary_work
from gnomon.web.reports.weekly import weekly_work
from gnomon.web.walks import Walks
from gnomon.wire.reports_v3.files import FileKind
from tests.oracle.visibility import sees_rates
from tests.properties.asking import TODAY, answered, fresh_walk, ground_of, table_of
from tests.properties.test_saved import run_of, stored
from tests.properties.test_summary import PHASES
from tests.shares import examples
from tests.worlds.asked import detailed_bodies, totals_bodies, weekly_bodies
from tests.worlds.strategies import summary_bodies, viewers, worlds
from tests.worlds.world import Rate

HISTORY = {"start_date": "2006-01-01", "end_date": "2030-01-01", "rounding_minutes": 0}
GROUPINGS = ("projects", "clients", "users", "tasks", "tags")


def ask(table: EntryTable, viewer_id: int, body: dict[str, Any], work: Callable[[Ground], Work]):
    status, answer, _ = answered(table, viewer_id, body, TODAY, work)
    assert status == 200, answer
    return answer


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_every_report_and_file_shows_the_same_entries(data: st.DataObject) -> None:
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    grouping = data.draw(st.sampled_from(GROUPINGS))
    with table_of(world) as table:
        rows = ask(table, viewer_id, HISTORY | {"page_size": 10_000}, fresh_walk)
        entries = {one["id"]: one["seconds"] for row in rows for one in row["time_entries"]}
        seconds = sum(entries.values())
        asked = HISTORY | {"grouping": grouping, "include_time_entry_ids": True}
        groups = ask(table, viewer_id, asked, summary_work)["groups"]
        subs = [sub for group in groups for sub in group["sub_groups"]]
        assert sorted(one for sub in subs for one in sub["ids"]) == sorted(entries)
        assert sum(sub["seconds"] for sub in subs) == seconds
        assert ask(table, viewer_id, HISTORY, totals_work)["seconds"] == seconds
        users = ask(table, viewer_id, HISTORY, project_users_work)
        assert sum(row["tracked_seconds"] for row in users) == seconds
        for make in (detailed_edition, summary_edition):
            edition = make(ground_of(table, viewer_id, asked, TODAY), FileKind.XLSX)
            assert_files_add_up(edition, seconds)
            assert edition.document is not None
            assert sum(edition.document.series.billable_seconds) <= seconds
        params = {"report_type": "detailed", "page_size": 10_000}
        run = run_of(table, stored(table, viewer_id, params), HISTORY)
        body, named = results_of(run, Walks()).make()
        shared = json.loads(body)
        assert {one["id"] for row in shared for one in row["time_entries"]} == entries.keys()
        assert named.users == {row["user_id"] for row in rows}
        assert named.projects == {row["project_id"] for row in rows} - {None}


def assert_files_add_up(edition: Edition, seconds: int) -> None:
    """As CSV and as a workbook, which are written from the same sheet."""
    content = b"".join(csv_bytes(edition.sheet.rows, edition.formats)).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(content, newline=""))
    place = header.index("Duration")
    clocks = [line[place].split(":") for line in lines]
    told = [int(h) * 3_600 + int(m) * 60 + int(s) for h, m, s in clocks]
    assert sum(told) == seconds
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        write_xlsx(path, "Report", edition.sheet, edition.formats)
        book = openpyxl.load_workbook(path, read_only=True)
        total = [*book.worksheets[0].iter_rows(values_only=True)][-1][place]
        book.close()
    days = total.total_seconds() if hasattr(total, "total_seconds") else float(total) * 86_400
    assert abs(days - seconds) < 1


REPORTS: tuple[tuple[Any, Callable[[Ground], Work], Any], ...] = (
    (summary_bodies, summary_work, summary_edition),
    (detailed_bodies, fresh_walk, detailed_edition),
    (weekly_bodies, weekly_work, weekly_edition),
    (totals_bodies, totals_work, None),
)


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_who_may_not_see_amounts_cannot_infer_them(data: st.DataObject) -> None:
    """Two worlds that differ in what an hour earns and costs are the same world to him, down to the byte and the order."""
    world = replace(data.draw(worlds()), only_admins_see_billable_rates=True)
    members = [user for user in world.users if not sees_rates(world, user) and user.is_active]
    if not members:
        return
    viewer_id = data.draw(st.sampled_from(members)).user_id
    other = replace(world, rates=(Rate("workspace", 123),), costs=())
    bodies, work, edition = data.draw(st.sampled_from(REPORTS))
    body = data.draw(bodies(world)) | data.draw(
        st.sampled_from(
            [
                {},
                {"distinguish_rates": True},
                {"audit": {"group_filter": {"min_amount_cents": 1, "currency": "USD"}}},
                {"order_by": "duration", "order_dir": "DESC"},
                {"calculate": "amounts"},
            ]
        )
    )
    with table_of(world) as one, table_of(other) as two:
        assert answered(one, viewer_id, body, TODAY, work) == answered(
            two, viewer_id, body, TODAY, work
        )
        if edition is not None and answered(one, viewer_id, body, TODAY, work)[0] == 200:
            assert cells_of(one, viewer_id, body, edition) == cells_of(
                two, viewer_id, body, edition
            )


def cells_of(table: EntryTable, viewer_id: int, body: dict[str, Any], make: Any) -> Any:
    """Everything that a printed file says, or the refusal."""
    body = {key: value for key, value in body.items() if key != "order_by"}
    made = make(ground_of(table, viewer_id, body, TODAY), FileKind.PDF)
    sheets = (made.sheet.rows, made.sheet.groups, made.sheet.charted)
    return [
        ([column.title for column in sheet.columns], sheet.totals, sheet.read(0, 1_000).rows())
        for sheet in sheets
    ], made.document.filters
