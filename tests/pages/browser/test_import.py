"""A file from the vendor: first what would happen, then it happens, and a second time nothing does."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.browser.acts import eventually, press
from tests.pages.browser.importing import DO, LOOK, REASON, await_work, export_in, preview
from tests.pages.browser.reading import total_seconds
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import on_desk_and_phone, with_and_without_script
from tests.track.people import WORKSPACE

NOVEMBER = "/w/10/reports/summary?from=2025-11-01&to=2025-11-30"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return export_in(tmp_path)


def projects(site: Site) -> set[str]:
    return {one["name"] for one in site.agency.get(f"{WORKSPACE}/projects")}


def november(site: Site) -> int:
    answer: dict[str, Any] = site.agency.summary(start_date="2025-11-01", end_date="2025-11-30")
    return sum(sub["seconds"] for group in answer["groups"] for sub in group["sub_groups"])


@on_desk_and_phone
def test_a_file_is_looked_at_and_then_taken(ada: Page, site: Site, export: Path) -> None:
    preview(ada, export)
    main = ada.get_by_role("main")
    for word in ("Relaunch", "Shop", "Gamma", REASON):
        expect(main).to_contain_text(word)
    assert re.search(r"\b4\b", main.inner_text()), "the line of the problem is not told"
    assert not {"Relaunch", "Shop"} & projects(site)
    assert november(site) == 0
    press(ada, DO)
    eventually(lambda: november(site), 5_400)
    assert {"Relaunch", "Shop"} <= projects(site)
    await_work(ada)
    expect(ada.get_by_role("main")).to_contain_text(re.compile("imported|done", re.IGNORECASE))
    ada.goto(NOVEMBER)
    assert total_seconds(ada) == 5_400


@with_and_without_script
def test_the_same_file_again_adds_nothing(ada: Page, site: Site, export: Path) -> None:
    for _ in range(2):
        preview(ada, export)
        press(ada, DO)
        eventually(lambda: november(site), 5_400)
        await_work(ada)
    expect(ada.get_by_role("main")).to_contain_text(re.compile("already", re.IGNORECASE))


@with_and_without_script
def test_a_file_that_is_none_is_told(
    ada: Page, visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    visitors.watch(ada).expect_status(400, 422)
    path = tmp_path / "cat.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>")
    before = projects(site)
    ada.goto("/w/10/import")
    ada.locator('input[name="file"]').set_input_files(path)
    press(ada, LOOK)
    if ada.get_by_role("alert").count() == 0:
        await_work(ada)
    expect(ada.get_by_role("alert")).to_be_visible()
    assert projects(site) == before


def test_members_do_not_import(bo: Page, visitors: Visitors) -> None:
    visitors.watch(bo).expect_status(403, 404)
    answer = bo.goto("/w/10/import")
    assert answer is not None
    assert answer.status in (403, 404)
    expect(bo.locator('input[name="file"]')).to_have_count(0)
