"""Does a report of one week cost what a week costs, whatever lies around it?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from benchmarks.figures import Figure, interleaved, rounds_for
from benchmarks.records import Bench, answer_in_process, year_query
from gnomon.query.selection import Selection
from gnomon.units.dates import DayRange

QUESTION = "a week among years"
WEEK = Selection(days=DayRange(date(2024, 6, 3), date(2024, 6, 9)))
RATIO_MAX = {1_000_000: 0.1}


def figures(bench: Bench) -> Iterator[Figure]:
    year_asked = year_query()
    week_asked = replace(year_asked, selection=WEEK)
    took = interleaved(
        rounds_for(bench.entry_count),
        {
            "week": lambda: answer_in_process(week_asked, bench.table),
            "year": lambda: answer_in_process(year_asked, bench.table),
        },
    )
    for name, value in took.items():
        yield Figure(
            question=QUESTION, entry_count=bench.entry_count, name=f"{name}, ms", value=value
        )
    yield Figure(
        question=QUESTION,
        entry_count=bench.entry_count,
        name="week / year",
        value=took["week"] / took["year"],
        at_most=RATIO_MAX.get(bench.entry_count),
    )
