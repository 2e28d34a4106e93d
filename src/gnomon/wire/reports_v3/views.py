"""Reports as the vendor's JSON, put together as text in columns.

Building 70,000 Python objects for an encoder takes longer than joining ready-made pieces here; names come with their
JSON (columns/dimension.py), so nothing that people wrote is ever pasted in unescaped.
"""

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.engine.runs import IntColumn, starts_of_runs
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import SummaryQuery
from gnomon.reports.results import SummaryReport
from gnomon.units.dates import SECONDS_PER_DAY

Booleans = NDArray[np.bool_]
ID_JSON = pl.col("id").cast(pl.String).fill_null("null")
TOLD = ("id", "name_json", "color", "ids_json", "names_json")
COLOR_KEYS = (  # only where there is a project (D7.2)
    pl.when(pl.col("id").is_null())
    .then(pl.lit(""))
    .otherwise(
        pl.concat_str(pl.lit(',"project_color":"0","project_hex_color":"'), "color", pl.lit('"'))
    )
)


def summary_json(report: SummaryReport) -> bytes:
    """`{"groups":[...]}` with the keys in the wire's order (D7.2, D7.3)."""
    if report.groups.is_empty():
        return b'{"groups":[]}'
    heads, end = _told_heads(report)
    pieces = pl.concat([_pieces(report, heads), pl.Series([end])], rechunk=False)
    (body,) = pieces.str.join("").cast(pl.Binary).to_list()
    return bytes(body)


def _told_heads(report: SummaryReport) -> tuple[pl.Series, str]:
    """What stands before the first sub group of each group that has any, and the end of the answer.

    A group without sub groups is told together with the next one that has some.
    """
    heads = _group_heads(report)
    rows = report.sub_groups["group_row"].to_numpy()
    told = rows[starts_of_runs(rows)]
    end = "]}]}"
    if len(told) == len(heads):
        return heads, end
    told_with = pl.Series("told_with", np.searchsorted(told, np.arange(len(heads))))
    grouped = heads.to_frame("head").group_by(told_with, maintain_order=True)
    joined = grouped.agg(pl.col("head").str.join(""))["head"]
    if told_with[-1] == len(told):
        return joined.head(-1), joined[-1] + end
    return joined, end


def _group_heads(report: SummaryReport) -> pl.Series:
    """The end of the group before and the keys of this one, up to its first sub group."""
    is_first = pl.int_range(pl.len()) == 0
    before = pl.when(is_first).then(pl.lit('{"groups":[')).otherwise(pl.lit("]},"))
    keys = [before, pl.lit('{"id":'), *_group_keys(report.query.grouping)]
    told = [name for name in TOLD if name in report.group_things.columns]
    things = report.group_things.select(told).gather(report.groups["code"])
    return things.select(head=pl.concat_str(*keys, pl.lit(',"sub_groups":[')))["head"]


def _group_keys(grouping: Grouping) -> list[pl.Expr]:
    if grouping is Grouping.TAGS:  # a set of tags has no id that the wire knows (D7.4)
        ids, names = pl.col("ids_json"), pl.col("names_json")
        return [pl.lit('null,"ids":'), ids, pl.lit(',"names":'), names]
    names = pl.col("name_json").fill_null("")
    keys = [ID_JSON, pl.lit(',"names":['), names, pl.lit("]")]
    return [*keys, COLOR_KEYS] if grouping is Grouping.PROJECTS else keys


def _pieces(report: SummaryReport, heads: pl.Series) -> pl.Series:
    """Everything in order: the head of each group, and of each sub group what stands before its rates, every rate, and
    what stands behind them.
    """
    group_rows = report.sub_groups["group_row"].to_numpy()
    is_first = np.zeros(len(group_rows), dtype=np.int64)
    is_first[starts_of_runs(group_rows)] = 1
    billable = report.lines.filter(pl.col("rate_code").is_not_null())
    sub_rows = billable["sub_row"].to_numpy()
    rate_counts = np.bincount(sub_rows, minlength=len(group_rows))
    ends = np.cumsum(is_first + rate_counts + 2)
    starts = ends - rate_counts - 2
    before_rates = starts + 1 - np.cumsum(rate_counts) + rate_counts
    places = [
        starts[is_first == 1] - 1,
        starts,
        ends - 1,
        np.arange(len(sub_rows)) + before_rates[sub_rows],
    ]
    around = _around_rates(report, rate_counts > 0, np.append(is_first[1:] == 0, [False]))
    pieces = pl.concat([heads, *around, _rates(billable, report.rates)], rechunk=True)
    order = np.empty(len(pieces), dtype=np.int64)
    order[np.concatenate(places)] = np.arange(len(pieces))
    return pieces[order]


