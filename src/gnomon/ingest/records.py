"""Records of a CSV file, one bad one never taking its neighbours along (D11.2).

A quote that is opened and never closed makes the rest of a file one field. Such a record is given back: its first
line is bad, and reading goes on with the line behind it.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Record:
    """`problem` is empty where the cells can be believed; `line` is the first line of the record, from 1."""

    line: int
    cells: list[str]
    problem: str = ""


class _Lines:
    """Lines that can be given back."""

    def __init__(self, file: TextIO, read: int) -> None:
        self._file = file
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = read + 1
        self.is_at_end = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._file.readline()
        if not line:
            self.is_at_end = True
            raise StopIteration
        self.taken.append(line)
        return line

    def begin(self) -> None:
        self.number += len(self.taken)
        self.taken = []
        self.is_at_end = False

    def keep_first(self) -> None:
        """Give all lines of this record but its first back."""
        self._waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def read_records(
    file: TextIO, delimiter: str, cell_count: int, text_cells: frozenset[int], lines_read: int
) -> Iterator[Record]:
    """Records behind the header; only cells in `text_cells` may hold line breaks."""
    lines = _Lines(file, lines_read)
    while True:
        lines.begin()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter))
            problem = _problem(cells, lines, cell_count, text_cells, delimiter)
        except StopIteration:
            return
        except csv.Error as error:
            cells, problem = [], f"{error}."
        if problem:
            lines.keep_first()
        if (cells and any(cells)) or problem:
            yield Record(lines.number, cells, problem)


def _problem(
    cells: list[str], lines: _Lines, cell_count: int, text_cells: frozenset[int], delimiter: str
) -> str:
    if lines.is_at_end and not _is_closed(lines.taken, delimiter):
        return "A quote is opened and not closed."
    if len(lines.taken) == 1:
        return ""
    broken = [place for place, cell in enumerate(cells) if "\n" in cell or "\r" in cell]
    if len(cells) != cell_count or not set(broken) <= text_cells:
        return "A quote is opened in this line and not closed."
    return ""


def _is_closed(lines: list[str], delimiter: str) -> bool:
    """Whether the lines are whole records for a strict reader, who minds quotes that stay open."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" not in str(error)
    return True
