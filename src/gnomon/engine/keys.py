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
    """A column of codes and the rank of each code; a null code is only allowed with `or_null`, and comes first."""

    column: str
    ranks: pl.Series
    or_null: bool = False

    @property
    def size(self) -> int:
        return len(self.ranks) + self.or_null

    def rank(self) -> pl.Expr:
        rank = pl.lit(self.ranks.cast(pl.Int64)).gather(pl.col(self.column))
        return (rank + 1).fill_null(0) if self.or_null else rank

    def codes(self, ranks: pl.Series) -> pl.Series:
        """The codes of ranks as `rank` made them."""
        by_rank = self.ranks.arg_sort()
        if not self.or_null:
            return by_rank.gather(ranks)
        with_null = pl.concat([pl.Series([None], dtype=by_rank.dtype), by_rank])
        return with_null.gather(ranks)


def packed(parts: Sequence[KeyPart]) -> pl.Expr:
    """The one number."""
    assert prod(part.size for part in parts) <= KEY_MAX
    key = parts[0].rank()
    for part in parts[1:]:
        key = key * part.size + part.rank()
    return key


def unpacked(key: pl.Series, parts: Sequence[KeyPart]) -> dict[str, pl.Series]:
    """The codes again, by column."""
    codes = {}
    for part in reversed(parts):
        codes[part.column] = part.codes(key % part.size)
        key = key // part.size
    return codes
