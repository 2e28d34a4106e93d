"""A dimension: one row per thing that facts point to, in order of arrival, so that codes stay when things are added.

A thing's code is its row. Row 0 stands for none: no project, no tags, the empty text. Every dimension has

    id          Int64   the record's id; null in row 0
    name        String  null where there is none
    name_json   String  the name as JSON text: escaping 70,000 titles takes longer than adding up 200,000 entries
    rank        Int64   the place in the report's order (D7.5), row 0 first
    by_rank     UInt32  turned round: the code that has the row's number for a rank

and what its kind needs besides.
"""

from collections.abc import Callable

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

NONE_CODE = 0
FEW = 8  # as many entries are looked at one by one before a step over a whole frame is sooner done


def json_text(text: str) -> str:
    """The text as a JSON string, quotes included."""
    return msgspec.json.encode(text).decode()


def codes_of(dimension: pl.DataFrame, ids: pl.Series) -> pl.Series:
    """Codes of the record's ids; null, and what the dimension does not know, is none."""
    if len(ids) <= FEW:
        known = _known_ids(dimension)
        found = [_first_row(known, wanted) for wanted in ids]
        codes = [NONE_CODE if row is None else row + 1 for row in found]
        return pl.Series("code", codes, dtype=pl.UInt32)
    coded = dimension.select("id").with_row_index("code").slice(1)
    wanted_ids = pl.DataFrame({"id": ids})
    joined = wanted_ids.join(coded, on="id", how="left", maintain_order="left")
    return joined["code"].fill_null(NONE_CODE)


def missing_ids(dimension: pl.DataFrame, ids: pl.Series) -> list[int]:
    """Ids that the dimension does not know yet."""
    if len(ids) <= FEW:
        known = _known_ids(dimension)
        wanted = {one for one in ids if one is not None}
        return sorted(one for one in wanted if _first_row(known, one) is None)
    distinct = pl.DataFrame({"id": ids.drop_nulls().unique()})
    return distinct.join(dimension.select("id"), on="id", how="anti")["id"].to_list()


def _known_ids(dimension: pl.DataFrame) -> NDArray[np.int64]:
    """Without row 0."""
    ids: NDArray[np.int64] = dimension["id"].slice(1).to_numpy()
    return ids


def _first_row(ids: NDArray[np.int64], wanted: int | None) -> int | None:
    """A look at each costs less than a join where few are looked for, and a write touches few."""
    if wanted is None:
        return None
    rows = np.flatnonzero(ids == wanted)
    return int(rows[0]) if len(rows) else None


def with_ranks(rows: pl.DataFrame, ranks: pl.Series | pl.Expr) -> pl.DataFrame:
    """Rows with `rank` and `by_rank`; ranks are each number below the number of rows once."""
    ranked = rows.with_columns(ranks.cast(pl.Int64).alias("rank"))
    return ranked.with_columns(by_rank=ranked["rank"].arg_sort())


def ranked_by_id(rows: pl.DataFrame) -> pl.DataFrame:
    """With ranks by ascending id, none first."""
    return with_ranks(rows, pl.col("id").fill_null(-1).rank("ordinal") - 1)


def updated(
    old: pl.DataFrame, rows: pl.DataFrame, rank: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """The dimension with the rows' present values: old codes stay, new things come behind, vanished ones keep theirs."""
    vanished = old.drop("rank", "by_rank").join(rows, on="id", how="anti", nulls_equal=True)
    source = pl.concat([rows, vanished.with_columns(is_active=pl.lit(value=False))])
    fresh = rows.select("id").join(old.select("id"), on="id", how="anti", nulls_equal=True)
    order = pl.concat([old.select("id"), fresh])
    return rank(order.join(source, on="id", how="left", nulls_equal=True, maintain_order="left"))
