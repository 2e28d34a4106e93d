"""RESULTS.md: every final run leaves a section behind, and none is ever taken away."""

import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, figure_table
from benchmarks.world import results_file

HEAD = """# Results

Runs of `python -m benchmarks --write`, oldest first; the file only grows. How to read it:

- Trust ratios, not milliseconds: what a ratio compares ran in turns in one run on one machine, so both sides had the
  same weather. Milliseconds are medians and belong to that day's machine, which others may have used at the same time.
- Differences below a quarter are noise on a shared machine.
- "The reference" of the summary is hand-written numpy over columns in memory plus msgspec encoding an answer of the
  same size: what nobody can do without, though neither is a lower bound. It neither orders by name nor sends anything.
- SQL has clocks and prices ready in temporary tables and hands over rows, not JSON.
- Only figures with a target are judged: met or MISSED.
- Of files, "entries" are rows, 25 to a group. The plain writers get their rows as ready Python values and write one bare
  table: no front page, no second level, no total, no slices. Chromium prints the same bare table.
- The data are those of `benchmarks/world.py`: five years of one workspace; the year that is asked for holds a fifth.
"""


def write_section(figures: Iterable[Figure], path: Path | None = None) -> None:
    file = path or results_file()
    if not file.exists():
        file.write_text(HEAD)
    with file.open("a") as results:
        results.write(f"\n## {_title()}\n\n{machine()}\n\n{figure_table(figures)}\n")


def _title() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit_id()}"


def commit_id() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    return told.stdout.strip()


def machine() -> str:
    return f"{os.cpu_count()} cores, {_cpu_model()}, Python {platform.python_version()}."


def _cpu_model() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown processor"
