"""Where a page of a detailed report begins, and what names the next one (D8.8).

A timestamp alone does not name a row where several start in the same second, so that the cursor we give then also
says how many of those rows were told already: `start + TOLD * count`. Nobody sees the difference who only sends it back;
without ties it is the plain start, as the vendor's.
"""

from dataclasses import dataclass

import numpy as np

from gnomon.engine.places import places_where, value_at
from gnomon.query.queries import EntryOrder, Page
from gnomon.reports.results import DetailedReport

TOLD = 1 << 36  # no start of an entry comes near it: it lies in the year 4147


@dataclass(frozen=True, slots=True)
class Cursor:
    """The same row, three times."""

    row_number: int
    entry_id: int
    timestamp: int


def first_row_of(report: DetailedReport, page: Page) -> int:
    """The row, 0 first, that a page begins with; behind the last row where the cursor names none."""
    if page.entry_id is not None:
        row = _row_with(report, page.entry_id)
        if row is not None:
            return row
    if page.row_number is not None:
        return min(page.row_number - 1, report.row_count)
    if page.timestamp is not None:
        told = max(page.timestamp // TOLD, 0)
        return _row_of_start(report, page.timestamp - told * TOLD, told)
    return report.row_count if page.has_cursor else 0


def cursor_at(report: DetailedReport, row: int) -> Cursor | None:
    """None behind the last row."""
    if row >= report.row_count:
        return None
    place = _first_place(report, row)
    start = value_at(report.table, place, "start")
    told = (
        row - _row_of_start(report, start, 0)
        if _is_by_date(report)
        else _told_before(report, row, start)
    )
    return Cursor(row + 1, value_at(report.table, place, "entry_id"), start + TOLD * told)


def _is_by_date(report: DetailedReport) -> bool:
    return report.query.order_by is EntryOrder.DATE


def _row_with(report: DetailedReport, entry_id: int) -> int | None:
    for place in places_where(report.table, "entry_id", entry_id):
        found = np.flatnonzero(report.entries == place)
        if len(found):
            return _row_of_entry(report, int(found[0]))
    return None


def _row_of_entry(report: DetailedReport, entry: int) -> int:
    if report.first_entries is None:
        return entry
    return int(np.searchsorted(report.first_entries, entry, side="right")) - 1


def _first_place(report: DetailedReport, row: int) -> int:
    entry = row if report.first_entries is None else report.first_entries[row]
    return int(report.entries[entry])


def _row_of_start(report: DetailedReport, start: int, told: int) -> int:
    """By date the first row at or behind that start, otherwise the first with it; `told` rows further on."""
    if _is_by_date(report):
        return min(_first_row_from(report, start) + told, report.row_count)
    rows = _rows_with_start(report, start)
    return rows[told] if told < len(rows) else report.row_count


def _first_row_from(report: DetailedReport, start: int) -> int:
    """Bisection: rows are in the order of their starts."""
    low, high = 0, report.row_count
    while low < high:
        middle = (low + high) // 2
        here = value_at(report.table, _first_place(report, middle), "start")
        is_before = here > start if report.query.is_descending else here < start
        low, high = (middle + 1, high) if is_before else (low, middle)
    return low


def _told_before(report: DetailedReport, row: int, start: int) -> int:
    return sum(other < row for other in _rows_with_start(report, start))


def _rows_with_start(report: DetailedReport, start: int) -> list[int]:
    """The rows whose first entry starts then, ascending."""
    places = places_where(report.table, "start", start)
    entries = np.flatnonzero(np.isin(report.entries, places)).tolist()
    if report.first_entries is None:
        return entries
    return [
        row
        for entry in entries
        for row in [_row_of_entry(report, entry)]
        if report.first_entries[row] == entry
    ]
