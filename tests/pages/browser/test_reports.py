"""Reports in the hand: groups open and close, columns sort, and the address is the report."""

import re

from playwright.sync_api import Page, expect

from tests.pages.browser.acts import eventually, expect_heading, follow, press, put
from tests.pages.browser.reading import (
    figures,
    filters,
    group_row,
    groups,
    keys,
    lines,
    seconds_of,
    shown,
    total_seconds,
)
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import any_way, on_desk_and_phone, with_and_without_script
from tests.track.asking import ADA, REPORTS
from tests.track.entries import ALL_SECONDS, new

SUMMARY = "/w/10/reports/summary"
DETAILED = "/w/10/reports/detailed"
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
WEEK = "from=2026-01-05&to=2026-01-11"
PROJECTS = {"30": 12_300, "none": 1_200, "33": 1_800, "31": 420}  # seconds of the agency's January


def toggle(page: Page, key: str) -> None:
    group_row(page, key).get_by_role("link").or_(
        group_row(page, key).get_by_role("button")
    ).first.click()


def change(page: Page, field: str, value: str) -> None:
    put(filters(page), field, value)
    press(filters(page), "Apply")
    expect(page).to_have_url(re.compile(f"{field}={value}"))


def sub_seconds(page: Page) -> list[int]:
    return [seconds_of(duration) for _, duration, _ in lines(page, "sub")]


@any_way
def test_groups_open_and_close(ada: Page) -> None:
    ada.goto(SUMMARY)
    assert groups(ada) == PROJECTS
    assert sub_seconds(ada) == []
    toggle(ada, "30")
    expect(ada).to_have_url(re.compile(r"[?&]open=30\b"))
    eventually(lambda: sum(sub_seconds(ada)), PROJECTS["30"])
    toggle(ada, "none")
    eventually(lambda: sum(sub_seconds(ada)), PROJECTS["30"] + PROJECTS["none"])
    toggle(ada, "30")
    eventually(lambda: sub_seconds(ada), [PROJECTS["none"]])
    assert "open=30" not in ada.url
    assert groups(ada) == PROJECTS


def test_all_groups_can_be_open_and_add_up(ada: Page) -> None:
    ada.goto(f"{SUMMARY}?open=all")
    assert sum(sub_seconds(ada)) == sum(groups(ada).values()) == total_seconds(ada) == ALL_SECONDS


@with_and_without_script
def test_columns_sort_both_ways(ada: Page) -> None:
    ada.goto(SUMMARY)
    assert list(groups(ada).values()) == sorted(PROJECTS.values(), reverse=True)
    head = ada.locator("table.report thead")
    follow(head, re.compile("duration", re.IGNORECASE))
    eventually(lambda: list(groups(ada).values()), sorted(PROJECTS.values()))
    assert "sort=duration" in ada.url
    head.get_by_role("link").first.click()
    expect(ada).to_have_url(re.compile("sort=title"))
    eventually(lambda: [key for key in keys(ada) if key != "none"], ["31", "33", "30"])
    head.get_by_role("link").first.click()
    expect(ada).to_have_url(re.compile("sort=-title"))
    eventually(lambda: [key for key in keys(ada) if key != "none"], ["30", "33", "31"])


@on_desk_and_phone
def test_the_address_is_the_report(ada: Page, visitors: Visitors) -> None:
    """Group by something else, go back, come again, reload, and open the bookmark elsewhere."""
    ada.goto(SUMMARY)
    by_projects = ada.url, shown(ada)
    change(ada, "by", "clients")
    eventually(lambda: set(groups(ada)), {"20", "21", "none"})
    by_clients = ada.url, shown(ada)
    change(ada, "by", "users")
    eventually(lambda: set(groups(ada)), {"1", "2", "4"})
    by_users = ada.url, shown(ada)
    ada.go_back()
    eventually(lambda: (ada.url, shown(ada)), by_clients)
    ada.go_back()
    eventually(lambda: (ada.url, shown(ada)), by_projects)
    ada.go_forward()
    ada.go_forward()
    eventually(lambda: (ada.url, shown(ada)), by_users)
    ada.reload()
    eventually(lambda: (ada.url, shown(ada)), by_users)
    elsewhere = visitors.come(ADA)
    elsewhere.goto(by_users[0])
    assert shown(elsewhere) == by_users[1]


