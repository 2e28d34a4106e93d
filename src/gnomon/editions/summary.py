"""The summary report as an edition (D8.4-D8.7)."""

from dataclasses import replace

from gnomon.editions.edition import Edition, ReadLogo, no_logo
from gnomon.editions.ground import Ground
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.presentation import Presentation
from gnomon.query.queries import SummaryQuery
from gnomon.query.resolution import Resolution, resolution_for
from gnomon.query.selection import Selection
from gnomon.reports.results import SummaryReport
from gnomon.reports.summary import summary_report
from gnomon.sheets.document import Document, summary_document
from gnomon.sheets.sheet import GroupedSheet
from gnomon.sheets.summary import summary_sheet
from gnomon.units.durations import Rounding
from gnomon.wire.reports_v3.files import FileKind, presentation, summary_headers
from gnomon.wire.reports_v3.plans import check_file_plan, check_summary_plan
from gnomon.wire.reports_v3.to_query import summary_query


def summary_edition(ground: Ground, kind: FileKind, read_logo: ReadLogo = no_logo) -> Edition:
    """The logo is read for what is printed only."""
    asked = summary_query(ground.body, ground.asker)
    shown = presentation(ground.body, kind)
    check_summary_plan(ground.body, asked, ground.asker.plan)
    check_file_plan(kind, ground.asker.plan)
    report = charted_report(replace(asked, includes_entry_ids=False), shown.resolution, ground)
    return Edition(
        report_type="summary",
        days=asked.selection.days,
        sheet=summary_sheet(report, shown),
        document=document_for(report, "Summary report", ground, kind, read_logo),
        formats=shown.formats,
        headers=summary_headers(asked),
    )


def charted_report(
    query: SummaryQuery, resolution: Resolution | None, ground: Ground
) -> SummaryReport:
    """With amounts, and with the time over the days."""
    asked = replace(
        query,
        includes_amounts=True,
        resolution=resolution or resolution_for(query.selection.days),
    )
    return summary_report(asked, ground.table, ground.sight)


def document_for(
    report: SummaryReport, title: str, ground: Ground, kind: FileKind, read_logo: ReadLogo
) -> Document:
    logo = read_logo(ground.table.workspace_id) if kind is FileKind.PDF else None
    document = summary_document(report, ground.table, ground.sight, ground.asker.now, logo)
    return replace(document, title=title)


def charts_of(
    selection: Selection,
    rounding: Rounding,
    grouping: Grouping,
    shown: Presentation,
    ground: Ground,
) -> tuple[GroupedSheet, SummaryReport]:
    """Groups, amounts and the time over the days for the front of a report that has none of its own."""
    sub_grouping = SubGrouping.USERS if grouping is Grouping.PROJECTS else SubGrouping.PROJECTS
    query = SummaryQuery(
        selection=selection, grouping=grouping, sub_grouping=sub_grouping, rounding=rounding
    )
    report = charted_report(query, shown.resolution, ground)
    return summary_sheet(report, replace(shown, is_collapsed=True)), report
