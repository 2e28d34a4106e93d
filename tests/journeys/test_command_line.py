"""An evening with the command line: from nothing to a report, a backup and back (D11)."""

import json
import os
import signal
import sqlite3
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.running import COMMAND, clean_environment, gnomon, gnomon_json, init, serving

EXPORT = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\r\n"
    "Ada,ada@example.com,Acme,Website,,Plan,Yes,2026-01-05,08:00:00,2026-01-05,09:00:00,01:00:00,\r\n"
    "Bo,bo@example.com,Acme,Website,,Build,No,2026-01-06,08:00:00,2026-01-06,08:30:00,00:30:00,\r\n"
    "Bo,bo@example.com,,,,broken,No,2026-01-06,08:00:00,2026-01-06,08:30:00,half an hour,\r\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, newline="")
    return path


def filled(data: Path, export: Path) -> None:
    """A record that holds the export."""
    workspace_id = str(init(data)["workspace_id"])
    words = ("import", "toggl-csv", export, "--workspace-id", workspace_id, "--timezone", "UTC")
    gnomon(*words, "--data", data)


def test_from_an_export_to_the_report(tmp_path: Path, export: Path) -> None:
    data = tmp_path / "data"
    home = init(data)
    assert set(home) == {"user_id", "api_token", "organization_id", "workspace_id"}
    assert len(home["api_token"]) == 32
    workspace_id = str(home["workspace_id"])
    words = (
        "import",
        "toggl-csv",
        export,
        "--workspace-id",
        workspace_id,
        "--timezone",
        "Europe/Tallinn",
        "--data",
        data,
    )
    dry = gnomon_json(*words, "--dry-run")
    assert (dry["rows"], dry["imported"], dry["users"]) == (3, 2, 1)
    done = gnomon_json(*words)
    assert done == {
        "rows": 3, "imported": 2, "already_there": 0, "differs": 0, "updated": 0,
        "skipped": [{"line": 4, "reason": "'half an hour' is no duration."}],
        "users": 1, "clients": 1, "projects": 1, "tasks": 0, "tags": 0,
    }  # fmt: skip
    assert gnomon_json(*words)["already_there"] == 2
    asked = (
        "report",
        "summary",
        "--workspace-id",
        workspace_id,
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-31",
        "--data",
        data,
    )
    report = gnomon_json(*asked)
    assert [sub["seconds"] for group in report["groups"] for sub in group["sub_groups"]] == [
        1_800,
        3_600,
    ]
    shown = gnomon(*asked, "--group", "clients", "--sub-group", "projects").stdout
    assert "Acme" in shown
    assert "01:30:00" in shown
    assert gnomon_json("check", "--data", data) == {"ok": True, "problems": []}


def test_a_second_workspace_is_not_made_by_accident(tmp_path: Path) -> None:
    init(tmp_path)
    again = gnomon("init", "--data", tmp_path, "--email", "x@y.z", "--password", "correct horse", "--name", "X", "--workspace", "W", expects=1)  # fmt: skip
    assert "already" in again.stderr


def test_people_passwords_and_plans_are_set_without_a_browser(tmp_path: Path) -> None:
    home = init(tmp_path)
    workspace_id = str(home["workspace_id"])
    bo = gnomon_json("user", "add", "--data", tmp_path, "--email", "bo@example.com", "--name", "Bo", "--password", "battery staple", "--workspace-id", workspace_id, "--timezone", "Asia/Kolkata")  # fmt: skip
    assert set(bo) == set(home)
    assert gnomon_json("user", "password", "--data", tmp_path, "--email", "BO@example.com", "--password", "other staple") == {"user_id": bo["user_id"]}  # fmt: skip
    assert gnomon_json("workspace", "set", "--data", tmp_path, "--workspace-id", workspace_id, "--plan", "free", "--currency", "usd")["default_currency"] == "USD"  # fmt: skip
    path = f"/reports/api/v3/workspace/{workspace_id}/summary/time_entries"
    with serving(tmp_path) as server:
        for sign_in, status in ((("bo@example.com", "other staple"), 200), (("bo@example.com", "battery staple"), 403), ((bo["api_token"], "api_token"), 200)):  # fmt: skip
            answer = httpx2.post(
                server.address + path, json={"start_date": "2026-01-01"}, auth=sign_in
            )
            assert answer.status_code == status


