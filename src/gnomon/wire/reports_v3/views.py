"""Reports as the vendor's JSON, put together as text in columns.

Building 70,000 Python objects for an encoder takes longer than joining ready-made pieces here; names come with their
JSON (columns/texts.py), so nothing that people wrote is ever pasted in unescaped.
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
    pieces = pl.DataFrame(
        {"group_row": report.sub_groups["group_row"], "piece": _sub_group_texts(report)}
    )
    opened = _with_heads(_with_empty_groups(pieces, report.groups.height), heads)
    joined: bytes = opened.select(
        pl.concat_str("head", "piece").str.join("").cast(pl.Binary)
    ).item()
    return b'{"groups":[' + joined + b"]}]}"


def _with_empty_groups(pieces: pl.DataFrame, group_count: int) -> pl.DataFrame:
    """A group without sub groups still needs one row to stand on."""
    every = pl.int_range(group_count, dtype=pl.UInt32, eager=True)
    empty = every.filter(~every.is_in(pieces["group_row"].implode()))
    if empty.is_empty():
        return pieces
    bare = pl.DataFrame({"group_row": empty, "piece": pl.repeat("", len(empty), eager=True)})
    return pl.concat([pieces, bare]).sort("group_row", maintain_order=True)


def _with_heads(pieces: pl.DataFrame, heads: pl.Series) -> pl.DataFrame:
    """In front of each piece: the head of its group where one begins, a comma elsewhere."""
    is_first = pl.col("group_row").ne_missing(pl.col("group_row").shift(1))
    head = pl.when(is_first).then(pl.lit(heads).gather("group_row")).otherwise(pl.lit(","))
    return pieces.with_columns(head=head)


def _group_heads(report: SummaryReport) -> pl.Series:
    """The end of the group before and the keys of this one, up to its first sub group."""
    end_of_last = pl.when(pl.int_range(pl.len()) > 0).then(pl.lit("]},")).otherwise(NO_TEXT)
    keys = [
        end_of_last,
        pl.lit('{"id":'),
        _id_json(),
        *_name_keys(report.query.grouping),
        pl.lit(',"sub_groups":['),
    ]
    return report.groups.select(head=pl.concat_str(keys))["head"]


def _id_json() -> pl.Expr:
    return pl.col("id").cast(pl.String).fill_null("null")


def _name_keys(grouping: Grouping) -> list[pl.Expr]:
    if grouping is Grouping.TAGS:
        return [
            pl.lit(',"ids":'),
            pl.col("ids_json"),
            pl.lit(',"names":'),
            pl.col("names_json"),
        ]
    keys = [pl.lit(',"names":['), pl.col("name_json").fill_null(""), pl.lit("]")]
    return [*keys, _color_keys()] if grouping is Grouping.PROJECTS else keys


def _color_keys() -> pl.Expr:
    """Only where there is a project (D7.2)."""
    keys = pl.concat_str(pl.lit(',"project_color":"0","project_hex_color":"'), "color", pl.lit('"'))
    return pl.when(pl.col("id").is_null()).then(NO_TEXT).otherwise(keys)


def _sub_group_texts(report: SummaryReport) -> pl.Series:
    query = report.query
    parts = [pl.lit('{"id":'), _id_json(), pl.lit(',"title":'), pl.col("title_json")]
    if query.sub_grouping is SubGrouping.TIME_ENTRIES:
        parts = [pl.lit('{"id":null,"title":'), pl.col("title_json")]
    parts += [pl.lit(',"seconds":'), pl.col("seconds").cast(pl.String)]
    parts += [pl.lit(',"rates":'), pl.lit(_rate_texts(report))]
    if query.includes_entry_ids:
        ids = pl.col("entry_ids").cast(pl.List(pl.String)).list.join(",")
        parts += [pl.lit(',"ids":['), ids, pl.lit("]")]
    parts += [
        pl.lit(',"local_start":"'),
        *_local_start_parts(report.sub_groups["local_start"]),
    ]
    parts += [_color_keys()] if query.sub_grouping is SubGrouping.PROJECTS else []
    return report.sub_groups.select(piece=pl.concat_str([*parts, pl.lit("}")]))["piece"]


def _rate_texts(report: SummaryReport) -> pl.Series:
    """The `rates` of every sub group: a list by currency and rate, or null where nothing is billable (D6.6)."""
    lines = report.lines.select(
        "sub_row",
        rate=pl.concat_str(  # null where the currency is
            pl.lit('{"billable_seconds":'),
            pl.col("seconds").cast(pl.String),
            pl.lit(',"hourly_rate_in_cents":'),
            pl.col("cents").cast(pl.String),
            pl.lit(',"currency":"'),
            "currency",
            pl.lit('"}'),
        ),
    )
    if lines.height > report.sub_groups.height:
        joined = pl.col("rate").drop_nulls().str.join(",")
        lines = lines.group_by("sub_row", maintain_order=True).agg(
            pl.when(pl.col("rate").is_not_null().any()).then(joined)
        )
    return lines.select(
        pl.concat_str(pl.lit("["), "rate", pl.lit("]")).fill_null("null")
    ).to_series()


def _local_start_parts(local_starts: pl.Series) -> list[pl.Expr]:
    """`YYYY-MM-DD` and `THH:MM:SSZ"` from tables: formatting 70,000 times takes longer than adding them up."""
    days = local_starts // SECONDS_PER_DAY
    first, last = days.min(), days.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return []
    texts = pl.int_range(first, last + 1, eager=True).cast(pl.Int32).cast(pl.Date).cast(pl.String)
    return [
        pl.lit(texts.gather(days - first)),
        pl.lit(CLOCK_TAILS.gather(local_starts % SECONDS_PER_DAY)),
    ]
