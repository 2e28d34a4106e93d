"""kill -9 at any moment: what was acknowledged is there, what was not is there whole or not at all."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from gnomon.store.checking import problems
from gnomon.store.database import open_database
from gnomon.store.schema import entries
from tests.running import clean_environment, gnomon_json, init

CYCLES = 8
ROWS_PER_FILE = 400
WRITER = """
import sys
from pathlib import Path
from gnomon.ingest.toggl_csv import read_toggl_csv
from gnomon.store.database import open_database
from gnomon.store.imports import ImportPlan, import_rows
from gnomon.units.dates import zone_of

folder, workspace_id, files = Path(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
database = open_database(folder)
plan = ImportPlan(workspace_id=workspace_id, timezone="UTC", at=1)
for path in files:
    database.write(lambda connection: import_rows(connection, read_toggl_csv(path, zone_of("UTC")), plan))
    print(path.name, flush=True)
"""


def write_exports(folder: Path, number: int) -> list[Path]:
    header = "User,Email,Project,Description,Start date,Start time,Duration\n"
    paths = []
    for part in range(40):
        path = folder / f"{number}-{part}.csv"
        rows = (
            f"Ada,ada@example.com,P{row % 9},text {row},20{10 + number}-{part % 12 + 1:02}-{row % 28 + 1:02},"
            f"{row % 24:02}:{row % 60:02}:{part:02},00:10:00\n"
            for row in range(ROWS_PER_FILE)
        )
        path.write_text(header + "".join(rows))
        paths.append(path)
    return paths


def test_acknowledged_imports_survive_kill_9(tmp_path: Path) -> None:
    data = tmp_path / "data"
    workspace_id = init(data)["workspace_id"]
    source = random.Random(5)
    acknowledged = 0
    for cycle in range(CYCLES):
        paths = write_exports(tmp_path, cycle)
        command = [sys.executable, "-c", WRITER, str(data), str(workspace_id), *map(str, paths)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env=clean_environment(), text=True
        ) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline()]  # it has begun
            time.sleep(source.uniform(0.02, 0.5))
            writer.send_signal(signal.SIGKILL)
            told += writer.stdout.read().splitlines()
        acknowledged += len([line for line in told if line.strip()])
        assert_whole(data, workspace_id, acknowledged)
        acknowledged = kept_files(data, workspace_id)
    assert gnomon_json("check", "--data", data) == {"ok": True, "problems": []}


def kept_files(data: Path, workspace_id: int) -> int:
    database = open_database(data)
    try:
        with database.read() as connection:
            here = entries.c.workspace_id == workspace_id
            count = connection.scalar(select(func.count()).select_from(entries).where(here)) or 0
            assert list(problems(connection)) == []
    finally:
        database.close()
    assert count % ROWS_PER_FILE == 0, "half a file was imported"
    return count // ROWS_PER_FILE


def assert_whole(data: Path, workspace_id: int, acknowledged: int) -> None:
    assert kept_files(data, workspace_id) >= acknowledged
