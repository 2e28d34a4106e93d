"""Keeping the house: clients, projects, tasks, tags and rates are made, put away and brought back."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.pages.browser.acts import eventually, expect_heading, form_with, label, press
from tests.pages.browser.reading import figures
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import PLAIN, Way, on_desk_and_phone, with_and_without_script
from tests.track.asking import BO
from tests.track.people import WORKSPACE, members

AMOUNTS = ("60.00", "100.00", "120.00", "6000", "10000", "12000")
TOLD = """all => all.flatMap(one => [
    one.innerText, ...[...one.querySelectorAll("input")].map(field => field.value)
])"""
PLACES = ("projects", "projects/30", "clients", "tags", "people", "people/2", "groups", "settings")


def adding(page: Page, noun: str) -> tuple[Locator, re.Pattern[str]]:
    """The form that makes a new thing of that kind, and the name of its button."""
    button = re.compile(rf"^(Add|Make|Set|Save)\b.*{noun}", re.IGNORECASE)
    return form_with(page, button), button


def add(page: Page, noun: str, **fields: str) -> None:
    form, button = adding(page, noun)
    for name, value in fields.items():
        label(form, name.replace("_", " ")).fill(value)
    press(form, button)


def shows(page: Page, name: str) -> bool:
    """In a list or a table, as text or in a field where it can be changed."""
    told = page.get_by_role("main").locator("li, td, th").evaluate_all(TOLD)
    return any(name in one for one in told)


def names(site: Site, things: str) -> list[str]:
    return [one["name"] for one in site.agency.get(f"{WORKSPACE}/{things}") or []]


@on_desk_and_phone
def test_a_client_a_project_a_task_and_a_tag_are_made(ada: Page, site: Site) -> None:
    ada.goto("/w/10/clients")
    add(ada, "client", New_client="Gamma")
    eventually(lambda: shows(ada, "Gamma"), True)
    assert "Gamma" in names(site, "clients")
    ada.goto("/w/10/tags")
    add(ada, "tag", New_tag="calm")
    eventually(lambda: shows(ada, "calm"), True)
    assert "calm" in names(site, "tags")
    ada.goto("/w/10/projects/new")
    form, button = adding(ada, "project")
    label(form, "Name").fill("Shop")
    label(form, "Client").select_option(label="Gamma")
    press(form, button)
    expect(ada).to_have_url(re.compile(r"/w/10/projects(/\d+)?$"))
    [shop] = [one for one in site.agency.get(f"{WORKSPACE}/projects") if one["name"] == "Shop"]
    assert shop["client_name"] == "Gamma"
    ada.goto(f"/w/10/projects/{shop['id']}")
    expect_heading(ada, re.compile("Shop"))
    add(ada, "task", New_task="Checkout")
    eventually(lambda: shows(ada, "Checkout"), True)
    tasks = site.agency.get(f"{WORKSPACE}/projects/{shop['id']}/tasks")
    assert [one["name"] for one in tasks] == ["Checkout"]


@with_and_without_script
def test_a_name_that_is_taken_is_told(ada: Page, visitors: Visitors, site: Site, way: Way) -> None:
    visitors.watch(ada).expect_status(400, 409, 422)
    before = names(site, "clients")
    ada.goto("/w/10/clients")
    add(ada, "client", New_client="Acme")
    expect(ada.get_by_role("alert")).to_be_visible()
    if way.has_script:
        expect(ada.get_by_label("New client")).to_have_value("Acme")
    assert names(site, "clients") == before


@on_desk_and_phone
def test_a_rate_holds_from_its_first_day(ada: Page, site: Site) -> None:
    """Of a person, who had none of his own before."""
    ada.goto("/w/10/people/2")
    add(ada, "rate", Rate_in="80", From="2026-01-06")
    place = members(site.agency)[BO]["id"]
    path = f"{WORKSPACE}/rates/workspace_user/{place}"
    eventually(lambda: told_rates(site, path), [(80, "2026-01-06")])
    expect(ada.get_by_role("main")).to_contain_text("80.00")


def told_rates(site: Site, path: str) -> list[tuple[Any, ...]]:
    rows = site.agency.get(path, type="billable_rates") or []
    return [(row["amount"], (row["start"] or "")[:10]) for row in rows if row["amount"]]


@with_and_without_script
def test_a_projects_rate_changes_what_reports_show(ada: Page) -> None:
    ada.goto("/w/10/reports/summary?project=31")
    assert "7.00" in figures(ada)["amount-USD"]
    ada.goto("/w/10/projects/31")
    add(ada, "rate", Rate_in="600", From="2026-01-09")
    expect(ada.get_by_role("main")).to_contain_text("600.00")
    ada.goto("/w/10/reports/summary?project=31")
    assert "70.00" in figures(ada)["amount-USD"]


@on_desk_and_phone
def test_a_project_is_put_away_and_brought_back(ada: Page, site: Site) -> None:
    listed = ada.get_by_role("main").get_by_role("link", name="Website", exact=True)
    ada.goto("/w/10/projects/30")
    press(ada, "Archive")
    eventually(lambda: "Website" in names(site, "projects"), False)
    ada.goto("/w/10/projects")
    expect_heading(ada, "Projects")
    expect(listed).to_have_count(0)
    ada.goto("/w/10/projects?archived=1")
    expect(listed).to_have_count(1)
    listed.click()
    press(ada, "Restore")
    eventually(lambda: "Website" in names(site, "projects"), True)
    ada.goto("/w/10/projects")
    expect(listed).to_have_count(1)


def test_a_member_sees_neither_amounts_nor_forms_for_them(bo: Page, visitors: Visitors) -> None:
    visitors.watch(bo).expect_status(403, 404)
    for place in PLACES:
        bo.goto(f"/w/10/{place}")
        main = bo.inner_text("body")
        assert not [amount for amount in AMOUNTS if amount in main], place
        assert bo.get_by_label(re.compile("rate|cost", re.IGNORECASE)).count() == 0, place
        rates = re.compile(r"\b(rate|cost)", re.IGNORECASE)
        assert bo.get_by_role("button", name=rates, include_hidden=True).count() == 0, place


def test_a_private_project_of_others_does_not_exist(visitors: Visitors) -> None:
    """App is Ada's alone; its page and an unknown one are told alike, in the same bytes."""
    bo = visitors.come(BO, PLAIN)
    bo.goto("/w/10/projects")
    expect(bo.get_by_role("link", name="Website", exact=True)).to_be_visible()
    expect(bo.get_by_role("link", name="App", exact=True)).to_have_count(0)
    told = [bo.context.request.get(f"/w/10/projects/{number}") for number in (31, 987_654_321)]
    assert [answer.status for answer in told] == [404, 404]
    assert told[0].body() == told[1].body()


@with_and_without_script
def test_the_workspace_gets_another_name(ada: Page, site: Site) -> None:
    ada.goto("/w/10/settings")
    form = ada.locator("form").filter(has=ada.locator('[name="name"]')).first
    label(form, "Name").fill("Studio North")
    press(form, re.compile("^Save"))
    eventually(lambda: site.agency.get(WORKSPACE)["name"], "Studio North")
