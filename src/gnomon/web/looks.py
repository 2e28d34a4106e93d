"""Answers to looks at the record, kept while nothing at all is written: the same question has the same bytes (rule 10)."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from starlette.responses import Response

BYTES_MAX = 16 * 1024 * 1024
ANSWER_BYTES_MAX = 64 * 1024
SECONDS_PER_SLOT = 900  # days of all zones begin at full quarters of an hour


class Looks:
    """By who asks for what; never where others write to the record, too (PostgreSQL)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[int, Response]] = OrderedDict()
        self._bytes = 0
        self._guard = Lock()

    def recall(self, question: Hashable, stamp: int | None) -> Response | None:
        """`stamp`: of the record as it is now."""
        kept = self._kept.get(question)
        return kept[1] if kept is not None and kept[0] == stamp else None

    def keep(self, question: Hashable, stamp: int | None, answer: Response) -> None:
        """`stamp`: of the record before the answer was made, so that a write in between makes it worthless."""
        size = len(answer.body)
        if stamp is None or size > ANSWER_BYTES_MAX:
            return
        with self._guard:
            old = self._kept.pop(question, None)
            if old is not None:
                self._bytes -= len(old[1].body)
            self._kept[question] = (stamp, answer)
            self._bytes += size
            while self._bytes > BYTES_MAX:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= len(dropped.body)
