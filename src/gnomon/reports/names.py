"""Names join at the end: codes and ids of groups get what the dimensions say of them."""

import polars as pl

from gnomon.columns.table import Dimensions
from gnomon.query.grouping import Grouping, SubGrouping

TAG_SET_COLUMNS = ["ids", "ids_json", "names", "names_json"]


def named(lines: pl.DataFrame, sub_grouping: SubGrouping, dimensions: Dimensions) -> pl.DataFrame:
    """Add `id`, `name`, `name_json` (null where missing) and, for projects, `color` by `sub_key`."""
    if sub_grouping is not SubGrouping.TIME_ENTRIES:
        return _joined(lines, "sub_key", getattr(dimensions, sub_grouping))
    texts = dimensions.descriptions.frame
    return lines.with_columns(
        id=pl.lit(None, dtype=pl.Int64),
        name=texts["text"].gather(lines["sub_key"]),
        name_json=texts["text_json"].gather(lines["sub_key"]),
    )


def named_groups(groups: pl.DataFrame, grouping: Grouping, dimensions: Dimensions) -> pl.DataFrame:
    """The columns of `SummaryReport.groups` by `group_key`."""
    if grouping is not Grouping.TAGS:
        joined = _joined(groups, "group_key", getattr(dimensions, grouping))
        colors = ["color"] if grouping is Grouping.PROJECTS else []
        return joined.select("id", "name", "name_json", *colors, "seconds")
    sets = dimensions.tag_sets.rename({"tag_ids": "ids"})
    return groups.select(
        pl.lit(None, dtype=pl.Int64).alias("id"),
        *(sets[name].gather(groups["group_key"]) for name in TAG_SET_COLUMNS),
        "seconds",
    )


def _joined(frame: pl.DataFrame, key: str, dimension: pl.DataFrame) -> pl.DataFrame:
    columns = [name for name in ("id", "name", "name_json", "color") if name in dimension.columns]
    found = frame.with_columns(id=pl.col(key))
    return found.join(dimension.select(columns), on="id", how="left", maintain_order="left")
