"""Ranges of days that move with today (D10.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gnomon.query.period import Period, days_of

DAYS = st.dates(date(2006, 1, 1), date(2029, 12, 31))
WEEKDAYS = st.integers(0, 6)


@given(today=DAYS, weekday=WEEKDAYS, period=st.sampled_from(list(Period)))
def test_a_period_is_where_its_name_says(today: date, weekday: int, period: Period) -> None:
    days = days_of(period, today, weekday, date(2010, 5, 5))
    if period.value.startswith("last_") and "days" not in period.value and "12" not in period.value:
        assert days.last < today
    elif period is not Period.YESTERDAY:
        assert days.first <= today <= days.last


@given(today=DAYS, weekday=WEEKDAYS)
def test_weeks_begin_on_the_owners_day(today: date, weekday: int) -> None:
    this, last = (
        days_of(one, today, weekday, today) for one in (Period.THIS_WEEK, Period.LAST_WEEK)
    )
    assert this.first.isoweekday() % 7 == weekday
    assert (this.day_count, last.day_count) == (7, 7)
    assert last.last + timedelta(days=1) == this.first


@given(today=DAYS)
@pytest.mark.parametrize("span", ["month", "quarter", "year"])
def test_the_last_one_ends_where_this_one_begins(span: str, today: date) -> None:
    this, last = (days_of(Period(f"{one}_{span}"), today, 1, today) for one in ("this", "last"))
    assert last.last + timedelta(days=1) == this.first
    assert this.first.day == 1
    assert (this.last + timedelta(days=1)).day == 1


def test_all_ends_today_also_where_everything_is_to_come() -> None:
    today = date(2026, 1, 20)
    assert days_of(Period.ALL, today, 1, date(2026, 2, 1)).day_count == 1
    assert days_of(Period.ALL, today, 1, date(2020, 2, 1)).first == date(2020, 2, 1)
