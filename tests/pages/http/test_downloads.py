"""Files from a page are the API's for the same question, but for cells that a spreadsheet would run (D8.3, D8.6)."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2 as httpx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages.http.addresses import (
    Address,
    detailed_addresses,
    summary_addresses,
    weekly_addresses,
)
from tests.pages.http.contract import ENDINGS, REPORTS
from tests.pages.http.sites import Site, site_of, token_of
from tests.pages.http.test_reports_oracle import Case, cases
from tests.properties.test_summary import PHASES
from tests.shares import is_deep
from tests.track.asking import ADA, AGENCY, BO
from tests.wire.agency import AGENCY as WORLD

EXAMPLES = 200 if is_deep() else 6
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"
API = {"summary": "summary", "detailed": "search", "weekly": "weekly"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
ADDRESSES = {
    "summary": summary_addresses,
    "detailed": detailed_addresses,
    "weekly": weekly_addresses,
}
WEEK = {  # with dates as Ada and Bo like them, which the API's PDF does not know
    "start_date": "2026-01-05",
    "end_date": "2026-01-11",
    "date_format": "YYYY-MM-DD",
}
ASKED = {  # of the agency, with the orders in which pages are if nobody says otherwise
    "summary": Address(
        (("from", "2026-01-05"), ("to", "2026-01-11"), ("by", "clients"), ("rates", "on")),
        {
            **WEEK,
            "grouping": "clients",
            "distinguish_rates": True,
            "order_by": "duration",
            "order_dir": "DESC",
        },
    ),
    "detailed": Address(
        (("from", "2026-01-05"), ("to", "2026-01-11")),
        {**WEEK, "order_by": "date", "order_dir": "DESC"},
    ),
    "weekly": Address((("from", "2026-01-05"), ("to", "2026-01-11")), WEEK),
}


def from_page(
    site: Site, user_id: int, workspace_id: int, report: str, ending: str, address: Address
) -> httpx.Response:
    visitor = site.visitor(user_id)
    return visitor.get(f"/w/{workspace_id}/reports/{report}.{ending}?{address.query}")


def from_api(
    site: Site, user_id: int, workspace_id: int, report: str, ending: str, address: Address
) -> httpx.Response:
    path = f"/reports/api/v3/workspace/{workspace_id}/{API[report]}/time_entries.{ending}"
    auth = (token_of(user_id), "api_token")
    as_in_profile = {"date_format": "YYYY-MM-DD"} if ending == "pdf" else {}
    return site.ask("POST", path, None, json={**address.body, **as_in_profile}, auth=auth)


def assert_sent_alike(page: httpx.Response, api: httpx.Response) -> None:
    assert (page.status_code, api.status_code) == (200, 200)
    for name in ("content-type", "content-disposition"):
        assert page.headers[name] == api.headers[name]
    assert page.headers["x-content-type-options"] == "nosniff"


def guarded(text: str) -> str:
    """Exactly as the API's, but for texts that begin like a formula."""
    assert text.startswith(MARK)
    read = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""))
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for row in read:
        writer.writerow([f"'{cell}" if cell.startswith(TRIGGERS) else cell for cell in row])
    return written.getvalue()


def unquoted(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


@pytest.mark.parametrize("report", REPORTS)
def test_a_csv_is_the_apis_with_formulas_disarmed(report: str) -> None:
    """Over any world and any address."""

    @settings(phases=PHASES, max_examples=EXAMPLES)
    @given(case=cases(ADDRESSES[report]))
    def check(case: Case) -> None:
        asker = (case.viewer.user_id, case.world.workspace_id)
        with site_of(case.world, case.now) as site:
            for address in case.addresses:
                page = from_page(site, *asker, report, "csv", address)
                api = from_api(site, *asker, report, "csv", address)
                if ("period", "all") not in address.pairs:  # which begins with the first entry
                    assert_sent_alike(page, api)
                told, right = page.content.decode(), api.content.decode()
                assert unquoted(told) == unquoted(guarded(right))
                if not any(cell.startswith(TRIGGERS) for row in unquoted(right) for cell in row):
                    assert told == right

    check()


@pytest.fixture(name="agency", scope="module")
def fixture_agency() -> Iterator[Site]:
    with site_of(WORLD) as site:
        yield site


@pytest.mark.parametrize(
    ("user_id", "ending"), [*((ADA, ending) for ending in ENDINGS), (BO, "csv"), (BO, "xlsx")]
)
@pytest.mark.parametrize("report", REPORTS)
def test_a_file_is_named_and_typed_as_the_apis(
    agency: Site, report: str, ending: str, user_id: int
) -> None:
    page = from_page(agency, user_id, AGENCY, report, ending, ASKED[report])
    api = from_api(agency, user_id, AGENCY, report, ending, ASKED[report])
    assert_sent_alike(page, api)
    assert page.headers["content-type"] == TYPES[ending]
    name = f"Gnomon_{report}_report_2026-01-05_2026-01-11.{ending}"
    assert page.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert content_of(page.content, ending) == content_of(api.content, ending)


def content_of(data: bytes, ending: str) -> Any:
    """What a reader finds in a file, which does not tell when it was made."""
    if ending == "csv":
        return guarded(data.decode())
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return [
            (sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()])
            for sheet in book.worksheets
        ]
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_cell_that_begins_like_a_formula_is_disarmed(agency: Site) -> None:
    """The agency has an entry called `=1+1`; in a workbook it is a text anyway."""
    told = from_page(agency, ADA, AGENCY, "detailed", "csv", ASKED["detailed"]).text
    assert ",'=1+1," in told
    assert ",=1+1," not in told
    book = from_page(agency, ADA, AGENCY, "detailed", "xlsx", ASKED["detailed"]).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("report", REPORTS)
def test_the_links_of_a_page_lead_to_the_files_of_what_it_shows(agency: Site, report: str) -> None:
    visitor = agency.visitor(ADA)
    address = ASKED[report]
    page = visitor.read(f"/w/{AGENCY}/reports/{report}?{address.query}")
    links = {node.text: node.get("href") for node in page.all("details a[href]")}
    for name, ending in (("CSV", "csv"), ("Excel", "xlsx"), ("PDF", "pdf")):
        parts = urlsplit(urljoin(f"http://testserver{page.path}", links[name]))
        assert parts.path == f"/w/{AGENCY}/reports/{report}.{ending}"
        if ending == "csv":
            found = visitor.get(f"{parts.path}?{parts.query}")
            right = from_page(agency, ADA, AGENCY, report, ending, address)
            assert found.content == right.content


@given(text=st.text(min_size=1))
def test_the_guard_of_these_tests_guards(text: str) -> None:
    """As the standard library writes, so it reads."""
    row = io.StringIO(newline="")
    csv.writer(row, lineterminator="\r\n").writerow(["Name", text])
    (cells,) = unquoted(guarded(MARK + row.getvalue()))
    assert cells[1].removeprefix("'") == text.removeprefix("'")
    assert not cells[1].startswith(TRIGGERS)
