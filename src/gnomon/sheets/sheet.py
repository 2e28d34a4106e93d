"""A sheet: typed columns and cells, from which every file is written, so that all files show the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import polars as pl

ROWS_PER_SLICE = 20_000


class CellKind(Enum):
    """TEXT is String, DURATION whole seconds, MONEY whole cents; money may be null: nothing billable there.

    DAY is whole days since 1970-01-01, CLOCK seconds since midnight. LABEL is a text that has a column of its own in
    print, where other texts of a row share one.
    """

    TEXT = auto()
    DURATION = auto()
    MONEY = auto()
    DAY = auto()
    CLOCK = auto()
    LABEL = auto()

    @property
    def is_text(self) -> bool:
        return self in {CellKind.TEXT, CellKind.LABEL}


@dataclass(frozen=True, slots=True)
class Column:
    """`letters`: how many a cell of a LABEL may have in one line of print."""

    title: str
    kind: CellKind = CellKind.TEXT
    currency: str = ""
    letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`read(offset, length)` gives rows as a frame with a column for each of `columns`, in that order, named "0", "1"...

    `totals` has a value for each column, None where there is no sum: sums over all rows, rounded once (D6.2), so that they may
    differ from the sum of the cells.
    """

    columns: Sequence[Column]
    row_count: int
    read: Callable[[int, int], pl.DataFrame]
    totals: Sequence[int | None]

    def slices(self, rows_per_slice: int = ROWS_PER_SLICE) -> Iterator[pl.DataFrame]:
        """All rows in order, in frames that are small however many there are."""
        for offset in range(0, self.row_count, rows_per_slice):
            yield self.read(offset, rows_per_slice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A group as a heading above the next `row_count` rows of the rows' sheet."""

    row_count: int
    color: str | None
    is_untracked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedSheet:
    """Two levels: row n of `groups` is the heading of block n, whose rows are in `rows`.

    `rows` has all columns; `group_column_count`: how many names a group has. `detail_columns` are those by which a row
    is called below its heading. A block of an untracked group has one row that says so. Without blocks the groups are
    all there is.
    `keys`: which thing each group is: its id, ids of tags joined by `-`, or `none`.
    `charted`: groups with a Duration and amounts, which charts and key figures are made of, and their `colors`.
    """

    name: str = "Summary"
    rows: Sheet
    groups: Sheet
    blocks: Sequence[Block]
    group_column_count: int
    detail_columns: Sequence[int]
    charted: Sheet
    colors: Sequence[str | None]
    keys: Sequence[str] = ()
