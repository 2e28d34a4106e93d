"""How many rows of the vendor's CSV does an import take in a second, and how many when all are there already?"""

import csv
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from benchmarks.figures import Figure
from benchmarks.records import opened
from benchmarks.world import CLIENTS, WORKSPACE_ID, Facts, make_facts, text_of
from gnomon.ingest.toggl_csv import read_toggl_csv
from gnomon.model.account import Workspace
from gnomon.store.database import Database
from gnomon.store.imports import ImportPlan, ImportResult, import_rows
from gnomon.store.organizations import add_organization
from gnomon.store.workspaces import add_workspace
from gnomon.units.dates import zone_of
from gnomon.units.durations import clock_text

QUESTION = "importing"
ROWS = 50_000
RUNS = 3
ZONE = "Europe/Berlin"
HEADER = (
    "User,Email,Client,Project,Task,Description,Billable,"
    "Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)"
)
PLAN = ImportPlan(workspace_id=WORKSPACE_ID, timezone=ZONE, at=1_767_225_600)


def figures() -> Iterator[Figure]:
    first_rates, second_rates = [], []
    with TemporaryDirectory(prefix="gnomon-bench-") as folder:
        file = Path(folder) / "export.csv"
        write_export(file, make_facts(ROWS))
        for run in range(RUNS):
            with opened(Path(folder) / f"record{run}") as database:
                database.write(_add_empty_workspace)
                result, rate = rows_a_second(database, file)
                assert result.imported == ROWS
                first_rates.append(rate)
                result, rate = rows_a_second(database, file)
                assert result.already_there == ROWS
                second_rates.append(rate)
    for name, rates in (("first time", first_rates), ("second time", second_rates)):
        yield Figure(
            question=QUESTION,
            entry_count=ROWS,
            name=f"rows a second, {name}",
            value=median(rates),
        )


def rows_a_second(database: Database, file: Path) -> tuple[ImportResult, float]:
    """From the file to the commit, as the command does it."""

    def change(connection: Connection) -> ImportResult:
        return import_rows(connection, read_toggl_csv(file, zone_of(ZONE)), PLAN)

    started = time.perf_counter()
    result = database.write(change)
    return result, result.rows / (time.perf_counter() - started)


def _add_empty_workspace(connection: Connection) -> None:
    add_organization(connection, 1, "Bench", 0)
    workspace = Workspace(
        workspace_id=WORKSPACE_ID, organization_id=1, name="Bench", default_currency="EUR"
    )
    add_workspace(connection, workspace, 0)


def write_export(path: Path, facts: Facts) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(HEADER + "\r\n")
        csv.writer(file).writerows(_cells(facts, row) for row in range(len(facts.start)))


def _cells(facts: Facts, row: int) -> list[str]:
    project, tag = int(facts.project[row]), int(facts.tag_set[row])
    start, seconds = int(facts.start[row]), int(facts.seconds[row])
    user = int(facts.user[row])
    return [
        f"User {user}",
        f"u{user}@example.com",
        f"Client {project % CLIENTS + 1}" if project else "",
        f"Project {project}" if project else "",
        "",
        text_of(int(facts.text[row])),
        "Yes" if facts.billable[row] else "No",
        *_wall_clock(start),
        *_wall_clock(start + seconds),
        clock_text(seconds),
        f"tag {tag}" if tag else "",
        "",
    ]


def _wall_clock(instant: int) -> tuple[str, str]:
    local = datetime.fromtimestamp(instant, UTC).astimezone(zone_of(ZONE))
    return f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}"
