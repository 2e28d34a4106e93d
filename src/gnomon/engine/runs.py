"""Runs of equal values in ordered columns: where they start, and what they add up to.

Plain arrays: a data frame pays some 0.2 ms for each of these steps, which is most of a small report.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

IntColumn = NDArray[np.int64]
UPPER = pl.Series([2**32], dtype=pl.Int128)


def starts_of_runs(values: IntColumn) -> IntColumn:
    """The first row of each run."""
    is_start = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_start[1:])
    return np.flatnonzero(is_start)


def looked_up(rows: NDArray[np.integer | np.bool_]) -> pl.Series:
    """Rows to look up in a column: Polars takes these without looking at each of them."""
    return pl.Series(rows.astype(np.uint32))


def runs_of_rows(starts: IntColumn, height: int) -> IntColumn:
    """The number of the run that each row belongs to, 0 first."""
    ends = np.append(starts[1:], height)
    return np.repeat(np.arange(len(starts)), ends[: len(starts)] - starts)


def sums_of_runs(values: IntColumn, starts: IntColumn) -> IntColumn:
    """A sum that overflows leaves the others as they are."""
    return np.add.reduceat(values, starts) if len(starts) else values


def wide_sums_of_runs(values: IntColumn, starts: IntColumn) -> pl.Series:
    """The same in 128 bits, for sums that need them: upper and lower halves on their own."""
    upper = pl.Series(sums_of_runs(values >> 32, starts)).cast(pl.Int128)
    lower = pl.Series(sums_of_runs(values & 0xFFFF_FFFF, starts)).cast(pl.Int128)
    return upper * UPPER + lower


def least_of_runs(values: IntColumn, starts: IntColumn) -> IntColumn:
    return np.minimum.reduceat(values, starts) if len(starts) else values


def lists_of_runs(values: IntColumn, starts: IntColumn) -> pl.Series:
    """Each run's values, ascending."""
    rows = pl.DataFrame({"run": runs_of_rows(starts, len(values)), "value": values})
    return rows.sort("run", "value").group_by("run", maintain_order=True).agg("value")["value"]


PART_BITS = 21
FLOAT_EXACT = 2**53


def sums_of_cells(values: IntColumn, cells: IntColumn, size: int) -> list[int]:
    """The exact sum of the values in each of the `size` cells.

    They are added up as floats, which are exact for whole numbers of 53 bits: all at once where no sum can be longer,
    else in parts of 21 bits, of which four thousand million can be added.
    """
    if len(values) * max(int(values.max(initial=0)), -int(values.min(initial=0))) < FLOAT_EXACT:
        return [int(one) for one in np.bincount(cells, values, minlength=size).tolist()]
    mask = (1 << PART_BITS) - 1
    lower, middle = values & mask, values >> PART_BITS & mask
    parts = (values >> 2 * PART_BITS, middle, lower)
    high, mid, low = (np.bincount(cells, part, minlength=size).tolist() for part in parts)
    return [
        (int(one) << 2 * PART_BITS) + (int(two) << PART_BITS) + int(three)
        for one, two, three in zip(high, mid, low, strict=True)
    ]
