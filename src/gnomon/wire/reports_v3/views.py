"""Reports as the vendor's JSON, put together as text in columns.

Building 70,000 Python objects for an encoder takes longer than joining ready-made pieces here; names come with their
JSON (columns/dimension.py), so nothing that people wrote is ever pasted in unescaped.
"""

import polars as pl

from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.reports.results import SummaryReport
from gnomon.units.dates import SECONDS_PER_DAY

NO_TEXT = pl.lit("")
CLOCK_TAILS = pl.Series(
    [
        f'T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"'
        for second in range(SECONDS_PER_DAY)
    ]
)


def summary_json(report: SummaryReport) -> bytes:
    """`{"groups":[...]}` with the keys in the wire's order (D7.2, D7.3)."""
    if report.groups.is_empty():
        return b'{"groups":[]}'
    heads = _group_heads(report)
    texts = _with_empty_groups(_sub_group_texts(report, heads), report, heads)["text"]
    ends = (pl.Series(['{"groups":[']), pl.Series(["]}]}"]))
    whole = pl.concat(
        [ends[0], texts, ends[1]], rechunk=False
    )  # copying 15 MB once more would show
    (body,) = whole.str.join("").cast(pl.Binary).to_list()
    return bytes(body)


def _group_heads(report: SummaryReport) -> pl.Series:
    """The end of the group before and the keys of this one, up to its first sub group."""
    end_of_last = pl.when(pl.int_range(pl.len()) > 0).then(pl.lit("]},")).otherwise(NO_TEXT)
    names = _name_keys(report.query.grouping)
    keys = [end_of_last, pl.lit('{"id":'), _id_json(), *names, pl.lit(',"sub_groups":[')]
    return report.groups.select(head=pl.concat_str(keys))["head"]


def _id_json() -> pl.Expr:
    return pl.col("id").cast(pl.String).fill_null("null")


def _name_keys(grouping: Grouping) -> list[pl.Expr]:
    if grouping is Grouping.TAGS:
        return [pl.lit(',"ids":'), pl.col("ids_json"), pl.lit(',"names":'), pl.col("names_json")]
    keys = [pl.lit(',"names":['), pl.col("name_json").fill_null(""), pl.lit("]")]
    return [*keys, _color_keys()] if grouping is Grouping.PROJECTS else keys


def _color_keys() -> pl.Expr:
    """Only where there is a project (D7.2)."""
    keys = pl.concat_str(pl.lit(',"project_color":"0","project_hex_color":"'), "color", pl.lit('"'))
    return pl.when(pl.col("id").is_null()).then(NO_TEXT).otherwise(keys)


def _sub_group_texts(report: SummaryReport, heads: pl.Series) -> pl.DataFrame:
    """One text per line, in order, with the group it belongs to.

    A sub group begins with its keys in its first line, lists a rate in each and ends with its other keys in the last.
    What is null in a part is left out of the text.
    """
    lines = _told_lines(report.lines)
    is_billable = lines.filter("is_first")["rate_code"].is_not_null()
    before = _befores(report, heads, is_billable).gather(lines["sub_row"])
    after = _afters(report, is_billable).gather(lines["sub_row"])
    return lines.select(
        group_row=report.sub_groups["group_row"].gather(lines["sub_row"]),
        text=pl.concat_str(
            pl.when("is_first").then(before).otherwise(pl.lit(',{"billable_seconds":')),
            pl.when(pl.col("rate_code").is_not_null()).then("seconds").cast(pl.String),
            _rate_tails(report.rates).gather(lines["rate_code"]),
            pl.when("is_last").then(after),
            ignore_nulls=True,
        ),
    )


def _told_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Billable lines, and one of each sub group in which nothing is billable (D6.6)."""
    ends = pl.col("sub_row").ne_missing(pl.col("sub_row").shift(-1))
    told = lines.filter(pl.col("rate_code").is_not_null() | ends)
    return told.with_columns(
        is_first=pl.col("sub_row").ne_missing(pl.col("sub_row").shift(1)), is_last=ends
    )


def _rate_tails(rates: pl.DataFrame) -> pl.Series:
    """What stands behind the seconds of a rate, by its code."""
    keys = [pl.lit(',"hourly_rate_in_cents":'), pl.col("cents").cast(pl.String)]
    tails = pl.concat_str(*keys, pl.lit(',"currency":"'), "currency", pl.lit('"}'))
    return rates.select(tail=tails)["tail"]


def _befores(report: SummaryReport, heads: pl.Series, is_billable: pl.Series) -> pl.Series:
    """From the head of a new group, or the comma inside one, to the first billable seconds or the null for none."""
    keys = [pl.lit('{"id":'), _id_json(), pl.lit(',"title":')]
    if report.query.sub_grouping is SubGrouping.TIME_ENTRIES:
        keys = [pl.lit('{"id":null,"title":')]
    is_first = pl.col("group_row").ne_missing(pl.col("group_row").shift(1))
    rates = pl.when(is_billable).then(pl.lit(',"rates":[{"billable_seconds":'))
    return report.sub_groups.select(
        before=pl.concat_str(
            pl.when(is_first).then(pl.lit(heads).gather("group_row")).otherwise(pl.lit(",")),
            *keys,
            "title_json",
            pl.lit(',"seconds":'),
            pl.col("seconds").cast(pl.String),
            rates.otherwise(pl.lit(',"rates":null')),
        )
    )["before"]


def _afters(report: SummaryReport, is_billable: pl.Series) -> pl.Series:
    query = report.query
    parts = [pl.when(is_billable).then(pl.lit("]")).otherwise(NO_TEXT)]
    if query.includes_entry_ids:
        ids = pl.col("entry_ids").cast(pl.List(pl.String)).list.join(",")
        parts += [pl.lit(',"ids":['), ids, pl.lit("]")]
    parts += _local_start_parts(report.sub_groups["local_start"])
    parts += [_color_keys()] if query.sub_grouping is SubGrouping.PROJECTS else []
    return report.sub_groups.select(after=pl.concat_str([*parts, pl.lit("}")]))["after"]


def _local_start_parts(local_starts: pl.Series) -> list[pl.Expr]:
    """The day and the clock from tables: formatting 70,000 times takes longer than adding them up."""
    days = local_starts // SECONDS_PER_DAY
    first, last = days.min(), days.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return []
    dates = pl.int_range(first, last + 1, dtype=pl.Int32, eager=True).cast(pl.Date).alias("day")
    texts = pl.select(pl.concat_str(pl.lit(',"local_start":"'), dates.cast(pl.String)))
    return [
        pl.lit(texts.to_series().gather(days - first)),
        pl.lit(CLOCK_TAILS.gather(local_starts % SECONDS_PER_DAY)),
    ]


def _with_empty_groups(
    texts: pl.DataFrame, report: SummaryReport, heads: pl.Series
) -> pl.DataFrame:
    """A group without sub groups has its head for a text."""
    every = pl.int_range(report.groups.height, dtype=pl.UInt32, eager=True)
    empty = every.filter(~every.is_in(report.sub_groups["group_row"].unique().implode()))
    if empty.is_empty():
        return texts
    bare = pl.DataFrame({"group_row": empty, "text": heads.gather(empty)})
    return pl.concat([texts, bare]).sort("group_row", maintain_order=True)
