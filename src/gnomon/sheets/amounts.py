"""What rows earn, a column for each currency."""

from collections.abc import Mapping

import polars as pl

from gnomon.engine.pricing import cents
from gnomon.reports.results import SummaryReport

Amounts = Mapping[str, pl.Series]


def earned_lines(report: SummaryReport) -> pl.DataFrame:
    """The billable lines: sub_row, group_row, rate_cents, currency, microcents; none for who may not see amounts."""
    rates = report.rates.select("currency", rate_cents="cents").with_row_index("rate_code")
    billable = report.lines.filter(pl.col("rate_code").is_not_null())
    priced = billable.join(rates, on="rate_code", how="left", maintain_order="left")
    group_rows = report.sub_groups["group_row"].gather(priced["sub_row"])
    told = priced.with_columns(group_rows.alias("group_row"))
    if "microcents" in told.columns:
        return told
    return told.with_columns(microcents=pl.lit(None, dtype=pl.Int128))


def amounts_of(earned: pl.DataFrame, row: str, height: int) -> Amounts:
    """Cents by currency, for each number in the column `row`; null where nothing is billable in it."""
    amount = cents(pl.col("microcents").sum()).cast(pl.Int64)
    return _spread(earned.group_by("currency", row).agg(value=amount), row, height)


def rates_of(earned: pl.DataFrame, row: str, height: int) -> Amounts:
    """Cents an hour by currency, where each row has one rate at most."""
    rates = earned.group_by("currency", row).agg(value=pl.col("rate_cents").first())
    return _spread(rates, row, height)


def total_amounts(earned: pl.DataFrame) -> dict[str, int]:
    """All of it by currency, rounded once (D6.2)."""
    sums = earned.group_by("currency").agg(cents(pl.col("microcents").sum()).cast(pl.Int64))
    return dict(sums.sort("currency").iter_rows())


def _spread(values: pl.DataFrame, row: str, height: int) -> Amounts:
    every_row = pl.DataFrame({row: pl.int_range(height, dtype=pl.Int64, eager=True)})
    spread = {}
    for currency in values["currency"].unique().sort():
        of_currency = values.filter(pl.col("currency") == currency).drop("currency")
        joined = every_row.join(of_currency, on=row, how="left", maintain_order="left")
        spread[str(currency)] = joined["value"]
    return spread
