"""How fast are the three writers, and what do they add to a plain call of their library on the same rows?"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.export.reports import long_sheet

from benchmarks.figures import Figure, interleaved
from benchmarks.plain_files import CHROMIUM, chromium_pdf, plain_csv, plain_pdf, plain_xlsx
from gnomon.export.csv_file import csv_bytes
from gnomon.export.formats import cell_texts
from gnomon.export.pdf_file import write_pdf
from gnomon.export.xlsx_file import write_xlsx
from gnomon.query.presentation import Formats
from gnomon.query.resolution import Resolution, bucket_starts
from gnomon.reports.results import Series
from gnomon.sheets.document import Document
from gnomon.sheets.sheet import GroupedSheet, Sheet
from gnomon.units.dates import DayRange

QUESTION = "files"
SIZES = (1_000, 10_000, 100_000)
ROWS_PER_GROUP = 25
OVERHEAD_MAX = 1.5
PDF_SECONDS_MAX = {1_000: 1.0, 10_000: 6.0}
PDF_MEGABYTES_MAX = {10_000: 400.0}
PLAIN_PDF_ROWS_MAX = 10_000  # more rows in one compilation would need gigabytes
SAMPLE_SECONDS = 0.01
YEAR = DayRange(date(2026, 1, 1), date(2026, 12, 31))
Write = Callable[[Path, GroupedSheet], None]


def figures() -> Iterator[Figure]:
    for row_count in SIZES:
        sheet = in_memory(long_sheet(row_count // ROWS_PER_GROUP, ROWS_PER_GROUP))
        with TemporaryDirectory(prefix="gnomon-bench-") as folder:
            yield from _times(Path(folder), row_count, sheet)
        for kind in WRITERS:
            peak = peak_megabytes(kind, row_count)
            most = PDF_MEGABYTES_MAX.get(row_count) if kind == "pdf" else None
            yield _figure(row_count, f"{kind}, peak MB above the idle process", peak, most)


def in_memory(sheet: GroupedSheet) -> GroupedSheet:
    """With rows that are there already, as those of the plain writers are."""

    def kept(part: Sheet) -> Sheet:
        return replace(part, read=part.read(0, part.row_count).slice)

    return replace(sheet, rows=kept(sheet.rows), groups=kept(sheet.groups))


def _times(folder: Path, row_count: int, sheet: GroupedSheet) -> Iterator[Figure]:
    texts, values = _ready_rows(sheet)
    actions: dict[str, Callable[[], object]] = {
        kind: lambda write=write: write(folder / "own", sheet) for kind, write in WRITERS.items()
    }
    ready = folder / "rows.json"
    ready.write_text(json.dumps(texts))
    actions["plain csv"] = lambda: plain_csv(folder / "plain.csv", texts)
    actions["plain xlsx"] = lambda: plain_xlsx(folder / "plain.xlsx", values)
    if row_count <= PLAIN_PDF_ROWS_MAX:
        actions["plain pdf"] = lambda: plain_pdf(folder / "plain.pdf", ready)
        if Path(CHROMIUM).exists():
            actions["Chromium"] = lambda: chromium_pdf(folder / "browser.pdf", texts)
    took = interleaved({1_000: 7, 10_000: 3}.get(row_count, 1), actions)
    for name, milliseconds in took.items():
        at_most = PDF_SECONDS_MAX.get(row_count) if name == "pdf" else None
        yield _figure(row_count, f"{name}, seconds", milliseconds / 1_000, at_most)
    for kind in WRITERS:
        yield _figure(row_count, f"{kind}, rows a second", row_count * 1_000 / took[kind])
        if f"plain {kind}" in took:
            ratio = took[kind] / took[f"plain {kind}"]
            yield _figure(row_count, f"{kind} / plain {kind}", ratio, OVERHEAD_MAX)
    if "Chromium" in took:
        yield _figure(row_count, "pdf / Chromium", took["pdf"] / took["Chromium"])


def _figure(row_count: int, name: str, value: float, at_most: float | None = None) -> Figure:
    return Figure(question=QUESTION, entry_count=row_count, name=name, value=value, at_most=at_most)


def _ready_rows(
    sheet: GroupedSheet,
) -> tuple[list[tuple[str, ...]], list[tuple[str, str, str, float, float]]]:
    """As texts and as a spreadsheet's numbers, in memory already."""
    rows = sheet.rows.read(0, sheet.rows.row_count)
    texts = cell_texts(rows, list(sheet.rows.columns), Formats()).rows()
    values = [(*row[:3], row[3] / 86_400, row[4] / 100) for row in rows.iter_rows()]
    return texts, values


def own_csv(path: Path, sheet: GroupedSheet) -> None:
    with path.open("wb") as file:
        file.writelines(csv_bytes(sheet.rows, Formats()))


def own_xlsx(path: Path, sheet: GroupedSheet) -> None:
    write_xlsx(path, "Summary report", sheet, Formats())


def own_pdf(path: Path, sheet: GroupedSheet) -> None:
    starts = bucket_starts(YEAR, Resolution.MONTH)
    series = Series(
        starts=starts,
        billable_seconds=[36_000] * len(starts),
        other_seconds=[3_600] * len(starts),
        tracked_day_count=200,
    )
    document = Document(
        title="Summary report",
        workspace_name="Bench",
        days=YEAR,
        filters=[],
        series=series,
        resolution=Resolution.MONTH,
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    write_pdf(path, document, sheet, Formats())


WRITERS: dict[str, Write] = {"csv": own_csv, "xlsx": own_xlsx, "pdf": own_pdf}


def peak_megabytes(kind: str, row_count: int) -> float:
    """The most that a process and its children took together while they wrote, above what it took before."""
    command = [sys.executable, "-m", "benchmarks.files", kind, str(row_count)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()  # it stands ready
        before = peak = tree_megabytes(process.pid)
        process.stdin.write("go\n")
        process.stdin.flush()
        while process.poll() is None:
            peak = max(peak, tree_megabytes(process.pid))
            time.sleep(SAMPLE_SECONDS)
    return peak - before


def tree_megabytes(pid: int) -> float:
    """Resident memory of a process and all below it."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:  # it has just ended
        return 0.0
    own = pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576
    return own + sum(tree_megabytes(child) for child in children)


def main(kind: str, row_count: str) -> None:
    """The process that is watched."""
    sheet = long_sheet(int(row_count) // ROWS_PER_GROUP, ROWS_PER_GROUP)
    print("ready", flush=True)
    sys.stdin.readline()
    with TemporaryDirectory(prefix="gnomon-bench-") as folder:
        WRITERS[kind](Path(folder) / "own", sheet)
    time.sleep(2 * SAMPLE_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
