"""How long does the summary of a year take over HTTP, next to the same sums by hand and the same bytes encoded?"""

from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec

from benchmarks.figures import Figure, interleaved, rounds_for
from benchmarks.records import Bench, year
from benchmarks.reference import Columns, columns_of, decoded, numpy_lines, sub_group_count
from benchmarks.server import Connection
from benchmarks.world import IN_RANGE

QUESTION = "summary over HTTP"
RATIOS_MAX = {1_000_000: 2.5, 100_000: 5.0}
# No generated entry is as long as this. A bound that excludes nothing and is another one each time makes each question
# a new one for the cache of answers; the bound is checked entry by entry, here as in the reference.
SECONDS_NEVER_REACHED = 4 * 3_600
_bounds = count(SECONDS_NEVER_REACHED)


def year_question() -> dict[str, Any]:
    return {**IN_RANGE, "grouping": "projects", "sub_grouping": "time_entries"}


def new_question() -> dict[str, Any]:
    """The summary of the year, but no two of these are the same question."""
    return {**year_question(), "max_duration_seconds": next(_bounds)}


def figures(bench: Bench) -> Iterator[Figure]:
    columns = columns_of(bench.table)
    connection = Connection(bench.server)
    body = bytes(connection.ask(new_question()))
    answer = decoded(body)
    check_agreement(columns, answer.seconds, answer.sub_group_count)
    encoder = msgspec.json.Encoder()
    took = interleaved(
        rounds_for(bench.entry_count),
        {
            "uncached": lambda: connection.ask(new_question()),
            "numpy": lambda: numpy_lines(columns, year(), SECONDS_NEVER_REACHED),
            "encoding": lambda: encoder.encode(answer),
            "cached": lambda: connection.ask(year_question()),
        },
    )
    connection.close()
    by_hand = took["numpy"] + took["encoding"]

    def figure(name: str, value: float, at_most: float | None = None) -> Figure:
        size = bench.entry_count
        return Figure(question=QUESTION, entry_count=size, name=name, value=value, at_most=at_most)

    yield figure("answer, kilobytes", len(body) / 1_000)
    yield figure("sub groups", answer.sub_group_count)
    yield figure("uncached, ms", took["uncached"])
    yield figure("cached, ms", took["cached"])
    yield figure("reference: numpy sums, ms", took["numpy"])
    yield figure("reference: msgspec encoding, ms", took["encoding"])
    ratio_max = RATIOS_MAX.get(bench.entry_count)
    yield figure("uncached / reference", took["uncached"] / by_hand, ratio_max)


def check_agreement(columns: Columns, seconds: int, sub_groups: int) -> None:
    """A reference that answers another question would be no reference."""
    lines = numpy_lines(columns, year(), SECONDS_NEVER_REACHED)
    assert int(lines.seconds.sum()) == seconds
    assert sub_group_count(lines, columns) == sub_groups
