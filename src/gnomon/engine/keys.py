"""Several codes as one number, so that grouping and ordering are each one pass over whole numbers.

Each part contributes the *rank* of its code, the first part most: sorting by the number is sorting by the parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import polars as pl

KEY_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A column of codes and the dimension it points into (`rank`, `by_rank`); with `or_null` a null code comes first."""

    column: str
    dimension: pl.DataFrame
    or_null: bool = False

    @property
    def size(self) -> int:
        return self.dimension.height + self.or_null

    def rank(self) -> pl.Expr:
        rank = pl.lit(self.dimension["rank"]).gather(pl.col(self.column))
        return (rank + 1).fill_null(0) if self.or_null else rank

    def code(self, rank: pl.Expr) -> pl.Expr:
        """The code of a rank as `rank` made it."""
        by_rank = pl.lit(self.dimension["by_rank"])
        if self.or_null:
            rank = pl.when(rank > 0).then(rank - 1)
        return by_rank.gather(rank)


def packed(parts: Sequence[KeyPart]) -> pl.Expr:
    """The one number."""
    assert prod(part.size for part in parts) <= KEY_MAX
    key = parts[0].rank()
    for part in parts[1:]:
        key = key * part.size + part.rank()
    return key


def unpacked(key: pl.Expr, parts: Sequence[KeyPart]) -> dict[str, pl.Expr]:
    """The codes again, by column."""
    codes = {}
    for part in reversed(parts):
        codes[part.column] = part.code(key % part.size)
        key = key // part.size
    return codes
