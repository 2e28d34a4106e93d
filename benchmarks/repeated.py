"""How many times a second can the same small report be had?"""

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.records import Bench
from benchmarks.server import AUTHORIZATION, Connection, Server

QUESTION = "the same small report"
WEEK = {
    "start_date": "2024-06-03",
    "end_date": "2024-06-09",
    "grouping": "clients",
    "sub_grouping": "projects",
}
CONNECTIONS, SECONDS, RUNS = 8, 3, 3
REQUESTS_MIN = 2_000
RATE = re.compile(r"Requests/sec:\s*([\d.]+)")


def figures(bench: Bench) -> Iterator[Figure]:
    connection = Connection(bench.server)
    size = len(connection.ask(WEEK))
    connection.close()
    has_wrk = shutil.which("wrk") is not None
    requests = with_wrk if has_wrk else with_threads
    rates = [requests(bench.server) for _ in range(RUNS)]
    client = "wrk" if has_wrk else "Python threads"
    yield Figure(question=QUESTION, entry_count=bench.entry_count, name="answer, bytes", value=size)
    yield Figure(
        question=QUESTION,
        entry_count=bench.entry_count,
        name=f"requests a second over {CONNECTIONS} connections ({client})",
        value=median(rates),
        at_least=REQUESTS_MIN,
    )


def with_wrk(server: Server) -> float:
    script = Path(__file__).with_name("post.lua")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), server.url]
    environment = {
        **os.environ,
        "BENCH_AUTHORIZATION": AUTHORIZATION,
        "BENCH_QUESTION": json.dumps(WEEK),
    }
    told = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=60
    ).stdout
    rate = RATE.search(told)
    if rate is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(rate[1])


def with_threads(server: Server) -> float:
    """Less than the server can do: these clients share one interpreter."""
    counts = [0] * CONNECTIONS
    until = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        connection = Connection(server)
        while time.monotonic() < until:
            connection.ask(WEEK)
            counts[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
