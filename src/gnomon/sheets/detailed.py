"""The detailed report as a sheet: one row an entry, made slice by slice, because there may be a million (D8.4)."""

from collections.abc import Mapping

import polars as pl

from gnomon.columns.zones import wall_clocks
from gnomon.engine.pricing import cents
from gnomon.query.presentation import EntryTimes
from gnomon.reports.detailed import Earned, rows_of
from gnomon.reports.results import DetailedReport
from gnomon.sheets.sheet import CellKind, Column, GroupedSheet, Sheet
from gnomon.units.dates import SECONDS_PER_DAY

DURATION = Column("Duration", CellKind.DURATION)
COLUMNS = (
    *(Column(title) for title in ("User", "Email", "Client", "Project", "Task", "Description")),
    Column("Billable"),
    Column("Start date", CellKind.DAY),
    Column("Start time", CellKind.CLOCK),
    Column("End date", CellKind.DAY),
    Column("End time", CellKind.CLOCK),
    DURATION,
    Column("Tags"),
)
PRINTED_NAMES = ("Description", "Project", "Client", "Task", "Tags")
PRINTED_TIMES = {
    EntryTimes.DATE_ONLY: ("Start date",),
    EntryTimes.TIME_ONLY: ("Start time", "End time"),
    EntryTimes.DATE_TIME: ("Start date", "Start time", "End time"),
}


def detailed_sheet(report: DetailedReport, earned: Earned) -> Sheet:
    """All columns of the vendor's file; an amount is empty where nothing is billable in its currency."""
    return _sheet(report, earned, [*COLUMNS, *_amounts(earned)])


def printed_sheet(report: DetailedReport, earned: Earned, times: EntryTimes) -> Sheet:
    """What an entry is called in one column, who, when and how long beside it."""
    by_title = {column.title: column for column in COLUMNS}
    return _sheet(
        report,
        earned,
        [
            *(by_title[title] for title in PRINTED_NAMES),
            Column("User", CellKind.LABEL, letters=14),
            *(by_title[title] for title in PRINTED_TIMES[times]),
            DURATION,
            *_amounts(earned),
        ],
    )


def flat(rows: Sheet, charts: GroupedSheet | None) -> GroupedSheet:
    """Rows without headings; charts and key figures, where there are any, are those of another sheet."""
    return GroupedSheet(
        name="Detailed",
        rows=rows,
        groups=rows,
        blocks=(),
        group_column_count=sum(column.kind is CellKind.TEXT for column in rows.columns),
        detail_columns=(),
        charted=charts.groups if charts else rows,
        colors=charts.colors if charts else (),
    )


def _amounts(earned: Earned) -> list[Column]:
    currencies = sorted(earned.cents_by_currency)
    return [Column(f"Amount ({code})", CellKind.MONEY, code) for code in currencies]


def _sheet(report: DetailedReport, earned: Earned, columns: list[Column]) -> Sheet:
    def read(offset: int, length: int) -> pl.DataFrame:
        texts = _cells(report, rows_of(report, offset, length), earned)
        return pl.DataFrame(
            {str(number): texts[column.title] for number, column in enumerate(columns)}
        )

    totals = {"Duration": earned.seconds} | {
        f"Amount ({code})": amount for code, amount in earned.cents_by_currency.items()
    }
    return Sheet(
        columns=columns,
        row_count=report.row_count,
        read=read,
        totals=[totals.get(column.title) for column in columns],
    )


def _cells(report: DetailedReport, rows: pl.DataFrame, earned: Earned) -> Mapping[str, pl.Series]:
    """Every column by its title."""
    dimensions, zones = report.table.dimensions, report.table.around.zone_names
    users, projects, tag_sets = dimensions.users, dimensions.projects, dimensions.tag_sets
    stop = wall_clocks(rows["stop"], rows["user_code"], users, zones)
    start = rows["local_start"]

    def of(things: pl.DataFrame, column: str, code: str) -> pl.Series:
        return things[column].gather(rows[code]).fill_null("")

    tags = tag_sets["names"].list.join(", ").gather(rows["tag_set_code"])
    return {
        "User": of(users, "name", "user_code"),
        "Email": of(users, "email", "user_code"),
        "Client": of(projects, "client_name", "project_code"),
        "Project": of(projects, "name", "project_code"),
        "Task": of(dimensions.tasks, "name", "task_code"),
        "Description": of(dimensions.descriptions, "name", "description_code"),
        "Billable": pl.Series(["No", "Yes"]).gather(rows["is_billable"].cast(pl.UInt32)),
        "Start date": start // SECONDS_PER_DAY,
        "Start time": start % SECONDS_PER_DAY,
        "End date": stop // SECONDS_PER_DAY,
        "End time": stop % SECONDS_PER_DAY,
        "Duration": rows["seconds"],
        "Tags": tags,
        **_amounts_by_title(report, rows, earned),
    }


def _amounts_by_title(
    report: DetailedReport, rows: pl.DataFrame, earned: Earned
) -> Mapping[str, pl.Series]:
    currency = pl.lit(report.table.dimensions.rates["currency"]).gather("rate_code")
    amount = cents(pl.col("microcents")).cast(pl.Int64)
    told = rows.select(
        pl.when(currency == code).then(amount).alias(f"Amount ({code})")
        for code in earned.cents_by_currency
    )
    return {column.name: column for column in told.get_columns()}
