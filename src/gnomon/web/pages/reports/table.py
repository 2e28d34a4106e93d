"""The two-level table of a page: what of a sheet is seen, as texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import polars as pl

from gnomon.charts.donut import percent_text
from gnomon.export.formats import cell_texts, total_texts
from gnomon.query.presentation import Formats
from gnomon.sheets.names import NO_NAMES
from gnomon.sheets.sheet import CellKind, Column, GroupedSheet, Sheet
from gnomon.web.pages.reports.address import ALL

GROUPS_PER_PAGE = 100
ROWS_PER_GROUP = 200
ROWS_PER_PAGE = 1_500
ROWS_SHORT = 60
KINDS = {CellKind.DURATION: "duration", CellKind.MONEY: "amount"}
RATE = "Rate ("  # what titles of rates begin with


@dataclass(frozen=True, slots=True)
class Cell:
    """`kind`: duration, amount or rate."""

    text: str
    kind: str
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of either level: `notes` stand behind the name, `rows` below it; `more` are not shown."""

    name: str
    notes: Sequence[str]
    cells: Sequence[Cell]
    share: str
    key: str = ""
    color: str | None = None
    is_open: bool = False
    rows: Sequence["Line"] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`totals`: of everything, not of the page."""

    name: str
    heads: Sequence[Column]
    lines: Sequence[Line]
    totals: Sequence[Cell]
    count: int
    page: int
    page_count: int


@dataclass(frozen=True)
class GroupedTable:
    """Makes one page of a sheet. `opened`: keys of groups, or `all`; a sheet without keys is always open."""

    sheet: GroupedSheet
    formats: Formats
    opened: frozenset[str]
    wanted_page: int = 1

    def table(self) -> Table:
        groups = self.sheet.groups
        return Table(
            name=groups.columns[0].title,
            heads=self.heads,
            lines=list(self._lines()),
            totals=self._under_heads(groups, total_texts(groups, self.formats)),
            count=groups.row_count,
            page=self.page,
            page_count=self.page_count,
        )

    @cached_property
    def heads(self) -> list[Column]:
        """Rates are told for rows only; a group has an empty cell there."""
        return number_columns(self.sheet.rows)

    def _under_heads(self, sheet: Sheet, row: Sequence[str]) -> list[Cell]:
        told = dict(
            zip(
                (column.title for column in number_columns(sheet)),
                number_cells(sheet, row),
                strict=True,
            )
        )
        return [told.get(one.title, Cell("", KINDS[one.kind], one.currency)) for one in self.heads]

    @property
    def page_count(self) -> int:
        return max(1, -(-self.sheet.groups.row_count // GROUPS_PER_PAGE))

    @property
    def page(self) -> int:
        return min(self.wanted_page, self.page_count)

    def _lines(self) -> Iterator[Line]:
        sheet, first = self.sheet, (self.page - 1) * GROUPS_PER_PAGE
        shown = sheet.groups.read(first, GROUPS_PER_PAGE)
        names = range(sheet.group_column_count)
        left = ROWS_PER_PAGE
        for place, (told, notes, cells, share) in enumerate(
            self._told(sheet.groups, shown, names), start=first
        ):
            key = sheet.keys[place] if sheet.keys else str(place)
            is_open = bool(sheet.blocks) and self._is_open(key)
            rows = list(self._rows(place, left)) if is_open else []
            left -= len(rows) if ALL in self.opened or not sheet.keys else 0
            yield Line(
                name=told,
                notes=notes,
                cells=cells,
                share=share,
                key=key,
                color=sheet.colors[place] if sheet.colors and sheet.keys else None,
                is_open=is_open,
                rows=rows,
                more=sheet.blocks[place].row_count - len(rows) if is_open else 0,
            )

    def _is_open(self, key: str) -> bool:
        return not self.sheet.keys or key in self.opened or ALL in self.opened

    def _rows(self, place: int, left: int) -> Iterator[Line]:
        rows = self.sheet.rows
        most = left if ALL in self.opened or not self.sheet.keys else min(left, ROWS_PER_GROUP)
        count = min(self.sheet.blocks[place].row_count, max(most, 0))
        shown = rows.read(self._starts[place], count)
        for told, notes, cells, share in self._told(rows, shown, self.sheet.detail_columns):
            yield Line(name=told, notes=notes, cells=cells, share=share)

    @cached_property
    def _starts(self) -> list[int]:
        """The row at which each block begins."""
        return list(accumulate((one.row_count for one in self.sheet.blocks), initial=0))

    def _told(
        self, sheet: Sheet, shown: pl.DataFrame, names: Sequence[int]
    ) -> Iterator[tuple[str, list[str], list[Cell], str]]:
        texts = cell_texts(shown, list(sheet.columns), self.formats)
        seconds, whole = _seconds(sheet, shown), _whole(sheet)
        for row, mine in zip(texts.iter_rows(), seconds, strict=True):
            titled = [(sheet.columns[number].title, row[number]) for number in names]
            name = titled[0][1] or NO_NAMES.get(titled[0][0], "") if titled else ""
            notes = [text for _, text in titled[1:] if text]
            share = percent_text(mine, whole) if whole else ""
            yield name, notes, self._under_heads(sheet, row), share


def is_short(sheet: GroupedSheet) -> bool:
    """So few rows that a reader would rather see them all at once."""
    return sheet.rows.row_count <= ROWS_SHORT


def number_columns(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.columns if column.kind in KINDS]


def kind_of(column: Column) -> str:
    return "rate" if column.title.startswith(RATE) else KINDS[column.kind]


def number_cells(sheet: Sheet, row: Sequence[str]) -> list[Cell]:
    """The durations and amounts of a row of texts."""
    return [
        Cell(text or "", kind_of(column), column.currency)
        for column, text in zip(sheet.columns, row, strict=True)
        if column.kind in KINDS
    ]


def _duration_column(sheet: Sheet) -> int | None:
    """Of sheets with one duration; a week has many."""
    found = [n for n, column in enumerate(sheet.columns) if column.kind is CellKind.DURATION]
    return found[0] if len(found) == 1 else None


def _seconds(sheet: Sheet, shown: pl.DataFrame) -> list[int]:
    number = _duration_column(sheet)
    return [0] * shown.height if number is None else shown[str(number)].to_list()


def _whole(sheet: Sheet) -> int:
    number = _duration_column(sheet)
    return 0 if number is None else sheet.totals[number] or 0
