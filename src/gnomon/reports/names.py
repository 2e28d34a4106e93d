"""Names join at the end: the codes of groups get what the dimensions say of them."""

import polars as pl

from gnomon.columns.table import Dimensions
from gnomon.query.grouping import Grouping, SubGrouping


def named_sub_groups(
    lines: pl.DataFrame, sub_grouping: SubGrouping, dimensions: Dimensions
) -> pl.DataFrame:
    """The columns of `SummaryReport.sub_groups` by `sub_code`; a missing name is the empty text (D7.3)."""
    is_text = sub_grouping is SubGrouping.TIME_ENTRIES
    things = dimensions.descriptions if is_text else getattr(dimensions, sub_grouping)
    codes = lines["sub_code"]
    named = lines.with_columns(
        id=pl.lit(None, dtype=pl.Int64) if is_text else things["id"].gather(codes),
        title=things["name"].fill_null("").gather(codes),
        title_json=things["name_json"].fill_null('""').gather(codes),
    )
    if sub_grouping is SubGrouping.PROJECTS:
        named = named.with_columns(color=things["color"].gather(codes))
    optional = [name for name in ("color", "entry_ids") if name in named.columns]
    return named.select(
        "group_row", "id", "title", "title_json", "seconds", "local_start", *optional
    )


def named_groups(groups: pl.DataFrame, grouping: Grouping, dimensions: Dimensions) -> pl.DataFrame:
    """The columns of `SummaryReport.groups` by `group_code`."""
    codes = groups["group_code"]
    things: pl.DataFrame = getattr(
        dimensions, "tag_sets" if grouping is Grouping.TAGS else grouping
    )
    names = ["id", "name", "name_json"]
    if grouping is Grouping.PROJECTS:
        names.append("color")
    if grouping is Grouping.TAGS:
        names = ["id", "tag_ids", "ids_json", "names", "names_json"]
    named = groups.select("seconds", **{name: things[name].gather(codes) for name in names})
    if grouping is Grouping.TAGS:  # a set of tags has no id that the wire knows (D7.4)
        return named.with_columns(id=pl.lit(None, dtype=pl.Int64))
    return named
