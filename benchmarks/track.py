"""The Track API: time entries made one by one, and small looks, next to the same server answering a constant."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, func, select

from benchmarks.figures import Figure
from benchmarks.records import kept_record
from benchmarks.server import AUTHORIZATION, Server, running_server
from benchmarks.world import WORKSPACE_ID
from gnomon.store.checking import COUNTED
from gnomon.store.database import open_database
from gnomon.store.ids import skip_ids

QUESTION = "the Track API over HTTP"
SIZE = 10_000
CONNECTIONS, SECONDS, RUNS = 8, 4, 3
WRITES_MIN, READS_MIN, P99_MAX = 1_000, 3_000, 50.0
CONSTANT = "/api/v9/status"
LOOKS = {
    "who I am": "/api/v9/me",
    "what is running": "/api/v9/me/time_entries/current",
    "a workspace": f"/api/v9/workspaces/{WORKSPACE_ID}",
}
ENTRIES = f"/api/v9/workspaces/{WORKSPACE_ID}/time_entries"
NEW = {
    "created_with": "benchmark",
    "start": "2024-06-03T08:00:00Z",
    "duration": 1_800,
    "description": "Planning",
}
RATE = re.compile(r"Requests/sec:\s*([\d.]+)")
P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1_000.0}


def figures() -> Iterator[Figure]:
    """On a copy of the record, because it is written to."""
    with tempfile.TemporaryDirectory(prefix="gnomon-bench-track-") as folder:
        record = Path(folder) / "record"
        shutil.copytree(kept_record(SIZE), record)
        _count_on(record)
        with running_server(record) as server:
            yield from _figures(server)


def _count_on(record: Path) -> None:
    """The benchmark's world brings its own ids; new ones must come behind them."""

    def write(connection: Connection) -> None:
        for kind, column in COUNTED.items():
            skip_ids(connection, kind, connection.scalar(select(func.max(column))) or 0)

    database = open_database(record)
    try:
        database.write(write)
    finally:
        database.close()


def _figures(server: Server) -> Iterator[Figure]:
    """In turns, so that a noisy moment hits all of them alike."""
    told: dict[str, list[tuple[float, float]]] = {}
    for _ in range(RUNS):
        for path in (CONSTANT, *LOOKS.values()):
            told.setdefault(path, []).append(_load(server, "get", path))
        told.setdefault(ENTRIES, []).append(_load(server, "post", ENTRIES))
    rates = {path: median(rate for rate, _ in runs) for path, runs in told.items()}
    constant = rates[CONSTANT]
    yield _figure("a constant, requests a second", constant)
    for name, path in LOOKS.items():
        yield _figure(f"{name}, requests a second", rates[path], at_least=READS_MIN)
        yield _figure(f"constant / {name}", constant / rates[path])
    yield _figure("entries made, a second", rates[ENTRIES], at_least=WRITES_MIN)
    yield _figure("constant / entries made", constant / rates[ENTRIES])
    p99 = median(slowest for _, slowest in told[ENTRIES])
    yield _figure("entries made, 99th percentile, ms", p99, at_most=P99_MAX)


def _figure(
    name: str, value: float, at_least: float | None = None, at_most: float | None = None
) -> Figure:
    return Figure(
        question=QUESTION,
        entry_count=SIZE,
        name=name,
        value=value,
        at_least=at_least,
        at_most=at_most,
    )


def _load(server: Server, method: str, path: str) -> tuple[float, float]:
    """Requests a second over eight connections, and the 99th percentile in milliseconds."""
    script = Path(__file__).with_name(f"{method}.lua")
    url = f"http://{server.host}:{server.port}{path}"
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", str(script)]
    environment = {
        **os.environ,
        "BENCH_AUTHORIZATION": AUTHORIZATION,
        "BENCH_QUESTION": json.dumps(NEW),
    }
    told = subprocess.run(
        ["wrk", *options, url],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    rate, slowest = RATE.search(told), P99.search(told)
    if rate is None or slowest is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(rate[1]), float(slowest[1]) * MILLISECONDS[slowest[2]]
