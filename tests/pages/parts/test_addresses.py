"""The link to what a saved report asks: any parameters that somebody stored, and the same question again."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gnomon.model.account import Account
from gnomon.model.saved_report import ReportType
from gnomon.units.durations import Rounding, RoundingMode
from gnomon.web.pages.forms import Form
from gnomon.web.pages.reports.address import Address, address_of_params, read_address
from gnomon.web.pages.saved.params import new_params, rounding_kept

SECRET = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
KEYS = (
    *("period", "start_date", "user_ids", "tag_ids", "rounding", "rounding_minutes", "grouping"),
    *("billable", "min_duration_seconds", "order_by", "order_dir", "description", "calculate"),
)


def asked(report_type: ReportType, query: str) -> Address:
    return read_address(report_type, Form(parse_qsl(query, keep_blank_values=True)))


@given(st.dictionaries(st.sampled_from(KEYS), SECRET))
def test_whatever_is_stored_there_is_an_address(params: dict[str, Any]) -> None:
    assert isinstance(address_of_params(params), str)


@pytest.mark.parametrize(
    "query",
    [
        "period=last_month&by=clients&then=projects&client=3&client=none&tag=4&tag=5",
        "from=2026-01-05&to=2026-01-11&description=a%26b&billable=no&at_least=0:01:40",
        "period=this_year&rounding=nearest&minutes=15&rates=on&sort=title",
        "period=this_year&rounding=none",
        "period=all&rounding=up&minutes=6&by=users&at_most=12:00:00",
    ],
)
def test_what_is_saved_asks_the_same_again(query: str) -> None:
    first = asked(ReportType.SUMMARY, query)
    form = Form([("report_type", "summary"), ("address", query), ("days", "relative")])
    params = new_params(form, Account(user_id=1, name="Ada", email=None))
    if first.period is None:
        params |= {key: first.body[key] for key in ("start_date", "end_date")}
    again = asked(ReportType.SUMMARY, address_of_params(params))
    assert again.period == first.period
    kept = {"rounding": 0, "rounding_minutes": 0} if "rounding" not in first.body else {}
    assert again.body == {**first.body, **kept}


def test_a_preference_is_saved_with_what_it_showed() -> None:
    """Another reader, with another preference, sees the same (D5.2)."""
    ada = Account(
        user_id=1,
        name="Ada",
        email=None,
        rounds_reports=True,
        rounding=Rounding(15, RoundingMode.NEAREST),
    )
    told = rounding_kept(asked(ReportType.SUMMARY, ""), ada)
    assert told == {"rounding": 0, "rounding_minutes": 15, "rounds_to_nearest": True}
    assert asked(ReportType.SUMMARY, address_of_params(dict(told))).body["rounding_minutes"] == 15
