"""Every page is whole: language, title, heading, landmark, labels, unique ids, nothing inline."""

from collections import Counter

import pytest

from gnomon.web.route_row import RouteRow
from tests.pages.http.atlas import GETS, Atlas, local, name_of
from tests.pages.http.contract import Shows
from tests.pages.http.dangers import dangers_of
from tests.pages.http.forms import label_of
from tests.pages.http.furnishing import Ground
from tests.pages.http.markup import Node, Page
from tests.pages.http.test_headers import REFUSED
from tests.pages.http.visitor import page_of
from tests.track.asking import ADA, BO

UNLABELLED = {"hidden", "submit", "reset", "image", "button"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def faults_of(page: Page) -> list[str]:
    """What is missing or twice on a page; nothing is right."""
    ids = Counter(node.get("id") for node in page.walk() if node.get("id"))
    found = [f"the id {one} stands {count} times" for one, count in ids.items() if count > 1]
    found += [f"{what} is missing" for what, nodes in needed(page).items() if not nodes]
    found += [f"{what} stands twice" for what, nodes in needed(page).items() if len(nodes) > 1]
    found += [f"no label: {one}" for one in controls_of(page) if not label_of(page, one)]
    found += [f"no name: {one}" for one in page.all("button, a[href]") if not is_named(page, one)]
    found += [f"no text instead: {one}" for one in page.all("img") if "alt" not in one.attributes]
    found += [f"leads nowhere: {one}" for one in page.walk() for _ in dangling(one, {*ids})]
    return found + dangers_of(page)


def needed(page: Page) -> dict[str, list[Node]]:
    return {
        "the language": page.all("html[lang]"),
        "the title": [one for one in page.all("head title") if one.text],
        "the heading": [one for one in page.all("h1") if one.text],
        "the landmark": page.all("main#main"),
        "the width for phones": page.all("meta[name=viewport]"),
    }


def controls_of(page: Page) -> list[Node]:
    """What somebody types into or chooses from."""
    return [one for one in page.all("input, select, textarea") if one.get("type") not in UNLABELLED]


def is_named(page: Page, node: Node) -> bool:
    inside = [one.get("alt") or one.get("aria-label") for one in node.all("img, svg")]
    titles = [one.text for one in node.all("title")]
    return bool(node.text or node.get("aria-label") or label_of(page, node) or any(inside + titles))


def dangling(node: Node, ids: set[str]) -> list[str]:
    """References to ids that are not on the page."""
    named = ("for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls")
    told = [one for name in named for one in node.get(name).split()]
    if node.get("href").startswith("#"):
        told += [node.get("href")[1:]]
    return [one for one in told if one and one not in ids]


@pytest.mark.parametrize("row", GETS, ids=name_of)
def test_every_page_is_whole(house: Ground, atlas: Atlas, row: RouteRow) -> None:
    """For an admin, and for a member where he may look."""
    for example in atlas.of(row):
        if example.shows is not Shows.PAGE or not example.works:
            continue
        assert not faults_of(page_of(example.ask(house, example.by)))
        if example.by == ADA:
            answer = example.ask(house, BO)
            if "html" in answer.headers.get("content-type", ""):
                assert not faults_of(page_of(answer, answer.status_code))


@pytest.mark.parametrize(("path", "expected"), REFUSED.items())
def test_pages_that_say_no_are_whole(house: Ground, path: str, expected: tuple) -> None:
    by, status = expected
    assert not faults_of(page_of(house.by(by).get(path), status))


@pytest.mark.parametrize("row", GETS, ids=name_of)
def test_headings_leave_no_level_out(house: Ground, atlas: Atlas, row: RouteRow) -> None:
    for example in atlas.of(row):
        if example.shows is Shows.PAGE and example.works:
            page = page_of(example.ask(house, example.by))
            levels = [HEADINGS.index(one.tag) for one in page.walk() if one.tag in HEADINGS]
            steps = [after - before for before, after in zip(levels, levels[1:], strict=False)]
            assert all(step <= 1 for step in steps), levels


def test_what_pages_load_is_there_and_our_own(house: Ground, atlas: Atlas) -> None:
    """One stylesheet and scripts of this server, of the right types, that may be kept."""
    loaded = set()
    for example in atlas.pages():
        page = page_of(example.ask(house, example.by))
        for node in page.all("link[href], script[src], img[src]"):
            if not node.get("src").startswith("data:"):
                loaded.add(local(page, node.get("href") or node.get("src"))[0])
    assert "" not in loaded
    kinds = set()
    for path in loaded:
        answer = house.by(ADA).get(path)
        assert answer.status_code == 200, path
        kinds.add(answer.headers["content-type"].partition(";")[0])
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "text/css" in kinds
    assert not kinds & {"text/html", "text/plain", "application/octet-stream"}


def test_every_form_that_sends_is_guarded(house: Ground, atlas: Atlas) -> None:
    """It posts, to this server, with a text that no other site knows; only filters are asked for by GET."""
    for example in atlas.pages():
        page = page_of(example.ask(house, example.by))
        for form in page.all("form"):
            if form.get("method").lower() == "post":
                fields = form.all("input[name=csrf]")
                assert [one.get("type") for one in fields] == ["hidden"], form
                assert len(fields[0].get("value")) >= 20
            else:
                assert not form.all("input[name=csrf], input[type=password]"), form
