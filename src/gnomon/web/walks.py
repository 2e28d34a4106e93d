"""Orders of detailed reports, kept for those who page through them.

Who asks for a first page gets the report as of now. Who goes on gets the following rows of that same report, so that
entries written in between neither push rows to the next page nor pull them to the one before; and a page deep in a
million rows need not put the rows in order again.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from gnomon.reports.results import DetailedReport

SECONDS_MAX = 600.0  # between two pages
BYTES_MAX = 64 * 1024 * 1024
WALKS_MAX = 256


class Walks:
    """Least recently used out first; a question says who asks and what, but not which page."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[DetailedReport, float]] = OrderedDict()
        self._guard = Lock()

    def find(self, question: Hashable) -> DetailedReport | None:
        with self._guard:
            report, until = self._kept.get(question, (None, 0.0))
            if report is None or until < self._clock():
                return None
            self._put(question, report)
            return report

    def keep(self, question: Hashable, report: DetailedReport) -> None:
        with self._guard:
            self._put(question, report)
            now = self._clock()
            for old in [key for key, (_, until) in self._kept.items() if until < now]:
                del self._kept[old]
            while len(self._kept) > 1 and self._is_too_much():
                self._kept.popitem(last=False)

    def _put(self, question: Hashable, report: DetailedReport) -> None:
        self._kept[question] = (report, self._clock() + SECONDS_MAX)
        self._kept.move_to_end(question)

    def _is_too_much(self) -> bool:
        sizes = (report.entries.nbytes for report, _ in self._kept.values())
        return len(self._kept) > WALKS_MAX or sum(sizes) > BYTES_MAX
