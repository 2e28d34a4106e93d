"""Several codes as one number, so that grouping and ordering are one sort of whole numbers.

Each part contributes the *rank* of its code, the first part most: sorting by the number is sorting by the parts, and
dividing the number by the size of its last parts leaves the number of the first ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import polars as pl

from gnomon.engine.order import KEY_MAX
from gnomon.engine.runs import IntColumn, looked_up

NO_CODE = pl.Series([None], dtype=pl.UInt32)


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

    def codes(self, ranks: IntColumn) -> pl.Series:
        """The codes of ranks as `rank` made them."""
        by_rank = self.dimension["by_rank"]
        if self.or_null:
            by_rank = pl.concat([NO_CODE, by_rank], rechunk=True)
        return by_rank[looked_up(ranks)].alias(self.column)


@dataclass(frozen=True, slots=True)
class Key:
    """Makes the number, and takes it apart."""

    parts: Sequence[KeyPart]

    @property
    def columns(self) -> list[str]:
        return [part.column for part in self.parts]

    @property
    def size(self) -> int:
        """One more than the greatest number."""
        return self._size_behind(0)

    def packed(self) -> pl.Expr:
        assert self.size <= KEY_MAX
        key = self.parts[0].rank()
        for part in self.parts[1:]:
            key = key * part.size + part.rank()
        return key

    def first_parts(self, keys: IntColumn, count: int) -> IntColumn:
        """Numbers that are equal where the first `count` parts are."""
        return keys // self._size_behind(count)

    def codes(self, keys: IntColumn, number: int) -> pl.Series:
        """The codes of that part."""
        part = self.parts[number]
        before = self.first_parts(keys, number) * part.size
        return part.codes(self.first_parts(keys, number + 1) - before)  # faster than a remainder

    def _size_behind(self, count: int) -> int:
        return prod(part.size for part in self.parts[count:])