def test_what_cannot_be_taken_is_told_in_a_sentence_and_exit_1(
    tmp_path: Path, export: Path
) -> None:
    home = init(tmp_path / "data")
    workspace_id = str(home["workspace_id"])
    data = ("--data", tmp_path / "data")
    for words in (
        ("import", "toggl-csv", export, "--workspace-id", "99", "--timezone", "UTC", *data),
        (
            "import",
            "toggl-csv",
            export,
            "--workspace-id",
            workspace_id,
            "--timezone",
            "Mars",
            *data,
        ),
        (
            "report",
            "summary",
            "--workspace-id",
            "99",
            "--from",
            "2026-01-01",
            "--to",
            "2026-01-02",
            *data,
        ),
        (
            "report",
            "summary",
            "--workspace-id",
            workspace_id,
            "--from",
            "2026-01-03",
            "--to",
            "2026-01-02",
            *data,
        ),
        (
            "user",
            "add",
            "--email",
            "ada@example.com",
            "--name",
            "A",
            "--password",
            "correct horse",
            "--workspace-id",
            workspace_id,
            *data,
        ),
        ("user", "password", "--email", "nobody@example.com", "--password", "correct horse", *data),
        ("user", "password", "--email", "ada@example.com", "--password", "short", *data),
        ("restore", tmp_path / "nothing", *data),
        ("backup", tmp_path / "out", "--data", tmp_path / "empty"),
    ):
        done = gnomon(*words, expects=1)
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr


def test_a_backup_of_a_running_server_can_be_restored(tmp_path: Path, export: Path) -> None:
    data = tmp_path / "data"
    home = init(data)
    workspace_id = str(home["workspace_id"])
    gnomon(
        "import",
        "toggl-csv",
        export,
        "--workspace-id",
        workspace_id,
        "--timezone",
        "UTC",
        "--data",
        data,
    )
    with serving(data) as server:
        asked = httpx2.post(
            f"{server.address}/reports/api/v3/workspace/{workspace_id}/summary/time_entries",
            json={"start_date": "2026-01-01"},
            auth=(home["api_token"], "api_token"),
        )
        gnomon("backup", tmp_path / "record.backup", "--data", data)
    gnomon("backup", tmp_path / "again.backup", "--data", data)
    assert b"secret" not in (tmp_path / "record.backup").read_bytes()
    elsewhere = tmp_path / "elsewhere"
    gnomon("restore", tmp_path / "record.backup", "--data", elsewhere)
    assert gnomon_json("check", "--data", elsewhere)["ok"]
    with serving(elsewhere) as server:
        restored = httpx2.post(
            f"{server.address}/reports/api/v3/workspace/{workspace_id}/summary/time_entries",
            json={"start_date": "2026-01-01"},
            auth=(home["api_token"], "api_token"),
        )
    assert restored.content == asked.content
    moved = gnomon_json("restore", tmp_path / "record.backup", "--data", data)
    assert Path(moved["moved_aside"]).exists()


def test_a_damaged_record_is_told_and_can_be_replaced(tmp_path: Path) -> None:
    data = tmp_path / "data"
    init(data)
    backup = tmp_path / "odd # name%41.backup"
    gnomon("backup", backup, "--data", data)
    assert backup.stat().st_mode & 0o777 == 0o600
    record = data / "gnomon.db"
    record.write_bytes(b"garbage" * 20 + record.read_bytes()[140:])
    assert gnomon_json("check", "--data", data, expects=1)["problems"]
    gnomon("restore", backup, "--data", data)
    assert gnomon_json("check", "--data", data)["ok"]


