"""The address of a report says what it shows; what it says wrongly is told, never a fault."""

from urllib.parse import urlencode

import pytest

from tests.pages.http.contract import REPORTS
from tests.pages.http.furnishing import Ground
from tests.pages.http.reading import figure, seconds_in, table_of
from tests.pages.http.visitor import alert_of, page_of
from tests.track.asking import ADA, AGENCY, BO

WEEK = {"from": "2026-01-05", "to": "2026-01-11"}
HUGE = str(2**64)
BAD = [  # the key that is told, and what is asked
    ("period", {"period": "forever"}),
    ("period", {"period": "This_Month"}),
    ("from", {"from": "05.01.2026", "to": "2026-01-11"}),
    ("from", {"from": "2026-02-30", "to": "2026-03-01"}),
    ("from", {"from": "1999-12-31", "to": "2026-01-11"}),
    ("from", {"from": "\u0662026-01-01", "to": "2026-01-11"}),
    ("to", {"from": "2026-01-05", "to": "2026-1-11"}),
    ("to", {"from": "2026-01-05", "to": "2031-01-01"}),
    ("to", {"from": "2026-01-05", "to": "today"}),
    *((key, {key: "x"}) for key in ("user", "group", "client", "project", "task", "tag")),
    *((key, {key: HUGE}) for key in ("user", "group", "client", "project", "task", "tag")),
    ("client", {"client": "1.5"}),
    ("client", {"client": "None"}),
    ("project", {"project": "1 OR 1=1"}),
    ("project", {"project": "\u0661"}),
    ("billable", {"billable": "maybe"}),
    ("billable", {"billable": "true"}),
    ("description", {"description": "x" * 3_001}),
    ("at_least", {"at_least": "long"}),
    ("at_least", {"at_least": "-1:00"}),
    ("at_least", {"at_least": "1e400"}),
    ("at_most", {"at_most": "NaN"}),
    ("at_most", {"at_most": "9" * 400}),
    ("rounding", {"rounding": "sideways", "minutes": "15"}),
    ("minutes", {"rounding": "up", "minutes": "7"}),
    ("minutes", {"rounding": "up", "minutes": "-15"}),
]
BAD_BY_REPORT = [
    ("summary", "by", {"by": "colour"}),
    ("summary", "by", {"by": "time_entries"}),
    ("summary", "then", {"then": "tags"}),
    ("summary", "sort", {"sort": "date"}),
    ("summary", "sort", {"sort": "--title"}),
    ("detailed", "sort", {"sort": "title"}),
    ("detailed", "sort", {"sort": "amount"}),
    ("detailed", "page", {"page": "0"}),
    ("detailed", "page", {"page": "-1"}),
    ("detailed", "page", {"page": "two"}),
    ("detailed", "page", {"page": "9" * 400}),
    ("weekly", "by", {"by": "clients"}),
    ("weekly", "show", {"show": "money"}),
]
WORDS = {"from": ["start date"], "to": ["end date"]}
STRANGE = [  # contradictions and oddities that may be answered either way, and never with a fault
    "from=2026-01-11&to=2026-01-05",
    "from=2026-01-05",
    "to=2026-01-11",
    "at_least=2:00&at_most=1:00",
    "period=today&period=all",
    "period=today&from=2026-01-05&to=2026-01-11",
    "billable=yes&billable=no",
    "rates=maybe",
    "by=users&then=users",
    "minutes=15",
    "rounding=up",
    "description=%00",
    "description=%ff%fe",
    "description=%ed%a0%80",
    "&&&=&==&?;",
    "open=&open=&open=",
    "project=" + "&project=".join(map(str, range(2_000))),
    "open=" + "&open=".join(map(str, range(2_000))),
]


def where(report: str, query: dict[str, str]) -> str:
    return f"/w/{AGENCY}/reports/{report}?{urlencode(query)}"


def assert_told(house: Ground, address: str, key: str) -> None:
    page = page_of(house.by(ADA).get(address), 400)
    told = alert_of(page).replace("_", " ").casefold()
    assert any(word in told for word in (key.replace("_", " "), *WORDS.get(key, ()))), told


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(("key", "query"), BAD, ids=str)
def test_a_bad_value_is_told(house: Ground, report: str, key: str, query: dict[str, str]) -> None:
    assert_told(house, where(report, query), key)


@pytest.mark.parametrize(("report", "key", "query"), BAD_BY_REPORT, ids=str)
def test_a_bad_value_of_one_report_is_told(
    house: Ground, report: str, key: str, query: dict[str, str]
) -> None:
    assert_told(house, where(report, {**WEEK, **query}), key)


def test_a_week_has_seven_days(house: Ground) -> None:
    for last in ("2026-01-05", "2026-01-10", "2026-01-12", "2026-02-05"):
        answer = house.by(ADA).get(where("weekly", {"from": "2026-01-05", "to": last}))
        assert alert_of(page_of(answer, 400))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".pdf"])
def test_no_file_is_made_of_a_bad_address(house: Ground, report: str, ending: str) -> None:
    answer = house.by(ADA).get(where(f"{report}{ending}", {**WEEK, "billable": "maybe"}))
    assert answer.status_code == 400
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("report", REPORTS)
def test_keys_that_nobody_knows_are_ignored(house: Ground, report: str) -> None:
    """As are empty ones, which a form sends."""
    strange = {"utm_source": "x", "__proto__": "1", "By": "?", "": "", "page_size": "-1"}
    empty = dict.fromkeys(("period", "description", "billable", "at_least", "at_most"), "")
    pages = [house.by(ADA).read(where(report, {**WEEK, **more})) for more in ({}, strange, empty)]
    assert len({figure(page, "total") for page in pages}) == 1
    assert len({getattr(table_of(page), "text", "") for page in pages}) == 1


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("query", STRANGE, ids=lambda query: query[:40])
def test_what_contradicts_itself_is_no_fault(house: Ground, report: str, query: str) -> None:
    answer = house.by(ADA).get(f"/w/{AGENCY}/reports/{report}?{query}")
    page = page_of(answer, answer.status_code)
    assert answer.status_code in {200, 400}
    assert bool(alert_of(page)) == (answer.status_code == 400)


@pytest.mark.parametrize("key", ["user", "group", "client", "project", "task", "tag"])
def test_ids_that_are_not_ones_own_find_nothing(house: Ground, key: str) -> None:
    """Foreign, deleted and hidden as unknown (D4.7)."""
    for by in (ADA, BO):
        absent = house.absent(by, f"{key}_id")
        for one in (one for some in absent.values() for one in some):
            page = house.by(by).read(where("summary", {**WEEK, key: str(one)}))
            assert seconds_in(figure(page, "total")) == 0
