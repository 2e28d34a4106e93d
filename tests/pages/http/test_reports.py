"""What can be done with a report page: turn pages, open groups, sort, and send its form as it stands."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from tests.pages.http.addresses import Address
from tests.pages.http.contract import REPORTS
from tests.pages.http.expected import detailed_of, user_of
from tests.pages.http.forms import Form
from tests.pages.http.markup import Page
from tests.pages.http.reading import (
    detailed_lines,
    figure,
    summary_lines,
    table_of,
)
from tests.pages.http.sites import Site, site_of
from tests.pages.http.visitor import Visitor, page_of
from tests.track.asking import ADA, AGENCY, BO
from tests.wire.agency import AGENCY as WORLD
from tests.wire.agency import NOW, at
from tests.worlds.world import Entry, Project, User, World

PAGE_ROWS = 50
ROWS = 130
MONTH = {"from": "2026-01-01", "to": "2026-01-31"}
BODY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
CROWD = World(  # many rows that tie in everything they can be sorted by
    workspace_id=10,
    currency="EUR",
    users=(User(1, "Ada", "ada@example.com"), User(2, "Bo", "bo@example.com")),
    projects=(Project(30, "Site"),),
    entries=tuple(
        Entry(
            entry_id=1_000 + number * 37 % ROWS,
            user_id=1 + number % 2,
            start=at(5 + number % 4, 8),
            stop=at(5 + number % 4, 8, 1 + number % 3),
            description=f"Work {number % 5}",
            project_id=30,
        )
        for number in range(ROWS)
    ),
)
SORTS = tuple(
    f"{sign}{key}" for key in ("date", "user", "duration", "description") for sign in ("", "-")
)


@pytest.fixture(name="crowd", scope="module")
def fixture_crowd() -> Iterator[Visitor]:
    with site_of(CROWD) as site:
        yield site.visitor(ADA)


@pytest.fixture(name="agency", scope="module")
def fixture_agency() -> Iterator[Site]:
    with site_of(WORLD) as site:
        yield site


def report(visitor: Visitor, kind: str, **query: str) -> Page:
    return visitor.read(f"/w/{AGENCY}/reports/{kind}?{urlencode(query)}")


@pytest.mark.parametrize("sort", SORTS)
def test_the_pages_of_a_report_add_up_to_all_its_rows(crowd: Visitor, sort: str) -> None:
    """Fifty on each, none twice, none left out, in one order."""
    pages = [report(crowd, "detailed", sort=sort, page=str(one), **MONTH) for one in (1, 2, 3)]
    lines = [detailed_lines(page) for page in pages]
    assert [len(some) for some in lines] == [PAGE_ROWS, PAGE_ROWS, ROWS - 2 * PAGE_ROWS]
    order = {
        "order_by": sort.removeprefix("-"),
        "order_dir": "DESC" if sort.startswith("-") else "ASC",
    }
    right = detailed_of(CROWD, user_of(CROWD, ADA), Address((), BODY | order), NOW)
    assert [line.key for some in lines for line in some] == [line.key for line in right]
    assert len({figure(page, "total") for page in pages}) == 1


def test_one_can_turn_the_pages_by_links(crowd: Visitor) -> None:
    """All that was asked stays as it was."""
    seen: list[str] = []
    page = report(crowd, "detailed", sort="duration", billable="no", **MONTH)
    while True:
        seen += [line.key for line in detailed_lines(page)]
        onward = [
            node.get("href")
            for node in page.all("a[href]")
            if f"page={len(seen) // PAGE_ROWS + 1}" in node.get("href").split("?")[-1].split("&")
        ]
        if len(seen) % PAGE_ROWS or not onward:
            break
        page = crowd.read(f"/w/{AGENCY}/reports/detailed?{onward[0].partition('?')[2]}")
    assert len(seen) == len({*seen}) == ROWS


@pytest.mark.parametrize("number", ["4", "1000000", str(2**63 - 1)])
def test_behind_the_last_page_there_is_no_fault(crowd: Visitor, number: str) -> None:
    answer = crowd.get(f"/w/{AGENCY}/reports/detailed?{urlencode({**MONTH, 'page': number})}")
    assert answer.status_code in {200, 303, 400, 404}
    if answer.status_code == 200:
        assert len(detailed_lines(page_of(answer))) <= PAGE_ROWS


def test_only_opened_groups_show_what_is_in_them(agency: Site) -> None:
    ada = agency.visitor(ADA)
    lines = summary_lines(report(ada, "summary", **MONTH))
    assert [line.subs for line in lines] == [[]] * len(lines)
    for key in (line.key for line in lines):
        opened = summary_lines(report(ada, "summary", open=key, **MONTH))
        assert [line.key for line in opened if line.subs] == [key]
    everything = summary_lines(report(ada, "summary", open="all", **MONTH))
    assert all(line.subs for line in everything)


def test_groups_of_tags_are_opened_by_their_ids(agency: Site) -> None:
    lines = summary_lines(report(agency.visitor(ADA), "summary", by="tags", **MONTH))
    assert {line.key for line in lines} == {"none", "50", "50-51"}


@pytest.mark.parametrize("key", ["999999999", "none-1", "-", "1-", "ALL", "<b>", "\u0661"])
def test_to_open_what_is_not_there_opens_nothing(agency: Site, key: str) -> None:
    where = f"/w/{AGENCY}/reports/summary?{urlencode({**MONTH, 'open': key})}"
    answer = agency.visitor(ADA).get(where)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert not [line for line in summary_lines(page_of(answer)) if line.subs]


@pytest.mark.parametrize("kind", REPORTS)
def test_the_form_of_filters_as_it_stands_asks_the_same_again(agency: Site, kind: str) -> None:
    """A browser sends empty fields too; they mean nothing."""
    ada = agency.visitor(ADA)
    page = report(ada, kind, **{"from": "2026-01-05", "to": "2026-01-11", "project": "30"})
    again = page_of(ada.submit(Form(page, page.one("form#filters")), button="Apply"))
    assert figure(again, "total") == figure(page, "total")
    assert [row.text for row in rows_of(again)] == [row.text for row in rows_of(page)]


def rows_of(page: Page) -> list:
    table = table_of(page)
    return table.all("tr") if table else []


def test_what_is_ticked_in_the_form_is_what_the_address_says(agency: Site) -> None:
    asked = {"project": "30", "client": "none", "tag": "51", "user": "2", "billable": "yes"}
    page = report(agency.visitor(ADA), "summary", **asked, **MONTH)
    pairs = Form(page, page.one("form#filters")).pairs()
    assert {(name, value) for name, value in pairs if name in asked} == {*asked.items()}


@pytest.mark.parametrize("kind", REPORTS)
def test_the_kinds_of_report_are_one_link_apart(agency: Site, kind: str) -> None:
    page = report(agency.visitor(BO), kind)
    assert page.one("h1").text == "Reports"
    (nav,) = [one for one in page.all("nav") if one.get("aria-label") == "Kind of report"]
    assert [node.text for node in nav.all("a")] == ["Summary", "Detailed", "Weekly"]
    assert [node.text for node in nav.all("[aria-current]")] == [kind.capitalize()]


def test_charts_have_tables_behind_them(agency: Site) -> None:
    page = report(agency.visitor(ADA), "summary", **MONTH)
    for chart in ("bars", "donut"):
        figured = page.one(f"figure.{chart}")
        assert figured.all("svg")
        (behind,) = figured.all("details")
        assert behind.all("summary")[0].text == "As a table"
        assert behind.all("table tr")


def test_without_a_range_it_is_this_month_or_this_week(agency: Site) -> None:
    """Today is the 20th of January 2026, a Tuesday."""
    for kind in ("summary", "detailed"):
        month = report(agency.visitor(ADA), kind, period="this_month")
        assert figure(report(agency.visitor(ADA), kind), "total") == figure(month, "total")
    rows = rows_of(report(agency.visitor(ADA), "weekly", period="this_week"))
    same = rows_of(report(agency.visitor(ADA), "weekly"))
    assert [row.text for row in same] == [row.text for row in rows]


def test_the_last_seven_days_are_a_week_too(agency: Site) -> None:
    """A range of seven days, whatever day it begins on (D8.9)."""
    agency.now = datetime(2026, 1, 9, 12, 0, tzinfo=UTC)
    try:
        page = report(agency.visitor(ADA), "weekly", period="last_7_days")
        same = report(agency.visitor(ADA), "weekly", **{"from": "2026-01-03", "to": "2026-01-09"})
    finally:
        agency.now = NOW
    assert figure(page, "total") == figure(same, "total")
    assert [row.text for row in rows_of(page)] == [row.text for row in rows_of(same)]


@pytest.mark.parametrize("more", [{}, {"rates": "on"}, {"by": "clients", "then": "projects"}])
def test_every_row_has_a_cell_for_each_column(agency: Site, more: dict[str, str]) -> None:
    page = report(agency.visitor(ADA), "summary", open="all", **MONTH, **more)
    widths = {
        sum(int(cell.get("colspan") or 1) for cell in row.all("td, th")) for row in rows_of(page)
    }
    assert len(widths) == 1
