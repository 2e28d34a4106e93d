"""Durations as people type and read them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gnomon.errors import BadData
from gnomon.export.formats import duration_text
from gnomon.query.presentation import DurationFormat, Formats
from gnomon.units.durations import read_duration
from gnomon.web.pages.reader import Reader


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 5_400),
        ("1:30:05", 5_405),
        ("90m", 5_400),
        ("90 min", 5_400),
        ("1h 30m", 5_400),
        ("1.5h", 5_400),
        ("1,5", 5_400),
        ("0.01", 36),
        ("45", 2_700),
        ("10s", 10),
        (" 2H ", 7_200),
    ],
)
def test_durations_are_typed_in_many_ways(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "1:60", "-5", "1:2:3:4", "½", "1e3", "٣"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(BadData):
        read_duration(text)


@given(seconds=st.integers(0, 10**7), kind=st.sampled_from(DurationFormat))
def test_a_page_writes_durations_as_files_do(seconds: int, kind: DurationFormat) -> None:
    column = pl.DataFrame({"0": [seconds]}).select(duration_text(pl.col("0"), kind))
    assert Reader(formats=Formats(duration=kind)).duration(seconds) == column.item()
