"""The longest groups and what is left of the others, for charts."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from gnomon.sheets.names import NO_NAMES
from gnomon.sheets.sheet import CellKind, Sheet

OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Share:
    name: str
    seconds: int
    color: str | None = None
    is_other: bool = False


def longest_shares(
    groups: Sheet, group_colors: Sequence[str | None], count_max: int
) -> list[Share]:
    """The longest first; more than `count_max` end in one that is all the others together."""
    rows = groups.read(0, groups.row_count)
    duration = next(
        name
        for name, column in zip(rows.columns, groups.columns, strict=True)
        if column.kind is CellKind.DURATION
    )
    colors = pl.Series("color", group_colors, dtype=pl.String)
    told = rows.select("0", seconds=duration).with_columns(colors)
    nameless = NO_NAMES.get(groups.columns[0].title, "")
    told = told.filter(pl.col("seconds") > 0).sort("seconds", descending=True, maintain_order=True)
    kept = told if told.height <= count_max else told.head(count_max - 1)
    shares = [Share(name or nameless, seconds, color) for name, seconds, color in kept.iter_rows()]
    if kept.height < told.height:
        rest = int(told["seconds"].slice(kept.height).sum())
        shares.append(Share(OTHER, rest, is_other=True))
    return shares
