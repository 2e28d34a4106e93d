"""The weekly report as an edition (D8.4, D8.9)."""

from gnomon.editions.edition import Edition, ReadLogo, no_logo
from gnomon.editions.ground import Ground
from gnomon.editions.summary import charts_of, document_for
from gnomon.query.grouping import Grouping
from gnomon.query.presentation import Presentation, WeeklyValues
from gnomon.query.resolution import Resolution
from gnomon.reports.weekly import weekly_report
from gnomon.sheets.weekly import WeeklyLayout, weekly_sheet
from gnomon.wire.reports_v3.files import FileKind, asked_formats, day_headers
from gnomon.wire.reports_v3.plans import check_file_plan, check_plan
from gnomon.wire.reports_v3.weekly import weekly_layout, weekly_query


def weekly_edition(ground: Ground, kind: FileKind, read_logo: ReadLogo = no_logo) -> Edition:
    """`logo_url` is not read: a server that fetches what a stranger names can be sent anywhere."""
    query = weekly_query(ground.body, ground.asker)
    grouping, values = weekly_layout(ground.body)
    if ground.body.flag("hide_amounts"):
        values = WeeklyValues.TIME
    formats = asked_formats(ground.body, kind)
    ground.body.text("logo_url")
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    check_file_plan(kind, ground.asker.plan)
    shown = Presentation(
        hides_amounts=values is WeeklyValues.TIME,
        resolution=Resolution.DAY,
    )
    charts, charted = charts_of(
        query.selection, query.rounding, Grouping(grouping.value), shown, ground
    )
    report = weekly_report(query, ground.table, ground.sight)
    layout = WeeklyLayout(grouping, values, formats, tells_zeros=kind is not FileKind.PDF)
    document = document_for(charted, "Weekly report", ground, kind, read_logo)
    return Edition(
        report_type="weekly",
        days=query.selection.days,
        sheet=weekly_sheet(report, layout, charts),
        document=document,
        formats=formats,
        headers=day_headers(query.selection.days),
    )
