"""Fold rows into lines and lines into sub groups and groups."""

import polars as pl


def fold_lines(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """One line per distinct keys: `seconds`, the earliest `local_start` and, where the rows have them,
    `microcents` and `entry_ids` ascending. Sums of microcents pass 64 bits and are kept in 128.
    """
    sums = [pl.col("seconds").sum(), pl.col("local_start").min()]
    if "microcents" in rows.columns:
        sums.append(pl.col("microcents").cast(pl.Int128).sum())
    if "entry_id" in rows.columns:
        sums.append(pl.col("entry_id").sort().alias("entry_ids"))
    return rows.group_by(keys).agg(sums)


def number_runs(lines: pl.DataFrame, keys: list[str], name: str) -> pl.DataFrame:
    """Number the runs of equal keys in ordered lines, 0 first."""
    changes = [pl.col(key).ne_missing(pl.col(key).shift(1)) for key in keys]
    starts = pl.any_horizontal(changes) | (pl.int_range(pl.len()) == 0)
    return lines.with_columns((starts.cum_sum() - 1).cast(pl.UInt32).alias(name))


def merge_runs(lines: pl.DataFrame, run: str, keeps: list[str]) -> pl.DataFrame:
    """Ordered lines of one run become one row, in order; `keeps` are columns that are equal within a run."""
    merged = [pl.col("seconds").sum(), pl.col("local_start").min()]
    if "entry_ids" in lines.columns:
        merged.append(pl.col("entry_ids").explode().sort())
    return lines.group_by(run, maintain_order=True).agg(
        *(pl.col(name).first() for name in keeps), *merged
    )
