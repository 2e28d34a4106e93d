"""What does a write cost the next report?"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from benchmarks.figures import Figure, interleaved, rounds_for
from benchmarks.records import MEMORY_MEGABYTES, Bench, answer_in_process, opened, year_query
from benchmarks.world import WORKSPACE_ID
from gnomon.columns.keep import TableKeeper
from gnomon.store.changes import Touched, take_change
from gnomon.store.database import RECORD_FILE, Database
from gnomon.store.entries import read_entries, replace_entries

QUESTION = "the report after a write"
RATIO_MAX = 1.5
FIRST_ENTRY_ID = 3_000_000_001
IN_THE_YEAR = (0.61, 0.79)  # which part of the entries surely lies in the year that is asked for


def figures(bench: Bench) -> Iterator[Figure]:
    with TemporaryDirectory(prefix="gnomon-bench-") as folder:
        copy = Path(folder)  # the kept record stays as it was generated
        shutil.copy(bench.record / RECORD_FILE, copy / RECORD_FILE)
        with opened(copy) as database:
            took = times(database, bench.entry_count)
    for name, value in took.items():
        yield Figure(
            question=QUESTION, entry_count=bench.entry_count, name=f"{name}, ms", value=value
        )
    yield Figure(
        question=QUESTION,
        entry_count=bench.entry_count,
        name="after / without",
        value=took["report after a write"] / took["report without a write"],
        at_most=RATIO_MAX,
    )


def times(database: Database, entry_count: int) -> dict[str, float]:
    tables = TableKeeper(database, MEMORY_MEGABYTES)
    draw = random.Random(7)

    def write() -> None:
        part = draw.uniform(*IN_THE_YEAR)
        database.write(lambda connection: _lengthen(connection, int(part * entry_count)))

    def refresh() -> None:
        tables.fresh_table(WORKSPACE_ID)

    def report() -> None:
        answer_in_process(year_query(), tables.fresh_table(WORKSPACE_ID))

    took = interleaved(
        rounds_for(entry_count),
        {
            "report without a write": report,
            "the write": write,
            "report after a write": report,
            "another write": write,
            "refresh alone": refresh,
        },
    )
    del took["another write"]
    return took


def _lengthen(connection: Connection, row: int) -> None:
    """One stopped entry lasts a second longer."""
    (entry,) = read_entries(connection, WORKSPACE_ID, [FIRST_ENTRY_ID + row])
    assert entry.stopped_at is not None
    change_number = take_change(connection, WORKSPACE_ID, Touched.ENTRIES, entry.started_at)
    longer = replace(entry, stopped_at=entry.stopped_at + 1)
    replace_entries(connection, WORKSPACE_ID, [longer], change_number)
