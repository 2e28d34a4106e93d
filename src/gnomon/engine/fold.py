"""Fold rows: put them in the order of their keys, so that what belongs together is a run, and add up runs."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.engine.keys import Key
from gnomon.engine.order import order_of
from gnomon.engine.runs import IntColumn

KEY = "key"


@dataclass(frozen=True, slots=True)
class OrderedRows:
    """Columns of whole numbers in the order of their keys."""

    keys: IntColumn
    columns: dict[str, IntColumn]

    def __getitem__(self, column: str) -> IntColumn:
        return self.columns[column]

    def __contains__(self, column: str) -> bool:
        return column in self.columns

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, is_kept: NDArray[np.bool_]) -> Self:
        kept = {name: values[is_kept] for name, values in self.columns.items()}
        return type(self)(self.keys[is_kept], kept)


def ordered_rows(rows: pl.LazyFrame, key: Key, *, are_few: bool = False) -> OrderedRows:
    """The rows' columns that are no part of the key. Of few rows the stream takes longer to set up than to run."""
    plan = rows.with_columns(key.packed().alias(KEY)).drop(key.columns)
    keyed = plan.collect(engine="in-memory" if are_few else "streaming")
    order, keys = order_of(keyed[KEY].to_numpy(), key.size)
    columns = {name: keyed[name].to_numpy()[order] for name in keyed.columns if name != KEY}
    return OrderedRows(keys, columns)
