"""Reports as the vendor's JSON, put together as text in columns.

Building 70,000 Python objects for an encoder takes longer than joining ready-made pieces here; names come with their
JSON (columns/dimension.py), so nothing that people wrote is ever pasted in unescaped. Pieces are looked up, put in
order and joined once: adding up columns of text copies them once more for each.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.engine.runs import IntColumn, looked_up, starts_of_runs
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.reports.results import SummaryReport
from gnomon.units.dates import SECONDS_PER_DAY

COLOR_BEGINS = ',"project_color":"0","project_hex_color":"'
NO_GROUP = '{"id":null,"names":[],"sub_groups":['
NO_TEXT = pl.Series([""])
Booleans = NDArray[np.bool_]
Rows = NDArray[np.uint32]
SECONDS_KEY = pl.Series([',"seconds":'])
LOCAL_START_KEY = pl.Series([',"local_start":"'])
RATES_OPEN = pl.Series([',"rates":null', ',"rates":[{"billable_seconds":'])


def summary_json(report: SummaryReport) -> bytes:
    """`{"groups":[...]}` with the keys in the wire's order (D7.2, D7.3)."""
    if report.groups.is_empty():
        return b'{"groups":[]}'
    heads, end = _told_heads(report)
    if report.sub_groups.is_empty():
        return end.encode()
    pieces = pl.concat([_pieces(report, heads), pl.Series([end])])
    (body,) = pieces.str.join("").cast(pl.Binary).to_list()
    return bytes(body)


def _told_heads(report: SummaryReport) -> tuple[list[str], str]:
    """What stands before the first sub group of each group that has any, and the end of the answer.

    A group without sub groups is told together with the next one that has some; the last sub group is closed by what
    comes next.
    """
    has_subs = np.zeros(report.groups.height, dtype=np.bool_)
    has_subs[report.sub_groups["group_row"].to_numpy()] = True
    told, waiting = [], '{"groups":['
    for head, is_told in zip(_group_heads(report), has_subs.tolist(), strict=True):
        waiting += head
        if is_told:
            told.append(waiting)
            waiting = "}"
        waiting += "]},"
    return told, waiting.removesuffix(",") + "]}"


def _group_heads(report: SummaryReport) -> list[str]:
    """The keys of each group up to its first sub group; groups are few."""
    if report.query.grouping is Grouping.TAGS:  # a set of tags has no id that the wire knows (D7.4)
        ids, names = (report.of_groups(column).to_list() for column in ("ids_json", "names_json"))
        return [
            f'{{"id":null,"ids":{one},"names":{name},"sub_groups":['
            for one, name in zip(ids, names, strict=True)
        ]
    ids, names = (report.of_groups(column).to_list() for column in ("id", "name_json"))
    colors = [""] * len(ids)
    if report.query.grouping is Grouping.PROJECTS:
        colors = [f'{COLOR_BEGINS}{color}"' for color in report.of_groups("color").to_list()]
    return [
        NO_GROUP if one is None else f'{{"id":{one},"names":[{name}]{color},"sub_groups":['
        for one, name, color in zip(ids, names, colors, strict=True)
    ]


def _pieces(report: SummaryReport, heads: list[str]) -> pl.Series:
    """Line after line: the first of a sub group says what stands before the rates, each its rate if it has one, and the
    last what stands behind.
    """
    sub_rows = report.lines["sub_row"].to_numpy()
    is_rate = ~np.isnan(
        report.lines["rate_code"].to_numpy()
    )  # null is NaN; asked of Polars it takes 0.3 ms
    is_first = np.append([True], sub_rows[1:] != sub_rows[:-1])
    is_last = np.append(is_first[1:], [True])
    has_rates = is_rate[is_last]  # what is not billable comes first (D6.6)
    return _in_turn(
        [
            (
                _where(is_first, sub_rows),
                [*_keys_before(report, heads), RATES_OPEN[looked_up(has_rates)]],
            ),
            (_where(is_rate, np.arange(len(sub_rows))), _rates(report, is_last)),
            (_where(is_last, sub_rows), _keys_behind(report)),
        ]
    )


def _where(is_told: Booleans, rows: IntColumn) -> Rows:
    """One more than the row of the key that each line tells; 0: it tells none."""
    return ((rows + 1) * is_told).astype(np.uint32)


