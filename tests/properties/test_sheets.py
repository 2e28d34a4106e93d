"""The summary's files against the oracle, cell by cell, over any world and any question."""

import csv
import io
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.columns.table import EntryTable
from gnomon.editions.detailed import detailed_edition
from gnomon.editions.edition import Edition
from gnomon.editions.summary import summary_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.errors import GnomonError
from gnomon.export.csv_file import csv_bytes
from gnomon.export.formats import cell_texts, total_texts
from gnomon.wire.reports_v3.files import FileKind
from gnomon.wire.statuses import status_of
from tests.oracle.detailed_sheet import detailed_sheet
from tests.oracle.plain_sheet import PlainSheet
from tests.oracle.sheet import Sheet, sheet
from tests.oracle.summary import Answer
from tests.oracle.weekly_sheet import weekly_sheet
from tests.properties.asking import ground_of, table_of
from tests.properties.test_summary import PHASES
from tests.shares import examples
from tests.worlds.asked import detailed_bodies, weekly_bodies
from tests.worlds.strategies import instants_to_ask, summary_bodies, viewers, worlds

OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "collapse": st.booleans(),
        "hide_amounts": st.booleans(),
        "hide_rates": st.booleans(),
        "distinguish_rates": st.just(value=True),
        "order_by": st.sampled_from(["title", "duration", "duration"]),
        "order_dir": st.sampled_from(["ASC", "asc", "DESC", "Desc"]),
        "duration_format": st.sampled_from(["classic", "improved", "decimal"]),
        "date_format": st.sampled_from(["YYYY-MM-DD", "DD.MM.YYYY"]),
        "cents_separator": st.sampled_from([".", ","]),
        "resolution": st.sampled_from(["day", "month"]),
    },
)
LOOKS = st.fixed_dictionaries(
    {},
    optional={
        "duration_format": st.sampled_from(["classic", "improved", "decimal"]),
        "date_format": st.sampled_from(["YYYY-MM-DD", "DD.MM.YYYY", "MM/DD/YYYY"]),
        "cents_separator": st.sampled_from([".", ","]),
        "hour_format": st.sampled_from(["12", "24"]),
    },
)
WRONG = st.sampled_from(  # of what is right otherwise: which of several is told first is nobody's business
    [
        *[{}] * 9,
        {"order_by": "size"},
        {"order_dir": "down"},
        {"duration_format": "long"},
        {"date_format": "YY"},
        {"cents_separator": ";"},
        {"resolution": "hour"},
        {"collapse": 1},
    ]
)


@settings(phases=PHASES)
@given(data=st.data())
def test_the_sheet_is_the_oracles(data: st.DataObject) -> None:
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    now = data.draw(instants_to_ask(world))
    with table_of(world) as table:
        for asked in data.draw(st.lists(summary_bodies(world), min_size=1, max_size=3)):
            body = asked | data.draw(OPTIONS)
            wrong = data.draw(WRONG)
            if wrong and not isinstance(sheet(world, viewer_id, body, now), Answer):
                body = body | wrong
            expected = sheet(world, viewer_id, body, now)
            assert sheet_of(table, viewer_id, body, now) == expected


def sheet_of(
    table: EntryTable, viewer_id: int, body: dict[str, Any], now: datetime
) -> Sheet | Answer:
    try:
        made = summary_edition(ground_of(table, viewer_id, body, now), FileKind.CSV)
    except GnomonError as error:
        return Answer(status_of(error), str(error))
    formats = made.formats
    header, *rows = lines_of(made)
    groups = made.sheet.groups
    frame = groups.read(0, groups.row_count)
    collapsed = [list(row) for row in cell_texts(frame, list(groups.columns), formats).rows()]
    return Sheet(header, rows, collapsed, total_texts(made.sheet.rows, formats))


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_the_detailed_sheet_is_the_oracles(data: st.DataObject) -> None:
    assert_sheets(data, detailed_edition, detailed_sheet, detailed_bodies)


@settings(phases=PHASES, max_examples=examples(18))
@given(data=st.data())
def test_the_weekly_sheet_is_the_oracles(data: st.DataObject) -> None:
    assert_sheets(data, weekly_edition, weekly_sheet, weekly_bodies)


def assert_sheets(data: st.DataObject, make: Any, oracle: Any, bodies: Any) -> None:
    """What a CSV reader reads is the oracle's header and rows."""
    world = data.draw(worlds())
    viewer_id = data.draw(viewers(world))
    now = data.draw(instants_to_ask(world))
    with table_of(world) as table:
        for asked in data.draw(st.lists(bodies(world), min_size=1, max_size=3)):
            body = asked | data.draw(LOOKS)
            expected = oracle(world, viewer_id, body, now)
            assert plain_sheet(table, viewer_id, body, now, make) == expected


def plain_sheet(
    table: EntryTable, viewer_id: int, body: dict[str, Any], now: datetime, make: Any
) -> PlainSheet | Answer:
    try:
        edition = make(ground_of(table, viewer_id, body, now), FileKind.CSV)
    except GnomonError as error:
        return Answer(status_of(error), str(error))
    header, *rows = lines_of(edition)
    return PlainSheet(header, rows)


def lines_of(edition: Edition) -> list[list[str]]:
    content = b"".join(csv_bytes(edition.sheet.rows, edition.formats)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))
