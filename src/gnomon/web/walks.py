"""Orders of detailed reports, kept for those who page through them.

Who asks for a first page gets the report as of now. Who goes on gets the following rows of that same report, so that
entries written in between neither push rows to the next page nor pull them to the one before; and a page deep in a
million rows need not put the rows in order again.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Lock

from gnomon.reports.results import DetailedReport

SECONDS_MAX = 600.0  # between two pages
LIFE_SECONDS_MAX = (
    3_600.0  # what was deleted is told no longer than this to somebody who never begins anew
)
BYTES_MAX = 64 * 1024 * 1024
WALKS_MAX = 256
TABLES_MAX = 8  # each may hold months that nobody else needs any more


@dataclass(frozen=True, slots=True)
class Walk:
    report: DetailedReport
    began_at: float
    used_at: float

    def is_over(self, now: float) -> bool:
        return now > self.used_at + SECONDS_MAX or now > self.began_at + LIFE_SECONDS_MAX


class Walks:
    """Least recently used out first; a question says who asks and what, but not which page."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, Walk] = OrderedDict()
        self._guard = Lock()

    def find(self, question: Hashable) -> DetailedReport | None:
        with self._guard:
            now = self._clock()
            self._drop_old(now)
            walk = self._kept.get(question)
            if walk is None:
                return None
            self._put(question, replace(walk, used_at=now))
            return walk.report

    def keep(self, question: Hashable, report: DetailedReport) -> None:
        with self._guard:
            now = self._clock()
            self._drop_old(now)
            self._put(question, Walk(report, now, now))
            while len(self._kept) > 1 and self._is_too_much():
                self._kept.popitem(last=False)

    def _put(self, question: Hashable, walk: Walk) -> None:
        self._kept[question] = walk
        self._kept.move_to_end(question)

    def _drop_old(self, now: float) -> None:
        for key in [key for key, walk in self._kept.items() if walk.is_over(now)]:
            del self._kept[key]

    def _is_too_much(self) -> bool:
        reports = [walk.report for walk in self._kept.values()]
        tables = {id(report.table) for report in reports}
        size = sum(report.byte_count for report in reports)
        return len(reports) > WALKS_MAX or len(tables) > TABLES_MAX or size > BYTES_MAX
