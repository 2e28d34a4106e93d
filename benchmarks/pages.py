"""The report's page in a real browser: how long until it is all there, how many bytes and requests it takes."""

from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

import httpx2
from playwright.sync_api import Page, sync_playwright

from benchmarks.figures import Figure
from benchmarks.records import kept_record
from benchmarks.server import AUTHORIZATION, Server, running_server
from benchmarks.world import IN_RANGE, WORKSPACE_ID

QUESTION = "the report's page in Chromium"
SIZES = (60_000, 1_000_000)
CHROMIUM = "/usr/bin/chromium"
RUNS = 9
KILOBYTES_MAX, MILLISECONDS_MAX = 100.0, 300.0
LOADED = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const parts = performance.getEntriesByType("resource");
  return [page.loadEventEnd, page.responseStart - page.requestStart,
          [page, ...parts].reduce((sum, one) => sum + one.transferSize, 0), page.transferSize, 1 + parts.length];
}"""


def figures() -> Iterator[Figure]:
    for size in SIZES:
        with running_server(kept_record(size)) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            try:
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                name, value, base = _session(server)
                context.add_cookies([{"name": name, "value": value, "url": base}])
                yield from _figures(context.new_page(), server, size)
            finally:
                browser.close()


def _session(server: Server) -> tuple[str, str, str]:
    """The cookie of a signed-in browser: name, value and where it counts."""
    base = f"http://{server.host}:{server.port}"
    answer = httpx2.post(f"{base}/api/v9/me/sessions", headers={"Authorization": AUTHORIZATION})
    answer.raise_for_status()
    ((name, value),) = answer.cookies.items()
    return name, value, base


def _figures(page: Page, server: Server, size: int) -> Iterator[Figure]:
    """The first visit fetches style and script, too; a year holds a fifth of all entries."""
    year = {"from": IN_RANGE["start_date"], "to": IN_RANGE["end_date"]}
    first = _visit(page, server, "summary", year)
    yield _figure(size, "first visit, KB over the wire", first[2] / 1_000)
    yield _figure(size, "first visit, requests", first[4])
    for name, kind, more in (
        ("a year by project", "summary", {}),
        ("a year by client, people below", "summary", {"by": "clients", "then": "users"}),
        ("entries of a year", "detailed", {}),
    ):
        runs = [_visit(page, server, kind, {**year, **more}) for _ in range(RUNS)]
        loaded, answered, _, own, _ = (median(column) for column in zip(*runs, strict=True))
        yield _figure(size, f"{name}, ms until all is there", loaded, MILLISECONDS_MAX)
        yield _figure(size, f"{name}, ms of it the server's", answered)
        yield _figure(size, f"{name}, KB compressed", own / 1_000, KILOBYTES_MAX)


def _visit(page: Page, server: Server, kind: str, query: dict[str, str]) -> list[float]:
    path = f"/w/{WORKSPACE_ID}/reports/{kind}?{urlencode(query)}"
    answer = page.goto(f"http://{server.host}:{server.port}{path}", wait_until="load")
    assert answer is not None
    assert answer.status == 200, answer.status
    told: list[float] = page.evaluate(LOADED)
    return told


def _figure(size: int, name: str, value: float, at_most: float | None = None) -> Figure:
    return Figure(question=QUESTION, entry_count=size, name=name, value=value, at_most=at_most)
