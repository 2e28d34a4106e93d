"""The tools of these tests, tried where no page of ours is needed: a watch that sees nothing proves nothing."""

import pytest
from playwright.sync_api import Page

from tests.pages.browser.acts import eventually
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import VIEWPORTS, Way, every_way
from tests.track.asking import ADA

AGAINST_POLICY = ("<script>1</script>", "<p style='color: red'>1</p>", "<img src='/logo.png'>")
BAD = {
    "dialog: alert boo": "alert('boo')",
    "console: oh no": "console.error('oh no')",
    "uncaught: lost": "setTimeout(() => { throw new Error('lost') })",
    "request to another host": "document.body.append(Object.assign(new Image(), {src: '//elsewhere.example/'}))",
    "404 for GET": "fetch('/nowhere')",
}


def is_seen(page: Page, watch: Watch, fault: str) -> bool:
    page.wait_for_timeout(10)  # in which the browser tells what happened
    return any(fault in one for one in watch.faults)


@every_way
def test_a_server_answers_a_browser(page: Page, site: Site, way: Way) -> None:
    page.goto("/healthz")
    assert '"ok"' in page.inner_text("body")
    told = page.evaluate("[screen.width, matchMedia('(prefers-color-scheme: dark)').matches]")
    assert told == [VIEWPORTS[way.device]["width"], way.scheme == "dark"]


@pytest.mark.parametrize("body", AGAINST_POLICY)
def test_a_page_against_its_own_policy_is_seen(page: Page, watch: Watch, body: str) -> None:
    headers = {"Content-Security-Policy": "default-src 'none'", "Content-Type": "text/html"}
    page.route("**/policy", lambda route: route.fulfill(headers=headers, body=body))
    page.goto("/policy")
    eventually(lambda: is_seen(page, watch, "Content Security Policy"), True)
    watch.forget()


@pytest.mark.parametrize("fault", BAD)
def test_the_watch_sees_what_no_page_may_do(page: Page, watch: Watch, fault: str) -> None:
    page.goto("/healthz")
    assert watch.faults == []
    page.evaluate(f"() => {{ {BAD[fault]} }}")
    eventually(lambda: is_seen(page, watch, fault), True)
    watch.forgive("ERR_")
    watch.forget()


def test_who_is_signed_in_is_known_to_the_server(visitors: Visitors, site: Site) -> None:
    known, unknown = visitors.come(ADA), visitors.come()
    known.goto("/api/v9/me")
    assert f'"id":{ADA},' in known.inner_text("body")
    assert unknown.context.request.get("/api/v9/me").status == 401


def test_the_clock_of_the_server_is_ours(site: Site) -> None:
    before = site.agency.now
    site.wait(hours=2)
    assert (site.agency.now - before).total_seconds() == 7_200
