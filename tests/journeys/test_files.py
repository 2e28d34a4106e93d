"""Files for a client: from the terminal and over HTTP, the same ones."""

import csv
import io
import socket
from base64 import b64encode
from pathlib import Path

import httpx2
import openpyxl
import pikepdf
import pytest

from tests.running import gnomon, gnomon_json, init, serving

EXPORT = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\r\n"
    "Ada,ada@example.com,Acme,Website,,Plan,Yes,2026-01-05,08:00:00,2026-01-05,09:00:00,01:00:00,\r\n"
    "Ada,ada@example.com,Acme,=App,,Build,No,2026-01-06,08:00:00,2026-01-06,08:30:00,00:30:00,\r\n"
)
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@pytest.fixture
def home(tmp_path: Path) -> tuple[Path, str, str]:
    """The data folder, the workspace's id and the admin's token."""
    data = tmp_path / "data"
    made = init(data)
    (tmp_path / "export.csv").write_text(EXPORT, newline="")
    words = ("import", "toggl-csv", tmp_path / "export.csv", "--data", data)
    told = ("--workspace-id", str(made["workspace_id"]), "--timezone", "Europe/Tallinn")
    assert gnomon_json(*words, *told)["imported"] == 2
    return data, str(made["workspace_id"]), made["api_token"]


def test_the_terminal_writes_what_the_server_sends(
    tmp_path: Path, home: tuple[Path, str, str]
) -> None:
    data, workspace_id, token = home
    asked = ("report", "summary", "--workspace-id", workspace_id, "--data", data)
    days = ("--from", "2026-01-01", "--to", "2026-01-31")
    for kind in TYPES:
        done = gnomon(*asked, *days, "--output", tmp_path / f"report.{kind}")
        assert f"report.{kind}" in done.stderr.replace("\n", "")
    sent = {}
    with serving(data) as server:
        for kind, media_type in TYPES.items():
            path = f"/reports/api/v3/workspace/{workspace_id}/summary/time_entries.{kind}"
            answer = httpx2.post(
                server.address + path, json=JANUARY, auth=(token, "api_token"), timeout=30
            )
            assert answer.status_code == 200
            assert answer.headers["content-type"] == media_type
            assert answer.headers["content-disposition"] == (
                f'attachment; filename="Gnomon_summary_report_2026-01-01_2026-01-31.{kind}"'
            )
            assert answer.headers["x-range-start"] == "2026-01-01"
            assert answer.headers["x-content-type-options"] == "nosniff"
            sent[kind] = answer.content
    assert sent["csv"] == (tmp_path / "report.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(sent["csv"].decode("utf-8-sig"), newline="")))
    page = openpyxl.load_workbook(io.BytesIO(sent["xlsx"]))["Summary"]
    assert [cell.value for cell in page[2]][:3] == rows[1][:3] == ["=App", "Acme", "Build"]
    with pikepdf.open(io.BytesIO(sent["pdf"])) as document:
        assert len(document.pages) == 1


def test_a_refused_output_leaves_the_old_file(tmp_path: Path, home: tuple[Path, str, str]) -> None:
    data, workspace_id, _ = home
    days = ("--from", "2026-01-01", "--to", "2026-01-31")
    asked = ("report", "summary", "--workspace-id", workspace_id, "--data", data, *days)
    old = tmp_path / "report.pdf"
    old.write_text("old")
    gnomon(*asked, "--group", "users", "--sub-group", "users", "--output", old, expects=1)
    gnomon(*asked, "--output", tmp_path / "report.docx", expects=1)
    gnomon(*asked, "--output", tmp_path / "nowhere" / "report.pdf", expects=1)
    assert old.read_text() == "old"


def test_a_client_that_hangs_up_leaves_nothing_behind(
    tmp_path: Path, home: tuple[Path, str, str]
) -> None:
    data, workspace_id, token = home
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    sign_in = b64encode(f"{token}:api_token".encode()).decode()
    with serving(data, TMPDIR=str(scratch)) as server:
        for kind in TYPES:
            path = f"/reports/api/v3/workspace/{workspace_id}/summary/time_entries.{kind}"
            body = b'{"start_date":"2026-01-01","end_date":"2026-01-31"}'
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
                client.sendall(
                    f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {sign_in}\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
        answer = httpx2.post(
            server.address + path, json=JANUARY, auth=(token, "api_token"), timeout=30
        )
        assert answer.status_code == 200
    assert list(scratch.iterdir()) == []
