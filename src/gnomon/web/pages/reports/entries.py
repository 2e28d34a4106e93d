"""The rows of a detailed report as a page shows them: fifty entries at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from gnomon.editions.ground import Ground
from gnomon.export.formats import cell_texts, total_texts
from gnomon.query.presentation import Formats
from gnomon.query.queries import DetailedQuery
from gnomon.reports.detailed import Earned, detailed_report, earned, rows_of
from gnomon.sheets.detailed import detailed_sheet
from gnomon.sheets.sheet import Column
from gnomon.web.pages.reports.table import Cell, number_cells, number_columns
from gnomon.wire.reports_v3.detailed import detailed_query

ROWS_PER_PAGE = 50
SHORT_CLOCK = 5  # of 13:05:00


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """`entry_id` None: a bundle of alike entries. `is_mine`: the visitor's own, which he may change."""

    entry_id: int | None
    is_mine: bool
    color: str | None
    texts: dict[str, str]
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    heads: Sequence[Column]
    lines: Sequence[EntryLine]
    totals: Sequence[Cell]
    count: int
    page: int
    page_count: int


def entry_table(ground: Ground, formats: Formats, page: int) -> tuple[DetailedQuery, EntryPage]:
    query = detailed_query(ground.body, ground.asker)
    report = detailed_report(query, ground.table, ground.sight)
    sums = earned(query, ground.table, ground.sight)
    if ground.body.flag("hide_amounts"):
        sums = Earned(sums.seconds, {})
    sheet = detailed_sheet(report, sums)
    page_count = max(1, -(-sheet.row_count // ROWS_PER_PAGE))
    page = min(page, page_count)
    first = (page - 1) * ROWS_PER_PAGE
    texts = cell_texts(sheet.read(first, ROWS_PER_PAGE), list(sheet.columns), formats)
    rows = rows_of(report, first, ROWS_PER_PAGE)
    users, projects = ground.table.dimensions.users, ground.table.dimensions.projects
    entry_ids = rows["entry_id"].to_list() if "entry_id" in rows.columns else [None] * rows.height
    user_ids = users["id"].gather(rows["user_code"]).to_list()
    colors = projects["color"].gather(rows["project_code"]).to_list()
    lines = [
        EntryLine(
            entry_id=entry_id,
            is_mine=user_id == ground.sight.user_id or ground.sight.sees_everything,
            color=color,
            texts={column.title: text for column, text in zip(sheet.columns, row, strict=True)},
            cells=number_cells(sheet, row),
        )
        for row, entry_id, user_id, color in zip(
            texts.iter_rows(), entry_ids, user_ids, colors, strict=True
        )
    ]
    return query, EntryPage(
        heads=number_columns(sheet),
        lines=lines,
        totals=number_cells(sheet, total_texts(sheet, formats)),
        count=sheet.row_count,
        page=page,
        page_count=page_count,
    )
