"""The files of a saved report: CSV as the direct one byte for byte, workbooks, PDFs, and their refusals (D8.3, D10.3)."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.wire.saving import (
    ENDINGS,
    GONE,
    INVALID_TOKEN,
    REPORT_TYPES,
    change,
    direct,
    own_agency,
    params,
    refusal,
    run,
    save,
)

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET, "pdf": "application/pdf"}
STARTS = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}
SAME: list[dict[str, Any]] = [
    params("summary"),
    params("summary", grouping="clients", sub_grouping="projects", collapse=True),
    params("summary", grouping="users", distinguish_rates=True, order_by="duration"),
    params("summary", duration_format="decimal", hide_amounts=True, order_dir="DESC"),
    params("summary", cents_separator=",", distinguish_rates=True, hide_rates=True),
    params("detailed"),
    params("detailed", grouped=True, page_size=1, first_row_number=3, order_by="duration"),
    params("detailed", hour_format="12", date_format="DD.MM.YYYY", project_ids=[None, 30]),
    params("weekly"),
    params("weekly", calculate="amounts", group_by_task=True),
    params("weekly", grouping="projects", rounding=1, rounding_minutes=30),
]


@pytest.fixture(name="client", scope="module")
def fixture_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with own_agency(tmp_path_factory.mktemp("files")) as client:
        yield client


def file_of(client: TestClient, token: str, ending: str, user_id: int | None = 1, body: Any = None):
    answer = run(client, token, user_id, body, ending)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize("user_id", [1, 2])
@pytest.mark.parametrize("asked", SAME, ids=str)
def test_a_csv_is_the_direct_one_byte_for_byte(
    client: TestClient, asked: dict, user_id: int
) -> None:
    """Vendor page, Export CSV; D8.3: both spellings; D8.6: nothing is put before a cell."""
    token = save(client, user_id, params=asked)["token"]
    straight = direct(client, asked["report_type"], asked, user_id, ".csv")
    for ending in (".csv", "/csv"):
        answer = file_of(client, token, ending, user_id)
        assert answer.content == straight.content
        for name in ("content-type", "content-disposition"):
            assert answer.headers[name] == straight.headers[name]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", REPORT_TYPES)
def test_every_type_comes_in_every_file(client: TestClient, kind: str, ending: str) -> None:
    """D8.3: the weekly workbook too, which the vendor lacks."""
    answer = file_of(client, save(client, params=params(kind))["token"], ending)
    extension = ending[1:]
    days = "2026-01-05_2026-01-11" if kind == "weekly" else "2026-01-01_2026-01-31"
    name = f"Gnomon_{kind}_report_{days}.{extension}"
    assert answer.headers["content-type"] == TYPES[extension]
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.content.startswith(STARTS[extension])


def test_a_workbook_opens(client: TestClient) -> None:
    """Vendor page, Export XLSX."""
    content = file_of(client, save(client)["token"], ".xlsx").content
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_public_file_needs_no_credentials(client: TestClient, ending: str) -> None:
    """Vendor page, Authentication; the name tells the range that was asked."""
    token = save(client, public=True)["token"]
    body = {"start_date": "2026-01-06", "end_date": "2026-01-07"}
    answer = file_of(client, token, ending, None, body)
    assert "_2026-01-06_2026-01-07." in answer.headers["content-disposition"]
    assert answer.content.startswith(STARTS[ending[1:]])


def test_dates_given_with_the_run_choose_the_rows(client: TestClient) -> None:
    """Vendor page, Parameters; dossier 3.6."""
    token = save(client, params=params("detailed"))["token"]
    body = {"start_date": "2026-01-08", "end_date": "2026-01-08"}
    answer = file_of(client, token, ".csv", 1, body)
    assert answer.content == direct(client, "detailed", body, ending=".csv").content
    assert answer.text.count("\r\n") == 2


@pytest.mark.parametrize(
    "body",
    [
        {"grouping": "users", "sub_grouping": "projects"},
        {"collapse": True},
        {"duration_format": "decimal"},
        {"hide_amounts": True},
        {"order_by": "duration", "order_dir": "DESC"},
    ],
    ids=str,
)
def test_the_owner_shapes_the_file_with_the_run(client: TestClient, body: dict) -> None:
    """D10.5."""
    answer = file_of(client, save(client)["token"], ".csv", 1, body)
    assert answer.content == direct(client, "summary", params() | body, ending=".csv").content


def test_hidden_amounts_are_in_no_column(client: TestClient) -> None:
    """D8.4, D10.5."""
    for kind in ("summary", "detailed"):
        for stored, body in (({"hide_amounts": True}, None), ({}, {"hide_amounts": True})):
            token = save(client, public=True, params=params(kind, **stored))["token"]
            assert (
                "Amount" in file_of(client, save(client, params=params(kind))["token"], ".csv").text
            )
            assert "Amount" not in file_of(client, token, ".csv", 1, body).text
            assert "Amount" not in file_of(client, token, ".csv", None, body).text


@pytest.mark.parametrize("mode", ["date_only", "time_only", "date_time", "date_and_time"])
def test_a_pdf_takes_a_display_mode(client: TestClient, mode: str) -> None:
    """Dossier 3.7."""
    token = save(client, params=params("detailed"))["token"]
    assert file_of(client, token, "/pdf", 1, {"display_mode": mode}).content.startswith(b"%PDF")


@pytest.mark.parametrize("ending", ENDINGS)
def test_refusals_of_files_are_json(client: TestClient, ending: str) -> None:
    """Vendor page: the same texts as the report's own; D1.7."""
    report = save(client, public=True)
    period = (400, '"The report period is not supported"')
    weekly = save(client, params=params("weekly", end_date="2026-01-12"))["token"]
    answers = [
        (run(client, "0" * 32, 1, ending=ending), INVALID_TOKEN),
        (run(client, save(client)["token"], None, ending=ending), INVALID_TOKEN),
        (run(client, weekly, 1, ending=ending), period),
        (run(client, report["token"], 1, [], ending), (400, '"JSON is not valid"')),
    ]
    change(client, report, regenerate_token=True)
    answers.append((run(client, report["token"], 1, ending=ending), GONE))
    for answer, told in answers:
        assert refusal(answer) == told
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("ending", ["", *ENDINGS])
def test_a_report_is_run_by_post_only(client: TestClient, ending: str) -> None:
    """D1.1, D1.7."""
    token = save(client, public=True)["token"]
    for method in ("GET", "PUT", "DELETE"):
        answer = client.request(method, f"/reports/api/v3/shared/{token}{ending}")
        assert refusal(answer) == (405, '"Method not allowed"')


def test_there_is_no_other_file(client: TestClient) -> None:
    """D1.7."""
    token = save(client, public=True)["token"]
    for ending in ("/docx", "/csv/x", "/"):
        assert run(client, token, 1, ending=ending).status_code == 404


def test_a_report_of_nothing_is_a_file_with_a_header(client: TestClient) -> None:
    """D8.4."""
    asked = params("detailed", description="nobody wrote this")
    token = save(client, public=True, params=asked)["token"]
    assert file_of(client, token, ".csv", None).text.count("\r\n") == 1
    assert file_of(client, token, ".xlsx", None).content.startswith(b"PK")
    assert file_of(client, token, ".pdf", None).content.startswith(b"%PDF")
