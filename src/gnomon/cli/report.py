"""`gnomon report summary`: the summary in the terminal, with bars and totals (D11.5)."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.table import Table
from rich.text import Text

from gnomon.app import House, open_house
from gnomon.cli.output import SAY, SHOW, DataOption, JsonOption, WorkspaceOption, print_json
from gnomon.cli.report_file import operators_sight, write_summary
from gnomon.config import read_config
from gnomon.engine.pricing import cents
from gnomon.errors import BadData
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import SummaryQuery
from gnomon.query.selection import Selection
from gnomon.reports.results import SummaryReport
from gnomon.reports.summary import summary_report
from gnomon.sheets.names import no_name
from gnomon.units.dates import DayRange
from gnomon.units.durations import clock_text
from gnomon.units.money import money_text
from gnomon.wire.reports_v3.views import summary_json

BAR_WIDTH = 12
LINES_PER_GROUP_MAX = 8


def summary(
    workspace_id: WorkspaceOption,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    group: Annotated[Grouping, typer.Option("--group")] = Grouping.PROJECTS,
    sub_group: Annotated[SubGrouping, typer.Option("--sub-group")] = SubGrouping.TIME_ENTRIES,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write report.pdf, .xlsx or .csv instead.")
    ] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where the hours went between two days, in two levels."""
    if group.value == sub_group.value:
        raise BadData("--group and --sub-group must differ.")
    query = SummaryQuery(
        selection=Selection(days=DayRange(first.date(), last.date())),
        grouping=group,
        sub_grouping=sub_group,
        includes_amounts=not as_json,
    )
    with open_house(read_config(data=data)) as house:
        if output is not None:
            write_summary(house, workspace_id, query, output)
            told = {"written": str(output)}
            print_json(told) if as_json else SAY.print(f"Written: {output}")
            return
        report = operators_summary(house, workspace_id, query)
    if as_json:
        typer.echo(summary_json(report).decode())
    else:
        SHOW.print(summary_table(report))


def operators_summary(house: House, workspace_id: int, query: SummaryQuery) -> SummaryReport:
    """The report with everything in it; raises `WorkspaceHidden` where there is no such workspace."""
    table = house.tables.fresh_table(workspace_id)
    return summary_report(query, table, operators_sight(table))


def summary_table(report: SummaryReport) -> Table:
    """Groups with bars and their longest sub groups, longest first, and totals per currency."""
    days = report.query.selection.days
    total = int(report.groups["seconds"].sum())
    earned = _earned(report)
    currencies = earned["currency"].unique().sort().to_list()
    table = _empty_table(f"Summary {days.first} to {days.last}", report.query.grouping, currencies)
    names = report.group_things.gather(report.groups["code"]).drop("id")
    groups = pl.concat([report.groups, names], how="horizontal").with_row_index("group_row")
    groups = groups.sort("seconds", descending=True)
    for group in groups.iter_rows(named=True):
        of_group = earned.filter(pl.col("group_row") == group["group_row"])
        share = group["seconds"] / total if total else 0
        table.add_row(
            Text(printable(_group_name(group, report.query.grouping)), "bold"),
            clock_text(group["seconds"]),
            f"{share:.1%}",
            Text("█" * round(share * BAR_WIDTH), "cyan"),
            *_money_cells(of_group, currencies),
        )
        _add_sub_groups(table, report, group["group_row"], of_group)
    table.add_section()
    table.add_row(
        Text("TOTAL", "bold"), clock_text(total), "", "", *_money_cells(earned, currencies)
    )
    return table


def _empty_table(title: str, grouping: Grouping, currencies: list[str]) -> Table:
    """Numbers are never cut short; in a narrow terminal names go on in the next line instead."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column(grouping.value.capitalize(), max_width=46)
    table.add_column("Duration", justify="right", no_wrap=True)
    table.add_column("Share", justify="right", no_wrap=True)
    table.add_column("", width=BAR_WIDTH, no_wrap=True)
    for currency in currencies:
        table.add_column(f"Amount ({currency})", justify="right", no_wrap=True)
    return table


def _earned(report: SummaryReport) -> pl.DataFrame:
    """What is billable, with the group it belongs to: group_row, sub_row, currency, microcents."""
    rows = report.sub_groups.select("group_row").with_row_index("sub_row")
    rates = report.rates.with_row_index("rate_code")
    billable = report.lines.join(rates, on="rate_code", maintain_order="left")
    return billable.join(rows, on="sub_row", how="left")


def _add_sub_groups(
    table: Table, report: SummaryReport, group_row: int, of_group: pl.DataFrame
) -> None:
    subs = report.sub_groups.with_columns(title=report.of_sub_groups("name"))
    subs = subs.with_row_index("sub_row").filter(pl.col("group_row") == group_row)
    currencies = [str(column.header)[8:11] for column in table.columns[4:]]
    for sub in (
        subs.sort("seconds", descending=True).head(LINES_PER_GROUP_MAX).iter_rows(named=True)
    ):
        of_sub = of_group.filter(pl.col("sub_row") == sub["sub_row"])
        name = sub["title"] or no_name(report.query.sub_grouping)
        cells = _money_cells(of_sub, currencies)
        table.add_row(
            Text(f"  {printable(name)}", "dim"),
            Text(clock_text(sub["seconds"]), "dim"),
            "",
            "",
            *cells,
        )
    hidden = subs.height - LINES_PER_GROUP_MAX
    if hidden > 0:
        table.add_row(Text(f"  … and {hidden} more", "dim"))


def _money_cells(earned: pl.DataFrame, currencies: list[str]) -> list[str]:
    """A sum per currency, each rounded once (D6.2); empty where nothing is billable in it."""
    by_currency = earned.group_by("currency").agg(cents(pl.col("microcents").sum()))
    sums = dict(by_currency.iter_rows())
    return [money_text(int(sums[currency])) if currency in sums else "" for currency in currencies]


def printable(text: str) -> str:
    """What people wrote must not steer the terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _group_name(group: dict[str, object], grouping: Grouping) -> str:
    if grouping is Grouping.TAGS:
        names = group["names"]
        assert isinstance(names, list)
        return ", ".join(names) or no_name(grouping)
    return str(group["name"] or no_name(grouping))
