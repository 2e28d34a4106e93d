"""What a summary cannot be had without: the sums by hand in numpy, and the answer as JSON by a fast encoder."""

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.columns.table import EntryTable
from gnomon.units.dates import SECONDS_PER_DAY, DayRange, day_number

IntColumn = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Preloaded columns with dictionary codes, as somebody would have them who writes this report by hand."""

    project: IntColumn
    text: IntColumn
    rate: IntColumn
    seconds: IntColumn
    local_start: IntColumn
    text_count: int
    rate_count: int


def columns_of(table: EntryTable) -> Columns:
    facts = pl.concat([table.months[month] for month in sorted(table.months)])
    rate_count = table.dimensions.rates.height + 1
    return Columns(
        project=_column(facts["project_code"]),
        text=_column(facts["description_code"]),
        rate=_column(facts["rate_code"].fill_null(rate_count - 1)),  # not billable
        seconds=_column(facts["seconds"]),
        local_start=_column(facts["local_start"]),
        text_count=table.dimensions.descriptions.height,
        rate_count=rate_count,
    )


def _column(values: pl.Series) -> IntColumn:
    return values.cast(pl.Int64).to_numpy()


@dataclass(frozen=True, slots=True)
class Lines:
    keys: IntColumn
    seconds: IntColumn
    local_starts: IntColumn


def numpy_lines(columns: Columns, days: DayRange, seconds_max: int) -> Lines:
    """The entries of the range and of at most that length, by project, description and rate."""
    first = day_number(days.first) * SECONDS_PER_DAY
    end = (day_number(days.last) + 1) * SECONDS_PER_DAY
    is_chosen = (columns.local_start >= first) & (columns.local_start < end)
    rows = np.flatnonzero(is_chosen & (columns.seconds <= seconds_max))
    keys = columns.project[rows] * columns.text_count + columns.text[rows]
    keys = keys * columns.rate_count + columns.rate[rows]
    order = np.argsort(keys)
    keys, rows = keys[order], rows[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return Lines(
        keys[firsts],
        np.add.reduceat(columns.seconds[rows], firsts),
        np.minimum.reduceat(columns.local_start[rows], firsts),
    )


def sub_group_count(lines: Lines, columns: Columns) -> int:
    """Lines of one project and description are one sub group."""
    return len(np.unique(lines.keys // columns.rate_count))


class RateJson(msgspec.Struct):
    billable_seconds: int
    hourly_rate_in_cents: int
    currency: str


class SubGroupJson(msgspec.Struct):
    id: int | None
    title: str
    seconds: int
    rates: list[RateJson] | None
    local_start: str


class GroupJson(msgspec.Struct):
    id: int | None
    names: list[str]
    sub_groups: list[SubGroupJson]
    project_color: Any = msgspec.UNSET
    project_hex_color: Any = msgspec.UNSET


class AnswerJson(msgspec.Struct):
    """An answer as objects; encoding it gives as many bytes as the server sent."""

    groups: list[GroupJson]

    @property
    def seconds(self) -> int:
        return sum(sub.seconds for group in self.groups for sub in group.sub_groups)

    @property
    def sub_group_count(self) -> int:
        return sum(len(group.sub_groups) for group in self.groups)


def decoded(body: bytes) -> AnswerJson:
    answer = msgspec.json.decode(body, type=AnswerJson)
    assert len(msgspec.json.encode(answer)) == len(body), "the answer has keys unknown here"
    return answer
