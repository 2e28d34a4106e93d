"""A day with the timer: start, stop, continue, put right, add by hand, duplicate, delete and think again."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.pages.browser.acts import eventually, follow, label, press, unfold
from tests.pages.browser.reading import seconds_of
from tests.pages.browser.site import Site
from tests.pages.browser.timing import (
    TIMER,
    day_sums,
    durations,
    edit_form,
    entry_by,
    entry_of,
    expect_idle,
    expect_running,
    manual_form,
    mine,
    named,
    start_form,
)
from tests.pages.browser.ways import any_way, on_desk_and_phone, with_and_without_script
from tests.track.asking import BO
from tests.track.entries import new


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@any_way
def test_time_is_started_stopped_and_continued(bo: Page, site: Site) -> None:
    bo.goto(TIMER)
    form = start_form(bo)
    label(form, "Description").fill("Write tests")
    label(form, "Project").select_option(value="30.40")
    label(form, "Billable").check()
    press(form, "Start")
    running = expect_running(bo, site, "Write tests")
    assert (running["project_id"], running["task_id"], running["billable"]) == (30, 40, True)
    site.wait(minutes=25)
    press(bo, "Stop")
    expect_idle(bo, site)
    entry = entry_by(bo, running["id"])
    expect(entry).to_contain_text("Write tests")
    expect(entry).to_contain_text("Website")
    assert seconds_of(entry.locator(".duration").inner_text()) == 25 * 60
    press(entry, "Continue")
    again = expect_running(bo, site, "Write tests")
    assert again["id"] != running["id"]
    assert (again["project_id"], again["task_id"], again["billable"]) == (30, 40, True)


@with_and_without_script
def test_an_entry_is_put_right_where_it_stands(bo: Page, site: Site) -> None:
    entry = new(site.agency, BO, start="2026-01-20T09:00:00Z", duration=600, description="Cal")
    bo.goto(TIMER)
    follow(entry_by(bo, entry["id"]), "Edit")
    form = edit_form(bo)
    expect(label(form, "Description")).to_have_value("Cal")
    label(form, "Description").fill("Call")
    label(form, "Project").select_option(value="33")
    label(form, "Start").fill("04:15")
    label(form, "End").fill("05:00")
    unfold(form.get_by_role("checkbox", name="urgent", include_hidden=True)).check()
    press(form, "Save")
    expect(entry_by(bo, entry["id"])).to_contain_text("Call")
    told = mine(site)[entry["id"]]
    assert (told["description"], told["project_id"], told["tag_ids"]) == ("Call", 33, [50])
    assert instant(told["start"]) == datetime(2026, 1, 20, 9, 15, tzinfo=UTC)
    assert told["duration"] == 45 * 60
    assert durations(bo)[entry["id"]] == 45 * 60


def test_who_cancels_changes_nothing(bo: Page, site: Site) -> None:
    entry = new(site.agency, BO, start="2026-01-20T09:00:00Z", description="Call")
    before = mine(site)[entry["id"]]
    bo.goto(f"{TIMER}?edit={entry['id']}")
    form = edit_form(bo)
    label(form, "Description").fill("Mall")
    cancel = re.compile("^Cancel$")
    form.get_by_role("link", name=cancel).or_(form.get_by_role("button", name=cancel)).click()
    expect(bo.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    expect(entry_of(bo, "Call")).to_be_visible()
    assert mine(site)[entry["id"]] == before


def add(page: Page, description: str, **fields: str) -> None:
    """By hand, on 19 January."""
    form = manual_form(page)
    label(form, "Description").fill(description)
    label(form, "Date").fill("2026-01-19")
    for name, value in fields.items():
        label(form, name).fill(value)
    press(form, "Add entry")
    expect(entry_of(page, description)).to_have_count(1)


@on_desk_and_phone
def test_time_is_added_by_hand_also_over_midnight(bo: Page, site: Site) -> None:
    """Bo lives in New York, five hours behind UTC."""
    bo.goto(TIMER)
    add(bo, "Lunch", Start="12:00", End="13:30")
    add(bo, "Night shift", Start="23:30", End="00:15")
    add(bo, "Reading", Start="08:00", End="", Duration="1:30")
    [lunch], [night], [reading] = (named(site, one) for one in ("Lunch", "Night shift", "Reading"))
    assert (lunch["duration"], night["duration"], reading["duration"]) == (5_400, 2_700, 5_400)
    assert instant(lunch["start"]) == datetime(2026, 1, 19, 17, tzinfo=UTC)
    assert instant(night["start"]) == datetime(2026, 1, 20, 4, 30, tzinfo=UTC)
    assert instant(night["stop"]) == datetime(2026, 1, 20, 5, 15, tzinfo=UTC)
    assert instant(reading["stop"]) == datetime(2026, 1, 19, 14, 30, tzinfo=UTC)
    [heading] = [one for one in day_sums(bo) if day_sums(bo)[one] == 13_500]
    assert seconds_of(heading) == 13_500


@with_and_without_script
def test_an_entry_is_duplicated(bo: Page, site: Site) -> None:
    entry = new(site.agency, BO, start="2026-01-20T09:00:00Z", description="Call", project_id=30)
    bo.goto(TIMER)
    press(entry_by(bo, entry["id"]), "Duplicate")
    expect(entry_of(bo, "Call")).to_have_count(2)
    told = [(one["start"], one["stop"], one["project_id"]) for one in named(site, "Call")]
    assert len(told) == 2
    assert told[0] == told[1]


@any_way
def test_a_deletion_is_taken_back(bo: Page, site: Site) -> None:
    entry = new(site.agency, BO, start="2026-01-20T09:00:00Z", description="Call", tag_ids=[50])
    before = mine(site)[entry["id"]]
    bo.goto(TIMER)
    press(entry_by(bo, entry["id"]), "Delete")
    notice = bo.get_by_role("status").filter(has_text="Entry deleted.")
    expect(notice).to_be_visible()
    expect(entry_by(bo, entry["id"])).to_have_count(0)
    assert entry["id"] not in mine(site)
    press(notice, "Undo")
    expect(entry_by(bo, entry["id"])).to_be_visible()
    after = mine(site)[entry["id"]]
    assert {**after, "at": 0} == {**before, "at": 0}


@on_desk_and_phone
def test_the_days_add_up_and_are_the_apis(bo: Page, site: Site) -> None:
    """Half past eleven at night is still that day, where Bo lives."""
    fresh = [
        new(site.agency, BO, start=start, duration=seconds)["id"]
        for start, seconds in (
            ("2026-01-20T08:00:00Z", 1_800),
            ("2026-01-20T09:00:00Z", 67),
            ("2026-01-20T10:00:00Z", 3_599),
            ("2026-01-20T04:30:00Z", 7_200),
        )
    ]
    bo.goto(TIMER)
    listed = durations(bo)
    assert set(fresh) <= set(listed)
    told = mine(site)
    assert listed == {entry_id: told[entry_id]["duration"] for entry_id in listed}
    sums = day_sums(bo)
    assert {heading: seconds_of(heading) for heading in sums} == sums
    assert {5_466, 7_200} <= set(sums.values())


def test_earlier_days_are_behind_a_day(bo: Page, site: Site) -> None:
    bo.goto(f"{TIMER}?before=2026-01-07")
    assert {103, 104} <= set(durations(bo))
    assert 105 not in durations(bo)


def test_a_running_entry_is_stopped_by_the_next_one(ada: Page, site: Site) -> None:
    """Ada has something running since the tenth."""
    ada.goto(TIMER)
    press(ada, "Stop")
    expect_idle(ada, site, by=1)
    site.wait(minutes=1)
    label(start_form(ada), "Description").fill("One")
    press(start_form(ada), "Start")
    first = expect_running(ada, site, "One", by=1)
    site.wait(minutes=5)
    press(entry_of(ada, "running"), "Continue")
    expect_running(ada, site, "running", by=1)
    eventually(lambda: mine(site, by=1)[first["id"]]["duration"], 300)
