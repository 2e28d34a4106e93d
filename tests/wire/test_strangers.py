"""What a stranger tries with a public report in order to learn more than was saved (D10.5, D4.7)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from sqlalchemy import Connection, update
from starlette.testclient import TestClient

from gnomon.store.schema import saved_reports
from gnomon.web.reports.share_access import SharedAsking, access_for
from gnomon.web.reports.shared import _answer
from gnomon.web.services import Services
from tests.wire.agency import agency_services
from tests.wire.saving import JANUARY, change, client_of, direct, params, ran, run, save, track

EVERYTHING = {
    "user_ids": [1, 2, 4],
    "client_ids": [20, 21, 22, None],
    "tag_ids": [50, 51, None],
    "project_ids": [30, 31, 32, 33],
    "group_ids": [70],
}
NAMES = ("Bo", "Gone", "Studio", "Beta", "App", "Empty", "Shared", "urgent", "say")
LONG = {"group_filter": {"min_duration_seconds": 6_000}}
RICH = {"group_filter": {"min_amount_cents": 10_000, "currency": "EUR"}}


@pytest.fixture(name="services")
def fixture_services(tmp_path: Path) -> Iterator[Services]:
    with agency_services(tmp_path) as services:
        yield services


@pytest.fixture(name="client")
def fixture_client(services: Services) -> TestClient:
    return client_of(services)


def text_of(content: bytes) -> str:
    with pdfium.PdfDocument(BytesIO(content)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def group_ids(answer: dict[str, Any]) -> set[int | None]:
    return {group["id"] for group in answer["summary_results"]["report"]["groups"]}


def test_a_pdf_names_nothing_that_a_stranger_only_asked_for(client: TestClient) -> None:
    stored = params("summary", project_ids=[30], user_ids=[1])
    token = save(client, public=True, params=stored)["token"]
    text = text_of(run(client, token, None, EVERYTHING, ".pdf").content)
    assert "Website" in text
    assert "Ada" in text
    assert not [name for name in NAMES if name in text]


@pytest.mark.parametrize(
    ("stored", "tries"),
    [
        (params("summary", audit=RICH), {"hide_amounts": True}),
        (params("summary", grouping="users", audit=LONG), {"rounding": 1, "rounding_minutes": 240}),
        (params("summary", grouping="users", audit=LONG), {"grouping": "projects"}),
        (params("summary", grouping="users", audit=LONG), {"sub_grouping": "projects"}),
        (params("summary", audit=LONG), {"start_date": "2026-01-06", "end_date": "2026-01-06"}),
        (
            params("summary", project_ids=[30], user_ids=[1], audit={"show_empty_groups": True}),
            {"grouping": "users"},
        ),
        (
            params(
                "summary", project_ids=[30], audit={"group_filter": {"max_duration_seconds": 9}}
            ),
            {"user_ids": [2]},
        ),
    ],
    ids=str,
)
def test_an_audit_stays_in_force(client: TestClient, stored: dict, tries: dict) -> None:
    """D7.7: which groups are shown is decided by what was saved."""
    token = save(client, public=True, params=stored)["token"]
    assert group_ids(ran(client, token, None, tries)) == group_ids(ran(client, token, None))
    assert run(client, token, None, tries, ".csv").text == run(client, token, ending=".csv").text


def test_the_usual_audit_is_none(client: TestClient) -> None:
    """What the vendor's own pages store with every report (X35)."""
    usual = {"show_empty_groups": False, "show_tracked_groups": True, "group_filter": {}}
    token = save(client, public=True, params=params("summary", audit=usual))["token"]
    answer = ran(client, token, None, {"project_ids": [30]})
    assert group_ids(answer) == {30}


def test_an_answer_belongs_to_the_report_as_it_was(services: Services, client: TestClient) -> None:
    """A run that began before a change must not be kept as the answer after it."""
    report = save(client, public=True, params=params("summary"))
    access = access_for(report["token"], None, services)
    change(client, report, params=params("summary", project_ids=[33]))
    direct(client, "summary", JANUARY)
    before, _ = _answer(SharedAsking(access, {}, b""), services)
    assert b'"id":31' in before.body
    assert group_ids(ran(client, report["token"])) == {33}


def test_rows_that_are_split_by_a_hidden_rate_are_joined(client: TestClient) -> None:
    stored = params("summary", project_ids=[30], distinguish_rates=True, hide_rates=True)
    token = save(client, public=True, params=stored)["token"]
    (group,) = ran(client, token)["summary_results"]["report"]["groups"]
    titles = [sub["title"] for sub in group["sub_groups"]]
    assert len(titles) == len(set(titles))


def test_rows_totals_and_names_of_a_walk_are_of_one_moment(
    services: Services, client: TestClient
) -> None:
    token = save(client, public=True, params=params("detailed", page_size=4))["token"]
    first = ran(client, token)["detailed_results"]
    track(services, 1_000, 2)
    second = ran(client, token, None, {"first_row_number": 5})["detailed_results"]
    assert second["totals"] == first["totals"]
    rows = [*first["report"], *second["report"]]
    seconds = sum(entry["seconds"] for row in rows for entry in row["time_entries"])
    assert seconds == first["totals"]["seconds"]


@pytest.mark.parametrize("stored", ["{}", '{"report_type":"audit"}', '{"report_type":7}'])
def test_a_report_without_a_type_cannot_be_run(
    services: Services, client: TestClient, stored: str
) -> None:
    """Vendor page, 400; it can only come from an older record, because saving one is refused."""
    report = save(client, public=True)

    def work(connection: Connection) -> None:
        connection.execute(update(saved_reports).values(params=stored))

    services.database.write(work)
    for ending in ("", ".csv", ".pdf"):
        answer = run(client, report["token"], None, None, ending)
        told = (answer.status_code, answer.text)
        assert told == (400, '"report_type does not exist in params"')


@pytest.mark.parametrize("tries", [{"rounding": 0}, {"rounding": -1}, {"rounding_minutes": 1}])
def test_a_stored_rounding_is_not_undone(client: TestClient, tries: dict) -> None:
    """Whose hours are billed rounded does not show the others by sharing them."""
    stored = params("detailed", rounding=1, rounding_minutes=60)
    token = save(client, public=True, params=stored)["token"]
    rounded = ran(client, token)["detailed_results"]
    assert ran(client, token, None, tries)["detailed_results"] == rounded
    assert ran(client, token, 1, tries)["detailed_results"] != rounded, "the owner may"
