"""Reports as the vendor's JSON, put together as text in columns.

Building 70,000 Python objects for an encoder takes longer than joining ready-made pieces here; names come with their
JSON (columns/dimension.py), so nothing that people wrote is ever pasted in unescaped.
"""

from collections.abc import Iterator
from functools import cache
from itertools import repeat
from typing import Any

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
TOLD = ("id", "name_json", "color")
COLOR_BEGINS = ',"project_color":"0","project_hex_color":"'
COLOR_KEYS = (  # only where there is a project (D7.2)
    pl.when(pl.col("id").is_null())
    .then(pl.lit(""))
    .otherwise(pl.concat_str(pl.lit(COLOR_BEGINS), "color", pl.lit('"')))
)


def summary_json(report: SummaryReport) -> bytes:
    """`{"groups":[...]}` with the keys in the wire's order (D7.2, D7.3)."""
    if report.groups.is_empty():
        return b'{"groups":[]}'
    heads, end = _told_heads(report)
    pieces = pl.concat([_pieces(report, heads), pl.Series([end])], rechunk=False)
    (body,) = pieces.str.join("").cast(pl.Binary).to_list()
    return bytes(body)


def _told_heads(report: SummaryReport) -> tuple[list[str], str]:
    """What stands before the first sub group of each group that has any, and the end of the answer.

    A group without sub groups is told together with the next one that has some.
    """
    has_subs = np.zeros(report.groups.height, dtype=np.bool_)
    has_subs[report.sub_groups["group_row"].to_numpy()] = True
    told, waiting = [], '{"groups":['
    for head, is_told in zip(_group_heads(report), has_subs.tolist(), strict=True):
        waiting += head
        if is_told:
            told.append(waiting)
            waiting = ""
        waiting += "]},"
    return told, waiting.removesuffix(",") + "]}"


def _group_heads(report: SummaryReport) -> Iterator[str]:
    """The keys of each group up to its first sub group; groups are few."""
    codes, things = report.groups["code"].to_numpy(), report.group_things
    if report.query.grouping is Grouping.TAGS:  # a set of tags has no id that the wire knows (D7.4)
        for ids, names in _told(things, codes, "ids_json", "names_json"):
            yield f'{{"id":null,"ids":{ids},"names":{names},"sub_groups":['
        return
    is_colored = report.query.grouping is Grouping.PROJECTS  # only where there is one (D7.2)
    for number, name, color in _told(things, codes, "id", "name_json", "color"):
        colored = f'{COLOR_BEGINS}{color}"' if is_colored and number is not None else ""
        id_ = "null" if number is None else number
        yield f'{{"id":{id_},"names":[{name or ""}]{colored},"sub_groups":['


def _told(things: pl.DataFrame, codes: IntColumn, *columns: str) -> Iterator[tuple[Any, ...]]:
    known = (
        things[name][codes].to_list() if name in things.columns else repeat(None)
        for name in columns
    )
    return zip(*known, strict=False)


def _pieces(report: SummaryReport, heads: list[str]) -> pl.Series:
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
    pieces = pl.concat(
        [pl.Series(heads, dtype=pl.String), *around, _rates(billable, report.rates)], rechunk=True
    )
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
    codes, things = subs["code"].to_numpy(), report.sub_things
    told = {name: things[name][codes] for name in TOLD if name in things.columns}
    texts = pl.DataFrame(told).select(before=pl.concat_str(before), after=pl.concat_str(after))
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
    dates = pl.Series(np.arange(first, last + 1, dtype=np.int32)).cast(pl.Date)
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
    told: pl.Series = billable["seconds"].cast(pl.String) + behind
    return told


@cache
def _clock_tails() -> pl.Series:
    """`T00:00:00Z"` and every second after it: looked up, because writing them takes longer than adding up."""
    return pl.Series(
        [
            f'T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"'
            for second in range(SECONDS_PER_DAY)
        ]
    )
