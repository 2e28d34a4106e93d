"""Every entry over HTTP: the first and the last page, the whole as CSV, a week, and a saved report next to a direct one."""

import http.client
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.figures import Figure, interleaved
from benchmarks.records import Bench
from benchmarks.server import AUTHORIZATION, Connection, Server
from benchmarks.summary_http import SECONDS_NEVER_REACHED, new_question
from benchmarks.world import IN_RANGE, WORKSPACE_ID

QUESTION = "entries over HTTP"
REPORTS = f"/reports/api/v3/workspace/{WORKSPACE_ID}"
ENTRIES, WEEK, TOTALS = (
    f"{REPORTS}/{path}"
    for path in ("search/time_entries", "weekly/time_entries", "search/time_entries/totals")
)
SAVED = f"/api/v9/workspaces/{WORKSPACE_ID}/reports/shared"
HISTORY = {"start_date": "2006-01-01", "end_date": "2030-01-01"}
PAGE_SIZE = 50
ROUNDS = 15
PAGES_MAX, SAVED_MAX, MEGABYTES_MAX = 1.2, 1.3, 64.0
SAMPLE_SECONDS = 0.005
_bounds = count(2 * SECONDS_NEVER_REACHED)  # another question each time, as in summary_http.py


def figures(bench: Bench) -> Iterator[Figure]:
    connection = Connection(bench.server)
    for name, value, at_most in _all(bench, connection):
        size = bench.entry_count
        yield Figure(question=QUESTION, entry_count=size, name=name, value=value, at_most=at_most)
    connection.close()


def _all(bench: Bench, connection: Connection) -> Iterator[tuple[str, float, float | None]]:
    yield from _pages(bench, connection)
    week = {"start_date": IN_RANGE["start_date"]}
    took = interleaved(ROUNDS, {"week": lambda: connection.ask(_new(week), WEEK)})
    yield "weekly report, ms", took["week"], None
    yield from _saved(connection, bench.server)
    yield from _whole(bench.server, bench.entry_count)


def _new(question: dict[str, Any]) -> dict[str, Any]:
    return {**question, "max_duration_seconds": next(_bounds)}


def _pages(bench: Bench, connection: Connection) -> Iterator[tuple[str, float, float | None]]:
    """Somebody who pages, and somebody who asks for a page out of the blue."""
    walk = _new(HISTORY)
    connection.ask(walk, ENTRIES)
    steps = count()
    last = bench.entry_count - PAGE_SIZE + 1

    def page(question: dict[str, Any], row: int) -> memoryview:
        return connection.ask({**question, "first_row_number": row}, ENTRIES)

    took = interleaved(
        ROUNDS,
        {
            "first": lambda: page(walk, 1 + next(steps)),
            "last": lambda: page(walk, last - next(steps)),
            "first, new": lambda: page(_new(HISTORY), 1),
            "last, new": lambda: page(_new(HISTORY), last),
        },
    )
    yield "first page of a walk, ms", took["first"], None
    yield f"page {last // PAGE_SIZE + 1:,} of it, ms", took["last"], None
    yield "last / first page of a walk", took["last"] / took["first"], PAGES_MAX
    yield "first page of a new report, ms", took["first, new"], None
    yield "last / first page of a new one", took["last, new"] / took["first, new"], PAGES_MAX


def _saved(connection: Connection, server: Server) -> Iterator[tuple[str, float, float | None]]:
    """A run holds the summary, its totals with a graph, and the dictionaries."""
    token = _save(server, {"report_type": "summary", **IN_RANGE})
    shared = f"/reports/api/v3/shared/{token}"
    graph = {**IN_RANGE, "with_graph": True}
    took = interleaved(
        ROUNDS,
        {
            "saved": lambda: connection.ask(_new({}), shared),
            "summary": lambda: connection.ask(new_question()),
            "totals": lambda: connection.ask(_new(graph), TOTALS),
        },
    )
    yield "saved summary of a year, ms", took["saved"], None
    yield "direct summary, ms", took["summary"], None
    yield "direct totals with graph, ms", took["totals"], None
    both = took["summary"] + took["totals"]
    yield "saved / direct summary and totals", took["saved"] / both, SAVED_MAX
    yield "saved / direct summary alone", took["saved"] / took["summary"], None


def _save(server: Server, params: dict[str, Any]) -> str:
    body = {"name": "Bench", "public": False, "fixed_daterange": True, "params": params}
    client = http.client.HTTPConnection(server.host, server.port)
    client.request("POST", SAVED, json.dumps(body), {"Authorization": AUTHORIZATION})
    token: str = json.loads(client.getresponse().read())["token"]
    client.close()
    return token


def _whole(server: Server, entry_count: int) -> Iterator[tuple[str, float, float | None]]:
    """Memory is sampled while the file is on its way, above what the server takes with its columns ready."""
    idle = _megabytes(server.process_id)
    peak, is_over = [idle], Event()
    watch = Thread(target=_watch, args=(server.process_id, peak, is_over))
    watch.start()
    took = interleaved(1, {"csv": lambda: _drained(server, f"{ENTRIES}.csv", _new(HISTORY))})
    is_over.set()
    watch.join()
    yield "all entries as CSV, rows a second", entry_count * 1_000 / took["csv"], None
    yield "CSV, peak MB above the idle server", peak[0] - idle, MEGABYTES_MAX


def _watch(process_id: int, peak: list[float], is_over: Event) -> None:
    while not is_over.wait(SAMPLE_SECONDS):
        peak[0] = max(peak[0], _megabytes(process_id))


def _megabytes(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1_024


def _drained(server: Server, path: str, question: dict[str, Any]) -> int:
    client = http.client.HTTPConnection(server.host, server.port)
    client.request("POST", path, json.dumps(question), {"Authorization": AUTHORIZATION})
    answer = client.getresponse()
    received = 0
    while piece := answer.read(256 * 1024):
        received += len(piece)
    client.close()
    return received