def _in_turn(told: Sequence[tuple[Rows, Sequence[pl.Series]]]) -> pl.Series:
    """Of every line one key after the other, each from a column of its own."""
    turns = [(rows, keys) for rows, columns in told for keys in columns]
    order = np.empty((len(turns[0][0]), len(turns)), dtype=np.uint32)
    offset = 0
    for number, (rows, keys) in enumerate(turns):
        np.add(rows, np.uint32(offset), out=order[:, number])
        offset += 1 + len(keys)
    pieces = pl.concat([one for _, keys in turns for one in (NO_TEXT, keys)], rechunk=True)
    return pieces[pl.Series(order.ravel())]


def _keys_before(report: SummaryReport, heads: list[str]) -> list[pl.Series]:
    """From the head of a group, or the end of another sub group, to the seconds."""
    subs = report.sub_groups
    is_entry = report.query.sub_grouping is SubGrouping.TIME_ENTRIES
    opening = '{"id":null,"title":' if is_entry else '{"id":'
    openings = pl.Series(["}," + opening, *(head + opening for head in heads)])
    firsts = starts_of_runs(subs["group_row"].to_numpy())
    head_rows = np.zeros(subs.height, dtype=np.int64)
    head_rows[firsts] = np.arange(1, len(heads) + 1)
    titles = report.of_sub_groups("name_json") if is_entry else _ids_and_titles(report)
    seconds_key = SECONDS_KEY.new_from_index(0, subs.height)
    return [openings[looked_up(head_rows)], titles, seconds_key, subs["seconds"].cast(pl.String)]


def _ids_and_titles(report: SummaryReport) -> pl.Series:
    told = pl.DataFrame([report.of_sub_groups("id"), report.of_sub_groups("name_json")])
    return told.select(
        pl.concat_str(
            pl.col("id").cast(pl.String).fill_null("null"),
            pl.lit(',"title":'),
            pl.col("name_json").fill_null('""'),
        )
    ).to_series()


def _keys_behind(report: SummaryReport) -> list[pl.Series]:
    """From the end of the rates to the last key."""
    subs = report.sub_groups
    behind = _local_start_keys(subs["local_start"].to_numpy())
    if report.query.includes_entry_ids:
        ids = subs["entry_ids"].cast(pl.List(pl.String)).list.join(",")
        behind.insert(0, ',"ids":[' + ids + "]")
    if report.query.sub_grouping is SubGrouping.PROJECTS:
        behind.append(_color_keys(report.of_sub_groups("id"), report.of_sub_groups("color")))
    return behind


def _color_keys(ids: pl.Series, colors: pl.Series) -> pl.Series:
    """Only where there is a project (D7.2)."""
    told: pl.Series = COLOR_BEGINS + colors + '"'
    return told.zip_with(ids.is_not_null(), NO_TEXT)


def _local_start_keys(local_starts: IntColumn) -> list[pl.Series]:
    """The day and the clock from tables: formatting 70,000 times takes longer than looking up."""
    days = local_starts // SECONDS_PER_DAY
    seconds = local_starts - days * SECONDS_PER_DAY  # faster than a remainder
    first, last = int(days.min()), int(days.max())
    dates = pl.Series(np.arange(first, last + 1, dtype=np.int32)).cast(pl.Date)
    keys = LOCAL_START_KEY + dates.cast(pl.String)
    return [keys[looked_up(days - first)], _clocks()[looked_up(seconds)]]


def _rates(report: SummaryReport, is_last: NDArray[np.bool_]) -> list[pl.Series]:
    """Of every line from the billable seconds to the next ones, or to the end of the list behind the last (D6.6)."""
    lines, rates = report.lines, report.rates
    tails = [
        f',"hourly_rate_in_cents":{cents},"currency":"{currency}"}}'
        for currency, cents in zip(
            rates["currency"].to_list(), rates["cents"].to_list(), strict=True
        )
    ]
    next_ones = [tail + ',{"billable_seconds":' for tail in tails]
    both = pl.Series([*next_ones, *(tail + "]" for tail in tails)], dtype=pl.String)
    behind = lines["rate_code"] + pl.Series(is_last * np.uint32(len(tails)))
    return [lines["seconds"].cast(pl.String), both[behind]]


@cache
def _clocks() -> pl.Series:
    """`T00:00:00Z"` and every second after it."""
    return pl.Series(
        [
            f'T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"'
            for second in range(SECONDS_PER_DAY)
        ]
    )