def test_a_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    init(data)
    with sqlite3.connect(data / "gnomon.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused = gnomon("serve", "--port", "0", "--data", data, expects=1)
    assert "newer version" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert gnomon_json("check", "--data", data, expects=1)["problems"]


def test_a_file_that_is_no_backup_leaves_the_record_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    init(data)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE workspaces (a)")
    newer = tmp_path / "newer.backup"
    gnomon("backup", newer, "--data", data)
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for file in (foreign, newer):
        refused = gnomon("restore", file, "--data", data, expects=1)
        assert "Traceback" not in refused.stderr
    assert gnomon_json("check", "--data", data)["ok"]
    assert not list(data.glob("*.part*"))


def test_one_damaged_byte_of_an_entry_is_found(tmp_path: Path, export: Path) -> None:
    filled(tmp_path, export)
    record = tmp_path / "gnomon.db"
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE entries SET stopped_at = stopped_at + 1 WHERE entry_id % 2 = 1")
    problems = gnomon_json("check", "--data", tmp_path, expects=1)["problems"]
    assert any("checksum" in problem for problem in problems)
    content = record.read_bytes()
    place = content.index(b"Build")
    record.write_bytes(content[:place] + b"Guild" + content[place + 5 :])
    assert gnomon_json("check", "--data", tmp_path, expects=1)["problems"]


def test_missing_change_numbers_and_dangling_ids_are_found(tmp_path: Path, export: Path) -> None:
    filled(tmp_path, export)
    with sqlite3.connect(tmp_path / "gnomon.db") as connection:
        connection.execute("DELETE FROM changes WHERE change_number = 1")
        connection.execute("DELETE FROM projects")
    problems = " ".join(gnomon_json("check", "--data", tmp_path, expects=1)["problems"])
    assert "changes up to" in problems
    assert "project_id that does not exist" in problems


def test_one_process_at_a_time_holds_the_folder(tmp_path: Path) -> None:
    init(tmp_path)
    with serving(tmp_path):
        refused = gnomon("check", "--data", tmp_path, expects=1)
        assert "Another gnomon process" in refused.stderr


def test_settings_are_listed_without_secrets() -> None:
    shown = gnomon("settings", "--json", GNOMON_SECRET_KEY="hush hush " * 4).stdout
    assert "GNOMON_COLUMNS_MEMORY_MB" in shown
    assert "hush" not in shown
    assert {row["variable"]: row["value"] for row in json.loads(shown)}[
        "GNOMON_SECRET_KEY"
    ] == "(set)"


def test_a_weak_secret_key_is_refused(tmp_path: Path) -> None:
    init(tmp_path)
    for key in ("changeme", "a" * 64):
        done = gnomon("user", "password", "--email", "a@b.c", "--password", "correct horse", "--data", tmp_path, expects=1, GNOMON_SECRET_KEY=key)  # fmt: skip
        assert "secret key" in done.stderr


def test_the_secret_key_is_for_the_owner_alone(tmp_path: Path) -> None:
    init(tmp_path / "data")
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_the_demo_prints_a_report_and_curl_lines_that_work(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "demo", "--port", "0", "--data", str(tmp_path / "demo")],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("curl -s -X POST"):
                break
        shown = "".join(lines)
        assert "TOTAL" in shown
        words = next(line for line in lines if line.startswith("curl -s -u")).split(" ", 5)
        token = words[3].partition(":")[0]
        body = words[5].split("'")[1]
        answer = httpx2.post(words[4], content=body, auth=(token, "api_token"), timeout=60)
        assert answer.status_code == 200
        assert len(answer.json()["groups"]) > 5
        shared = httpx2.post(lines[-1].split(" ")[4], timeout=60)  # nobody signs in
        assert shared.content.startswith(b"%PDF")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate(timeout=30)
    assert os.path.exists(tmp_path / "demo" / "gnomon.db")
