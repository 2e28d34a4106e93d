"""Where entries stand in a table: numbered through all months, the oldest month first."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.columns.table import FACT_SCHEMA, EntryTable

PLACE = "place"
Places = NDArray[np.uint32]


def rows_at(table: EntryTable, places: Places, columns: Sequence[str]) -> pl.DataFrame:
    """These columns of the rows at these places, in the order of the places."""
    if not len(places):
        return pl.DataFrame(schema={column: FACT_SCHEMA[column] for column in columns})
    months = [table.months[month] for month in sorted(table.months)]
    ends = np.cumsum([month.height for month in months])
    numbers = np.searchsorted(ends, places, side="right")
    order = np.argsort(numbers, kind="stable")
    found, firsts = np.unique(numbers[order], return_index=True)
    parts = [
        months[number].select(columns)[places[rows] - (ends[number] - months[number].height)]
        for number, rows in zip(found, np.split(order, firsts[1:]), strict=True)
    ]
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    joined: pl.DataFrame = pl.concat(parts)
    return joined.select(pl.all().gather(back))


def places_where(table: EntryTable, column: str, value: int) -> list[int]:
    """Every place whose row has that value, ascending."""
    found: list[int] = []
    first_place = 0
    for month in sorted(table.months):
        rows = np.flatnonzero(table.months[month][column].to_numpy() == value)
        found.extend((rows + first_place).tolist())
        first_place += table.months[month].height
    return found


def value_at(table: EntryTable, place: int, column: str) -> int:
    for month in sorted(table.months):
        height = table.months[month].height
        if place < height:
            return int(table.months[month][column][place])
        place -= height
    raise IndexError(place)