def test_the_script_swaps_inside_the_page(ada: Page) -> None:
    ada.goto(SUMMARY)
    ada.evaluate("window.stays = true")
    toggle(ada, "30")
    eventually(lambda: sum(sub_seconds(ada)), PROJECTS["30"])
    follow(ada.get_by_role("navigation", name="Kind of report"), "Detailed")
    eventually(lambda: len(lines(ada, "row")), 7)
    assert ada.evaluate("window.stays") is True
    expect(ada).to_have_url(re.compile("/reports/detailed"))


@on_desk_and_phone
def test_kinds_of_reports_keep_the_question(ada: Page) -> None:
    ada.goto(f"{SUMMARY}?{WEEK}&client=20")
    for kind in ("Detailed", "Weekly", "Summary"):
        follow(ada.get_by_role("navigation", name="Kind of report"), kind)
        expect(ada).to_have_url(re.compile(f"/reports/{kind.lower()}"))
        expect_heading(ada, "Reports")
        eventually(lambda: total_seconds(ada), PROJECTS["30"])


@on_desk_and_phone
def test_a_week_has_a_row_for_everybody_on_a_project(ada: Page) -> None:
    ada.goto(f"/w/10/reports/weekly?{WEEK}")
    rows = ada.locator("table.report tr.row")
    expect(rows).to_have_count(6)  # Ada 30 and 31, Bo 30, 33 and none, Gone 30
    assert total_seconds(ada) == ALL_SECONDS
    text = rows.filter(has_text="Shared").inner_text()
    assert "00:30:00" in text


def test_a_week_without_days_is_this_one(ada: Page, site: Site) -> None:
    new(site.agency, ADA, start="2026-01-19T08:00:00Z", duration=600)
    ada.goto("/w/10/reports/weekly")
    assert total_seconds(ada) == 600


def many_entries(site: Site, count: int) -> int:
    """That many minutes of Ada's in December; the seconds they add up to."""
    for number in range(count):
        start = f"2025-12-{number % 28 + 1:02}T10:{number % 60:02}:00Z"
        new(site.agency, ADA, start=start, duration=60 + number)
    return sum(60 + number for number in range(count))


@with_and_without_script
def test_a_detailed_report_is_leafed_through(ada: Page, site: Site) -> None:
    total = many_entries(site, 120)
    ada.goto(f"{DETAILED}?from=2025-12-01&to=2025-12-31&sort=date")
    assert total_seconds(ada) == total
    first = lines(ada, "row")
    follow(ada, re.compile("^Next"))
    expect(ada).to_have_url(re.compile("page=2"))
    eventually(lambda: len(lines(ada, "row")) == 50 and lines(ada, "row") != first, True)
    second = lines(ada, "row")
    follow(ada, re.compile("^Next"))
    expect(ada).to_have_url(re.compile("page=3"))
    eventually(lambda: len(lines(ada, "row")), 20)
    third = lines(ada, "row")
    assert len(first) == len(second) == 50
    everything = [*first, *second, *third]
    assert len({entry_id for entry_id, *_ in everything}) == 120
    assert sum(seconds_of(duration) for _, duration, _ in everything) == total
    follow(ada, re.compile("^(Previous|Before)"))
    eventually(lambda: lines(ada, "row"), second)


def test_a_detailed_report_sorts_as_the_apis_does(ada: Page, site: Site) -> None:
    for order in ("date", "user", "duration", "description"):
        for sort, direction in ((order, "ASC"), (f"-{order}", "DESC")):
            ada.goto(f"{DETAILED}?sort={sort}")
            body = {**JANUARY, "order_by": order, "order_dir": direction}
            rows = site.agency.post(f"{REPORTS}/search/time_entries", body)
            told = [str(entry["id"]) for row in rows for entry in row["time_entries"]]
            assert (sort, [entry_id for entry_id, *_ in lines(ada, "row")]) == (sort, told)


def test_charts_have_a_table_behind_them(ada: Page) -> None:
    ada.goto(SUMMARY)
    for chart in ("bars", "donut"):
        figure = ada.locator(f"figure.{chart}")
        expect(figure.get_by_role("img")).to_be_visible()
        figure.locator("summary").filter(has_text="As a table").click()
        expect(figure.get_by_role("table")).to_be_visible()


def test_an_empty_report_is_no_error(ada: Page) -> None:
    for kind in ("summary", "detailed", "weekly"):
        ada.goto(f"/w/10/reports/{kind}?from=2025-03-03&to=2025-03-09")
        assert seconds_of(figures(ada)["total"]) == 0
        assert lines(ada, "group") == lines(ada, "row") == []