def _around_rates(
    report: SummaryReport, has_rates: Booleans, has_next: Booleans
) -> tuple[pl.Series, pl.Series]:
    """For each sub group its keys up to the first billable seconds, and those behind the rates."""
    subs = report.sub_groups
    opening = pl.Series([',"rates":null', ',"rates":[{"billable_seconds":'])[
        has_rates.astype(np.uint8)
    ]
    closing = pl.Series(["}", "},"])[has_next[: len(has_rates)].astype(np.uint8)]
    seconds = subs["seconds"].cast(pl.String)
    before = [*_title_keys(report.query), pl.lit(',"seconds":'), pl.lit(seconds), pl.lit(opening)]
    after = [*_last_keys(report), pl.lit(closing)]
    things = report.sub_things.select(name for name in TOLD if name in report.sub_things.columns)
    texts = things.gather(subs["code"]).select(
        before=pl.concat_str(before), after=pl.concat_str(after)
    )
    return texts["before"], texts["after"]


def _title_keys(query: SummaryQuery) -> list[pl.Expr]:
    title = pl.col("name_json").fill_null('""')
    if query.sub_grouping is SubGrouping.TIME_ENTRIES:
        return [pl.lit('{"id":null,"title":'), title]
    return [pl.lit('{"id":'), ID_JSON, pl.lit(',"title":'), title]


def _last_keys(report: SummaryReport) -> list[pl.Expr]:
    keys = []
    subs = report.sub_groups
    if report.query.includes_entry_ids:
        ids = subs["entry_ids"].cast(pl.List(pl.String)).list.join(",")
        keys += [pl.lit(',"ids":['), pl.lit(ids), pl.lit("]")]
    keys += _local_start_keys(subs["local_start"].to_numpy())
    return [*keys, COLOR_KEYS] if report.query.sub_grouping is SubGrouping.PROJECTS else keys


def _local_start_keys(local_starts: IntColumn) -> list[pl.Expr]:
    """The day and the clock from tables: formatting 70,000 times takes longer than adding them up."""
    if not len(local_starts):
        return []
    days, seconds = np.divmod(local_starts, SECONDS_PER_DAY)
    first, last = int(days.min()), int(days.max())
    dates = pl.int_range(first, last + 1, dtype=pl.Int32, eager=True).cast(pl.Date)
    day = dates.cast(pl.String)[days - first]
    return [pl.lit(',"local_start":"'), pl.lit(day), pl.lit(_clock_tails()[seconds])]


def _rates(billable: pl.DataFrame, rates: pl.DataFrame) -> pl.Series:
    """From the billable seconds to the next ones, or to the end of the list behind the last (D6.6)."""
    tails = [
        f',"hourly_rate_in_cents":{cents},"currency":"{currency}"}}'
        for currency, cents in zip(
            rates["currency"].to_list(), rates["cents"].to_list(), strict=True
        )
    ]
    next_ones = [tail + ',{"billable_seconds":' for tail in tails]
    both = pl.Series([*next_ones, *(tail + "]" for tail in tails)], dtype=pl.String)
    sub_rows = billable["sub_row"].to_numpy()
    is_last = np.append(sub_rows[1:] != sub_rows[:-1], [True])[: len(sub_rows)]
    behind = both[billable["rate_code"].to_numpy() + is_last * len(tails)]
    return billable.select(rate=pl.concat_str(pl.col("seconds").cast(pl.String), behind))["rate"]


@cache
def _clock_tails() -> pl.Series:
    """`T00:00:00Z"` and every second after it: looked up, because writing them takes longer than adding up."""
    return pl.Series(
        [
            f'T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"'
            for second in range(SECONDS_PER_DAY)
        ]
    )
