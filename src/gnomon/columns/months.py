"""Facts by local month: a report reads the months of its range, and a write makes only its own months anew."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.columns.dimension import FEW

MONTHS_PER_YEAR = 12

Span = tuple[int, int]


def month_of_day(day: date) -> int:
    """Months since year 0, so that neighbours differ by one."""
    return day.year * MONTHS_PER_YEAR + day.month - 1


class Months(Mapping[int, pl.DataFrame]):
    """The facts of each local month that has any (`month_of_day`)."""

    def __init__(self, facts: Mapping[int, pl.DataFrame], spans: Mapping[int, Span]) -> None:
        """`spans`: the lowest and the highest entry id of those months where they are known already."""
        self._facts = {month: rows for month, rows in facts.items() if rows.height}
        self._spans = {
            month: spans[month] if month in spans else _span(rows["entry_id"].to_numpy())
            for month, rows in self._facts.items()
        }

    def __getitem__(self, month: int) -> pl.DataFrame:
        return self._facts[month]

    def __iter__(self) -> Iterator[int]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def with_written(self, written: pl.Series, fresh: pl.DataFrame) -> "Months":
        """Without the old rows of the entries of these ids, and with the new ones; other months stay as they are."""
        ids = written.to_numpy()
        pieces = {month: _pieces_without(self[month], ids) for month in self._near(ids)}
        for month, rows in _by_month(fresh).items():
            if month not in pieces:
                pieces[month] = [self[month]] if month in self else []
            pieces[month].append(rows)
        altered = {month: pl.concat(rows, rechunk=True) for month, rows in pieces.items()}
        spans = {month: span for month, span in self._spans.items() if month not in altered}
        return Months({**self._facts, **altered}, spans)

    def _near(self, written: NDArray[np.int64]) -> list[int]:
        """Months that may hold some of these ids: ids mostly rise with time, so few do."""
        ids = np.sort(written)
        lowest, highest = np.array(list(self._spans.values()), dtype=np.int64).reshape(-1, 2).T
        before = np.searchsorted(ids, lowest, side="left")
        upto = np.searchsorted(ids, highest, side="right")
        months = np.array(list(self._spans), dtype=np.int64)
        return [int(month) for month in months[before < upto]]


def _span(ids: NDArray[np.int64]) -> Span:
    return int(ids.min()), int(ids.max())


def _pieces_without(facts: pl.DataFrame, ids: NDArray[np.int64]) -> list[pl.DataFrame]:
    """What remains of them: to cut around a few entries is sooner done than to copy what is not cut."""
    is_written = np.isin(facts["entry_id"].to_numpy(), ids)
    places = np.flatnonzero(is_written).tolist()
    if len(places) > FEW:
        return [facts.filter(~is_written)]
    ends = [-1, *places, facts.height]
    return [facts[before + 1 : after] for before, after in pairwise(ends)]


def split_months(facts: pl.DataFrame) -> Months:
    """Facts by the month of their `local_day`."""
    return Months(_by_month(facts), {})


def _by_month(facts: pl.DataFrame) -> dict[int, pl.DataFrame]:
    if not facts.height:
        return {}
    days = facts["local_day"].to_numpy()
    first = days.min()
    months = _months_of(np.arange(first, days.max() + 1))[days - first]
    if (months == months[0]).all():  # what one write touches mostly is of one month
        return {int(months[0]): facts}
    found = facts.with_columns(month=months).partition_by("month", as_dict=True, include_key=False)
    return {int(month): rows for (month,), rows in found.items()}


def _months_of(days: NDArray[np.integer]) -> NDArray[np.int64]:
    """`month_of_day` of days since 1970-01-01."""
    since_1970 = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return since_1970 + 1970 * MONTHS_PER_YEAR
