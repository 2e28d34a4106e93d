"""Unit: keys, runs and sums, also where numbers are too long for the quick way."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gnomon.engine.fold import ordered_rows
from gnomon.engine.keys import Key, KeyPart
from gnomon.engine.order import KEY_MAX
from gnomon.engine.runs import (
    least_of_runs,
    lists_of_runs,
    starts_of_runs,
    sums_of_cells,
    sums_of_runs,
    wide_sums_of_runs,
)

RANKED = pl.DataFrame({"rank": [0, 2, 1], "by_rank": pl.Series([0, 2, 1], dtype=pl.UInt32)})
PARTS = [KeyPart("group", RANKED), KeyPart("rate", RANKED, or_null=True)]


def test_a_key_comes_apart_again() -> None:
    rows = pl.DataFrame(
        {"group": [2, 1, 1, 0], "rate": [0, None, 2, 1], "seconds": [1, 2, 3, 4]},
        schema_overrides={"group": pl.UInt32, "rate": pl.UInt32},
    )
    key = Key(PARTS)
    ordered = ordered_rows(rows.lazy(), key)
    assert ordered["seconds"].tolist() == [4, 1, 2, 3]  # by rank: 0, 2, 1; none before rates
    assert key.codes(ordered.keys, 0).to_list() == [0, 2, 1, 1]
    assert key.codes(ordered.keys, 1).to_list() == [1, 0, None, 2]


@pytest.mark.parametrize("size", [3, KEY_MAX // 4])
def test_keys_of_any_size_are_put_in_order(size: int) -> None:
    """The longer ones leave no room for the row beside them."""
    ranks = pl.int_range(3, eager=True) * (size // 3)

    class Huge(KeyPart):
        @property
        def size(self) -> int:
            return size

    part = Huge("code", pl.DataFrame({"rank": ranks, "by_rank": ranks}))
    rows = pl.DataFrame({"code": [2, 0, 1, 0], "seconds": [1, 2, 3, 4]}).lazy()
    assert ordered_rows(rows, Key([part]))["seconds"].tolist() == [2, 4, 3, 1]


def test_runs_are_added_up() -> None:
    values = np.array([5, 1, 2**62, 2**62, 7])
    starts = starts_of_runs(np.array([1, 1, 2, 2, 3]))
    assert starts.tolist() == [0, 2, 4]
    assert wide_sums_of_runs(values, starts).to_list() == [6, 2**63, 7]
    assert sums_of_runs(values, np.array([0, 4])).tolist()[1] == 7  # behind a sum that overflowed
    assert least_of_runs(values, starts).tolist() == [1, 2**62, 7]
    assert lists_of_runs(values, starts).to_list() == [[1, 5], [2**62, 2**62], [7]]


def test_nothing_adds_up_to_nothing() -> None:
    none = np.array([], dtype=np.int64)
    starts = starts_of_runs(none)
    assert len(starts) == 0
    assert [len(made(none, starts)) for made in (sums_of_runs, least_of_runs)] == [0, 0]
    assert wide_sums_of_runs(none, starts).is_empty()
    assert lists_of_runs(none, starts).is_empty()


@given(st.lists(st.tuples(st.integers(-(2**62), 2**62), st.integers(0, 5)), max_size=50))
def test_sums_of_cells_are_exact(rows: list[tuple[int, int]]) -> None:
    values = np.array([value for value, _ in rows], dtype=np.int64)
    cells = np.array([cell for _, cell in rows], dtype=np.int64)
    sums = [sum(value for value, cell in rows if cell == wanted) for wanted in range(6)]
    assert sums_of_cells(values, cells, 6) == sums


def test_sums_of_cells_are_exact_for_millions_of_large_values() -> None:
    """Where one float would have lost the last digits."""
    count, value = 3_000_000, 2**40 - 1
    cells = np.zeros(count, dtype=np.int64)
    assert sums_of_cells(np.full(count, value), cells, 1) == [count * value]
