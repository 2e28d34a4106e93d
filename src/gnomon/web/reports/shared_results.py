"""The results of a saved report by its type: the same recipes as those of the direct endpoints."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import msgspec

from gnomon.columns.table import EntryTable
from gnomon.editions.saved import SavedRun
from gnomon.model.saved_report import ReportType
from gnomon.query.queries import TotalsQuery
from gnomon.query.selection import Selection
from gnomon.reports.cursors import first_row_of
from gnomon.reports.summary import summary_report, without_rates
from gnomon.reports.totals import totals_report
from gnomon.reports.weekly import weekly_report
from gnomon.units.durations import Rounding
from gnomon.web.reports.detailed import report_of_walk
from gnomon.web.walks import Walks
from gnomon.wire.reports_v3.detailed import (
    Showing,
    asked_page,
    detailed_query,
    detailed_rows,
    page_headers,
)
from gnomon.wire.reports_v3.dictionaries import (
    Named,
    named_by_rows,
    named_by_summary,
    named_by_weekly,
)
from gnomon.wire.reports_v3.files import day_headers, summary_headers
from gnomon.wire.reports_v3.plans import check_plan, check_summary_plan
from gnomon.wire.reports_v3.to_query import summary_query
from gnomon.wire.reports_v3.totals import asked_resolution, totals_json
from gnomon.wire.reports_v3.views import summary_json
from gnomon.wire.reports_v3.weekly import weekly_query, weekly_rows


@dataclass(frozen=True, slots=True)
class Results:
    """`make` gives the report as JSON and what it names; `place` says which part of a long report it is, `table` as of
    which change: totals and names of a walk are its own.
    """

    table: EntryTable
    selection: Selection
    rounding: Rounding
    make: Callable[[], tuple[bytes, Named]]
    headers: Mapping[str, str]
    place: Hashable = None


def results_of(run: SavedRun, walks: Walks) -> Results:
    report_type = run.question.report_type
    if report_type is ReportType.SUMMARY:
        return _summary(run)
    return _weekly(run) if report_type is ReportType.WEEKLY else _detailed(run, walks)


def totals_of(run: SavedRun, results: Results) -> bytes:
    """With a graph, always."""
    ground = run.ground
    query = TotalsQuery(
        selection=results.selection,
        resolution=asked_resolution(ground.body, results.selection),
        rounding=results.rounding,
    )
    report = totals_report(query, results.table, ground.sight)
    return totals_json(report, with_graph=True, hides_rates=run.question.hides_rates)


def _summary(run: SavedRun) -> Results:
    ground = run.ground
    query = summary_query(ground.body, ground.asker)
    check_summary_plan(ground.body, query, ground.asker.plan)

    def make() -> tuple[bytes, Named]:
        report = summary_report(query, ground.table, ground.sight)
        told = without_rates(report) if run.question.hides_rates else report
        return summary_json(told), named_by_summary(report)

    return Results(ground.table, query.selection, query.rounding, make, summary_headers(query))


def _detailed(run: SavedRun, walks: Walks) -> Results:
    ground = run.ground
    query, page = detailed_query(ground.body, ground.asker), asked_page(ground.body)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    report = report_of_walk(ground, query, page, walks)
    first_row = first_row_of(report, page)
    showing = Showing(is_enriched=True, hides_rates=run.question.hides_rates)

    def make() -> tuple[bytes, Named]:
        rows = detailed_rows(report, first_row, page.size, showing)
        return msgspec.json.encode(rows), named_by_rows(rows)

    headers = page_headers(report, page, first_row)
    place = (report.table.change_number, first_row, page.size)
    return Results(report.table, query.selection, query.rounding, make, headers, place)


def _weekly(run: SavedRun) -> Results:
    ground = run.ground
    query = weekly_query(ground.body, ground.asker)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    has_billable = ground.asker.tells_billable

    def make() -> tuple[bytes, Named]:
        report = weekly_report(query, ground.table, ground.sight)
        hides_rates = run.question.hides_rates
        rows = weekly_rows(report, has_billable=has_billable, hides_rates=hides_rates)
        return msgspec.json.encode(rows), named_by_weekly(report)

    headers = day_headers(query.selection.days)
    return Results(ground.table, query.selection, query.rounding, make, headers)
