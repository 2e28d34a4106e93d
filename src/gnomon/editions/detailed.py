"""The detailed report as an edition (D8.4-D8.7)."""

from gnomon.editions.edition import Edition, ReadLogo, no_logo
from gnomon.editions.ground import Ground
from gnomon.editions.summary import charts_of, document_for
from gnomon.query.grouping import Grouping
from gnomon.query.presentation import Presentation
from gnomon.reports.detailed import Earned, detailed_report, earned
from gnomon.sheets.detailed import detailed_sheet, flat, printed_sheet
from gnomon.wire.reports_v3.detailed import asked_page, asked_showing, detailed_query
from gnomon.wire.reports_v3.files import (
    FileKind,
    asked_formats,
    asked_resolution_of_chart,
    asked_times,
    day_headers,
)
from gnomon.wire.reports_v3.plans import check_file_plan, check_plan


def detailed_edition(ground: Ground, kind: FileKind, read_logo: ReadLogo = no_logo) -> Edition:
    """All rows in one file: cursors and page sizes are checked and mean nothing here (X17)."""
    query = detailed_query(ground.body, ground.asker)
    formats, times = asked_formats(ground.body, kind), asked_times(ground.body)
    asked_page(ground.body)
    hides_amounts = asked_showing(ground.body).hides_amounts
    resolution = asked_resolution_of_chart(ground.body)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    check_file_plan(kind, ground.asker.plan)
    sums = earned(query, ground.table, ground.sight)
    if hides_amounts:
        sums = Earned(sums.seconds, {})
    report = detailed_report(query, ground.table, ground.sight)
    is_printed = kind is FileKind.PDF
    rows = printed_sheet(report, sums, times) if is_printed else detailed_sheet(report, sums)
    charts, document = None, None
    if kind is not FileKind.CSV:
        shown = Presentation(hides_amounts=hides_amounts, resolution=resolution)
        charts, charted = charts_of(
            query.selection, query.rounding, Grouping.PROJECTS, shown, ground
        )
        document = document_for(charted, "Detailed report", ground, kind, read_logo)
    return Edition(
        report_type="detailed",
        days=query.selection.days,
        sheet=flat(rows, charts),
        document=document,
        formats=formats,
        headers=day_headers(query.selection.days),
    )
