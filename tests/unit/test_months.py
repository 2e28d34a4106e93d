"""Facts by month: whatever is written, each entry stands once, in the month of its day, as it was last written."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gnomon.columns.months import split_months
from gnomon.units.dates import day_of_number

SCHEMA = {"entry_id": pl.Int64(), "local_day": pl.Int32(), "seconds": pl.Int64()}
FIRST_DAY, LAST_DAY = 13_000, 13_400  # a year and a bit

entries = st.dictionaries(
    st.integers(1, 60), st.tuples(st.integers(FIRST_DAY, LAST_DAY), st.integers(0, 9)), max_size=60
)


def frame(rows: dict[int, tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame([(key, *row) for key, row in rows.items()], schema=SCHEMA, orient="row")


@given(entries, entries, st.sets(st.integers(1, 60)))
def test_what_is_written_takes_the_place_of_what_was(before, fresh, gone) -> None:
    gone -= fresh.keys()
    written = pl.Series(sorted({*fresh, *gone}), dtype=pl.Int64)
    months = split_months(frame(before)).with_written(written, frame(fresh))
    expected = {key: row for key, row in before.items() if key not in gone} | fresh
    found = {}
    for month, facts in months.items():
        assert facts.height
        for key, day, seconds in facts.iter_rows():
            date = day_of_number(day)
            assert month == date.year * 12 + date.month - 1
            assert key not in found
            found[key] = (day, seconds)
    assert found == expected
    for later in expected:
        rest = months.with_written(pl.Series([later], dtype=pl.Int64), frame({}))
        assert {key for facts in rest.values() for key in facts["entry_id"]} == (
            expected.keys() - {later}
        )
