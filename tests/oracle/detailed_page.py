"""Which rows of the detailed report are on the page that was asked for, and how to go on (D8.8)."""

from tests.oracle.detailed_body import PAGE_SIZE_MAX
from tests.oracle.detailed_rows import Row
from tests.oracle.summary import Asked

TIE = "tie"  # rows that start at once cannot be told apart by their start; what is sent says more


def page_size(asked: Asked) -> int:
    size: int = asked["page_size"]
    return min(size, PAGE_SIZE_MAX)


def first_place(asked: Asked, rows: list[Row]) -> int:
    """How many rows come before the page: all of them when the only cursor is an unknown id."""
    for place, row in enumerate(rows):
        if asked["first_id"] in row.entry_ids:
            return place
    if asked["first_row_number"]:
        number: int = asked["first_row_number"]
        return number - 1
    if asked["first_timestamp"]:
        return place_by_time(asked, rows)
    return len(rows) if asked["first_id"] else 0


def place_by_time(asked: Asked, rows: list[Row]) -> int:
    """By date the first row at or past the instant, in any other order the first that starts then."""
    instant: int = asked["first_timestamp"]
    if asked["order_by"] != "date":
        starts = [row.start for row in rows]
        return starts.index(instant) if instant in starts else len(rows)
    is_descending = asked["order_dir"] == "DESC"
    for place, row in enumerate(rows):
        if row.start <= instant if is_descending else row.start >= instant:
            return place
    return len(rows)


def next_headers(rows: list[Row], next_place: int) -> dict[str, str]:
    """Nothing when no row is left."""
    if next_place >= len(rows):
        return {}
    row, row_before = rows[next_place], rows[next_place - 1]
    is_tie = row.start == row_before.start
    return {
        "X-Next-ID": str(row.entry_ids[0]),
        "X-Next-Row-Number": str(next_place + 1),
        "X-Next-Timestamp": TIE if is_tie else str(row.start),
    }
