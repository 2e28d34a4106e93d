"""Days, durations and money."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gnomon.errors import BadData, DaysReversed
from gnomon.units.dates import (
    DayRange,
    instant_of_local,
    local_seconds,
    offset_seconds,
    offsets_of_year,
    zone_of,
)
from gnomon.units.durations import clock_text
from gnomon.units.money import amount_cents, cents, currency_code, microcents, money_text
from gnomon.units.rates import rates_for, roundest_rate

ZONES = (
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
    "Antarctica/Troll",
    "UTC",
)


@given(
    zone=st.sampled_from(ZONES),
    instant=st.integers(
        int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()),
        int(datetime(2037, 12, 31, tzinfo=UTC).timestamp()),
    ),
)
def test_steps_of_a_year_are_the_offsets_of_zoneinfo(zone: str, instant: int) -> None:
    year = datetime.fromtimestamp(instant, UTC).year
    offset = [offset for start, offset in offsets_of_year(zone, year) if start <= instant][-1]
    assert offset == offset_seconds(ZoneInfo(zone), instant)


@pytest.mark.parametrize("zone", ZONES)
def test_steps_are_exact_to_the_second(zone: str) -> None:
    for year in range(2008, 2027):
        for start, offset in offsets_of_year(zone, year)[1:]:
            assert offset_seconds(ZoneInfo(zone), start) == offset
            assert offset_seconds(ZoneInfo(zone), start - 1) != offset


def test_a_skipped_wall_clock_moves_on_and_a_double_one_is_the_first() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    skipped = instant_of_local(berlin, datetime(2025, 3, 30, 2, 30))
    assert local_seconds(berlin, skipped) - skipped == 7_200
    double = instant_of_local(berlin, datetime(2025, 10, 26, 2, 30))
    assert local_seconds(berlin, double) - double == 7_200


def test_an_unknown_zone_is_refused() -> None:
    for name in ("Mars/Olympus", "", "../etc/passwd", "/etc/passwd", "Europe", "a\0b"):
        with pytest.raises(BadData):
            zone_of(name)


def test_days_count_both_ends_and_cannot_run_backwards() -> None:
    assert DayRange(date(2024, 2, 28), date(2024, 3, 1)).day_count == 3
    with pytest.raises(DaysReversed):
        DayRange(date(2024, 3, 2), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("seconds", "rate", "expected"),
    [
        (3_600, 10_000, 10_000),
        (60, 10_000, 167),
        (1, 1_800, 1),
        (1, 1_798, 0),
        (0, 10_000, 0),
        (86_400 * 4, 99_999_999, 9_599_999_904),
    ],
)
def test_amounts_follow_d6_1(seconds: int, rate: int, expected: int) -> None:
    assert amount_cents(seconds, rate) == expected


def test_six_lines_of_a_minute_make_ten_euros() -> None:
    """The lines are 1.67 each; the sum is rounded once (D6.2)."""
    assert cents(6 * microcents(60, 10_000)) == 1_000


@given(seconds=st.integers(1, 10**7), rate=st.integers(0, 10**7))
def test_a_rate_is_inside_the_span_that_its_amount_allows(seconds: int, rate: int) -> None:
    lowest, highest = rates_for(seconds, amount_cents(seconds, rate))
    assert lowest <= rate <= highest
    for edge in (lowest, highest):
        assert amount_cents(seconds, edge) == amount_cents(seconds, rate)


def test_the_roundest_rate_is_taken() -> None:
    assert roundest_rate(9_991, 10_009) == 10_000
    assert roundest_rate(11_107, 11_112) == 11_110
    assert roundest_rate(5, 4) is None


def test_texts_of_durations_and_money() -> None:
    assert clock_text(360_061) == "100:01:01"
    assert money_text(123_456) == "1234.56"
    assert money_text(-5) == "-0.05"
    assert currency_code(" eur ") == "EUR"
    with pytest.raises(BadData):
        currency_code("€")


def test_days_of_the_year_tile_the_line() -> None:
    """Every instant has exactly one local day, and local days never run backwards by more than the clock does."""
    apia = ZoneInfo("Pacific/Apia")
    start = int(datetime(2011, 12, 28, tzinfo=UTC).timestamp())
    days = [
        (datetime(1970, 1, 1) + timedelta(seconds=local_seconds(apia, start + hour * 3600))).date()
        for hour in range(120)
    ]
    assert date(2011, 12, 30) not in days
    assert days == sorted(days)
