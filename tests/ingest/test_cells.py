"""Single cells of the vendor's CSV, odd ones with a word on why they are odd."""

from datetime import date, time

import pytest

from gnomon.errors import BadData
from gnomon.ingest.cells import (
    billable_cell,
    clock_cell,
    date_cell,
    duration_cell,
    money_cell,
    tags_cell,
    text_cell,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:00:00", 0),
        ("0:05:07", 307),
        ("56:00:00", 201_600),  # longer than a day
        ("100:00:01", 360_001),
        ("18:25 min", 1_105),
        ("45 sec", 45),
        ("1.50 h", 5_400),
        ("0,33", 1_188),
    ],
)
def test_durations_are_read(text: str, seconds: int) -> None:
    assert duration_cell(text) == seconds


@pytest.mark.parametrize("text", ["", "1:2", "-1:00:00", "1:60:00", "1 hour", "٣:00:00x"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(BadData, match="no duration"):
        duration_cell(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", None),
        ("0", 0),
        ("12", 1_200),
        ("12.3", 1_230),
        ("1,234.56", 123_456),
        ("1.234,56", 123_456),
        ("1,234", 123_400),
        ("-5.00", -500),
    ],
)
def test_amounts_are_read(text: str, cents: int | None) -> None:
    assert money_cell(text) == cents


@pytest.mark.parametrize("text", ["twelve", "1.2.3,45,6", "1.2345", "--1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadData, match="no amount"):
        money_cell(text)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("08:00:00", time(8)),
        ("8:05", time(8, 5)),
        ("12:00 AM", time(0)),
        ("12:30:15 pm", time(12, 30, 15)),
        ("11:59 PM", time(23, 59)),
    ],
)
def test_clocks_are_read(text: str, clock: time) -> None:
    assert clock_cell(text) == clock


@pytest.mark.parametrize("text", ["24:00", "13:00 PM", "8", "", "8:60"])
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(BadData, match="no time of day"):
        clock_cell(text)


def test_only_unmistakable_dates_are_taken() -> None:
    assert date_cell("2024-02-29") == date(2024, 2, 29)
    for text in ("03/04/2024", "2024-2-29", "2023-02-29", "20240229", "2024-W01-1"):
        with pytest.raises(BadData, match="no date"):
            date_cell(text)


@pytest.mark.parametrize(
    ("word", "is_billable"),
    [("Yes", True), ("いいえ", False), ("JA", True), ("", False), ("Нет", False)],
)
def test_billable_is_read_in_the_vendors_languages(word: str, is_billable: bool) -> None:
    assert billable_cell(word) is is_billable


def test_an_unknown_billable_word_is_refused_and_not_guessed() -> None:
    with pytest.raises(BadData, match="neither a yes nor a no"):
        billable_cell("vielleicht")


def test_tags_are_parted_by_comma_and_space() -> None:
    assert tags_cell("b, a, b, timekode:3201-1") == ("b", "a", "timekode:3201-1")
    assert tags_cell("") == ()
    assert tags_cell("a,b") == ("a,b",)


def test_the_guard_against_formulas_is_taken_off_once() -> None:
    assert text_cell("'=1+1") == "=1+1"
    assert text_cell("''=1+1") == "''=1+1"
    assert text_cell("'quoted'") == "'quoted'"
