"""How long does it take to build the columns, and how much memory do they take?"""

from collections.abc import Iterator

from benchmarks.figures import Figure, interleaved
from benchmarks.records import Bench, opened
from benchmarks.world import WORKSPACE_ID
from gnomon.columns.build import build_table

QUESTION = "building the columns"
SECONDS_MAX = {1_000_000: 2.0}
BYTES_MAX = {1_000_000: 250.0}
ROUNDS = 5


def figures(bench: Bench) -> Iterator[Figure]:
    with opened(bench.record) as database:
        took = interleaved(ROUNDS, {"build": lambda: build_table(database, WORKSPACE_ID)})
    yield Figure(
        question=QUESTION,
        entry_count=bench.entry_count,
        name="seconds",
        value=took["build"] / 1_000,
        at_most=SECONDS_MAX.get(bench.entry_count),
    )
    yield Figure(
        question=QUESTION,
        entry_count=bench.entry_count,
        name="bytes per entry",
        value=bench.table.byte_count() / bench.table.entry_count,
        at_most=BYTES_MAX.get(bench.entry_count),
    )
