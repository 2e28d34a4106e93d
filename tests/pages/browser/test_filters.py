"""Filters: ticked in the bar or written into the address, they count what the oracle counts."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.oracle.summary import summary
from tests.pages.browser.acts import apply, choose, eventually, filter_of, put, tick
from tests.pages.browser.reading import figures, groups, total_seconds
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import PLAIN, on_desk_and_phone
from tests.shares import in_turn
from tests.track.asking import ADA, BO
from tests.wire.agency import AGENCY, NOW

SUMMARY = "/w/10/reports/summary"
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
QUESTIONS: dict[str, dict[str, Any]] = {
    "": {},
    "client=20": {"client_ids": [20]},
    "client=none": {"client_ids": [None]},
    "client=21&client=none": {"client_ids": [21, None]},
    "user=2": {"user_ids": [2]},
    "group=70&user=4": {"group_ids": [70], "user_ids": [4]},
    "project=30&project=none": {"project_ids": [30, None]},
    "task=40": {"task_ids": [40]},
    "task=none": {"task_ids": [None]},
    "tag=51": {"tag_ids": [51]},
    "tag=none": {"tag_ids": [None]},
    "description=%C3%84RGER": {"description": "ärger"},
    "billable=yes": {"billable": True},
    "billable=no": {"billable": False},
    "at_least=30m": {"min_duration_seconds": 1_800},
    "at_least=0.25h&at_most=1:00": {"min_duration_seconds": 900, "max_duration_seconds": 3_600},
    "rounding=up&minutes=15": {"rounding": 1, "rounding_minutes": 15},
    "rounding=down&minutes=30&user=1": {"rounding": -1, "rounding_minutes": 30, "user_ids": [1]},
    "by=clients&then=projects": {"grouping": "clients", "sub_grouping": "projects"},
    "by=users&then=tasks": {"grouping": "users", "sub_grouping": "tasks"},
    "by=tags": {"grouping": "tags"},
    "by=tasks&then=users&tag=none": {
        "grouping": "tasks",
        "sub_grouping": "users",
        "tag_ids": [None],
    },
    "user=987654321": {"user_ids": [987_654_321]},
    "project=60": {"project_ids": [60]},
}
BAD = (
    "by=everything",
    "period=someday",
    "from=2026-13-01&to=2026-13-02",
    "from=2026-01-02&to=2026-01-01",
    "client=acme",
    "billable=perhaps",
    "at_least=long",
    "rounding=sideways",
    "minutes=7",
    "sort=amount-of-luck",
    "user=99999999999999999999",
)


def told_by_oracle(viewer_id: int, body: dict[str, Any]) -> dict[str, int]:
    """Seconds by the key that pages use."""
    answer = summary(AGENCY, viewer_id, {**JANUARY, **body}, NOW)
    assert answer.status == 200, answer.body
    return {
        key_of(group): sum(sub["seconds"] for sub in group["sub_groups"])
        for group in answer.body["groups"]
    }


def key_of(group: dict[str, Any]) -> str:
    if "ids" in group:
        return "-".join(map(str, group["ids"])) or "none"
    return "none" if group["id"] is None else str(group["id"])


@pytest.mark.parametrize("way", [PLAIN], ids=str)
@pytest.mark.parametrize("viewer_id", [ADA, BO])
def test_reports_say_what_the_oracle_says(visitors: Visitors, viewer_id: int) -> None:
    page = visitors.come(viewer_id)
    for query, body in in_turn([*QUESTIONS.items()], viewer_id, 5):
        page.goto(f"{SUMMARY}?{query}")
        expected = told_by_oracle(viewer_id, body)
        assert (query, groups(page)) == (query, expected)
        assert total_seconds(page) == sum(expected.values())


def by_client(page: Page) -> None:
    tick(filter_of(page, "Clients"), "Acme")


def by_tag_and_person(page: Page) -> None:
    tick(filter_of(page, "Tags"), "urgent")
    tick(filter_of(page, "People"), "Ada")


def by_project_and_text(page: Page) -> None:
    tick(filter_of(page, "Projects"), "Website")
    put(filter_of(page, "Description"), "description", "plan")


def billable_of_a_group(page: Page) -> None:
    tick(filter_of(page, "Groups"), "Studio")
    put(filter_of(page, "Billable"), "billable", "no")


def rounded_of_a_task(page: Page) -> None:
    tick(filter_of(page, "Tasks"), "Build")
    more = filter_of(page, "More")
    put(more, "rounding", "up")
    put(more, "minutes", "60")


CLICKS = {
    by_client: {"client_ids": [20]},
    by_tag_and_person: {"tag_ids": [50], "user_ids": [1]},
    by_project_and_text: {"project_ids": [30], "description": "plan"},
    billable_of_a_group: {"group_ids": [70], "billable": False},
    rounded_of_a_task: {"task_ids": [40], "rounding": 1, "rounding_minutes": 60},
}


@pytest.mark.parametrize("click", CLICKS, ids=lambda click: click.__name__)
@on_desk_and_phone
def test_what_is_ticked_in_the_bar_is_asked(ada: Page, click: Any) -> None:
    ada.goto(SUMMARY)
    click(ada)
    apply(ada)
    eventually(lambda: groups(ada), told_by_oracle(ADA, CLICKS[click]))


@on_desk_and_phone
def test_without_is_a_choice_of_its_own(ada: Page) -> None:
    ada.goto(SUMMARY)
    put(filter_of(ada, "Tags"), "tag", "none")
    apply(ada)
    eventually(lambda: groups(ada), told_by_oracle(ADA, {"tag_ids": [None]}))


@on_desk_and_phone
def test_days_are_chosen_freely(ada: Page) -> None:
    ada.goto(SUMMARY)
    span = filter_of(ada, "Range")
    put(span, "from", "2026-01-06")
    put(span, "to", "2026-01-06")
    apply(ada)
    eventually(lambda: total_seconds(ada), 60 * (60 + 30))  # Ada's first entry and Bo's 104


@on_desk_and_phone
def test_days_are_chosen_by_name(ada: Page) -> None:
    ada.goto(f"{SUMMARY}?period=today")
    assert total_seconds(ada) == 0
    choose(filter_of(ada, "Range"), "This year")
    apply(ada)
    eventually(lambda: total_seconds(ada), sum(told_by_oracle(ADA, {}).values()))
    choose(filter_of(ada, "Range"), "Last month")
    apply(ada)
    eventually(lambda: total_seconds(ada), 0)


def test_what_was_ticked_is_still_ticked(ada: Page) -> None:
    ada.goto(f"{SUMMARY}?client=20&tag=50&tag=none&description=plan")
    for title, name in (("Clients", "Acme"), ("Tags", "urgent")):
        group = filter_of(ada, title)
        expect(group.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
    expect(ada.locator('[name="tag"][value="none"]')).to_be_checked()
    expect(ada.locator('[name="description"]')).to_have_value("plan")


def test_nonsense_is_told_and_is_no_error(visitors: Visitors) -> None:
    page = visitors.come(ADA, PLAIN)
    visitors.watch(page).expect_status(400)
    for query in in_turn(BAD, 0, 3):
        answer = page.goto(f"{SUMMARY}?{query}")
        assert answer is not None
        assert (query, answer.status) == (query, 400)
        expect(page.get_by_role("alert")).to_be_visible()


def test_a_member_sees_no_amounts_and_cannot_ask_for_them(bo: Page) -> None:
    for kind in ("summary?rates=on&open=all", "detailed?period=all", "weekly?show=time"):
        bo.goto(f"/w/10/reports/{kind}")
        assert not [name for name in figures(bo) if name.startswith("amount")]
        expect(bo.locator("td.amount")).to_have_count(0)
        for amount in ("100.00", "120.00", "296.67", "EUR"):
            assert amount not in bo.inner_text("main")
