"""The two-level table as rows for the page template, in pieces that a compiler can bear."""

from collections.abc import Iterator

from gnomon.export.formats import cell_texts, total_texts
from gnomon.export.pdf_texts import page_text
from gnomon.query.presentation import Formats
from gnomon.sheets.names import NO_NAMES
from gnomon.sheets.sheet import CellKind, GroupedSheet, Sheet

Row = list[str | None]  # level, colour, name, note, then the numbers as texts
ROWS_PER_PIECE = 1_000
LETTERS_PER_PIECE = 60_000
POINTS_PER_DIGIT, POINTS_PER_TITLE_LETTER, CELL_MARGIN = 5.0, 4.6, 11
NUMBER_LENGTH_MIN = 8
HEADING, DETAIL, LONE = "heading", "detail", "lone"


def number_titles(sheet: GroupedSheet) -> list[str]:
    return [column.title for column in sheet.rows.columns if column.kind is not CellKind.TEXT]


def number_widths(sheet: GroupedSheet, formats: Formats) -> list[float]:
    """In points. Known widths spare the compiler to lay out every cell twice; no number is longer than its total, and
    no rate than ten letters.
    """
    told = zip(sheet.rows.columns, total_texts(sheet.rows, formats), strict=True)
    return [
        CELL_MARGIN
        + max(
            len(column.title) * POINTS_PER_TITLE_LETTER,
            max(len(total), NUMBER_LENGTH_MIN) * POINTS_PER_DIGIT,
        )
        for column, total in told
        if column.kind is not CellKind.TEXT
    ]


def name_title(sheet: GroupedSheet) -> str:
    """`Project / Description`."""
    own = sheet.rows.columns[sheet.group_column_count :]
    names = [column.title for column in own if column.kind is CellKind.TEXT][:1]
    return " / ".join([sheet.groups.columns[0].title, *names])


def pieces(sheet: GroupedSheet, formats: Formats) -> Iterator[list[Row]]:
    """All rows in order; a piece ends when it has many rows or much text, and the next one repeats the heading."""
    piece: list[Row] = []
    heading: Row | None = None
    letters = 0
    for row in _rows(sheet, formats):
        letters += len(str(row[2])) + len(str(row[3]))
        if len(piece) == ROWS_PER_PIECE or (piece and letters > LETTERS_PER_PIECE):
            yield piece
            piece, letters = [heading] if heading and row[0] == DETAIL else [], 0
        if row[0] != DETAIL:
            heading = row
        piece.append(row)
    yield piece


def _rows(sheet: GroupedSheet, formats: Formats) -> Iterator[Row]:
    """Each heading, followed by the rows of its block; an untracked group is a heading only."""
    details = _texts(sheet.rows, formats)
    headings = _texts(sheet.groups, formats)
    rate_count = len(number_titles(sheet)) - (len(sheet.groups.columns) - sheet.group_column_count)
    nameless = _nameless(sheet)
    for number, heading in enumerate(headings):
        block = sheet.blocks[number] if sheet.blocks else None
        names, numbers = _split(heading, sheet.groups)
        color = block.color if block else None
        has_details = block is not None and not block.is_untracked
        yield _row(
            HEADING if has_details else LONE,
            color,
            names,
            nameless[0],
            [*[""] * rate_count, *numbers],
        )
        for _ in range(block.row_count if block else 0):
            names, numbers = _split(next(details), sheet.rows)
            if has_details:
                own = names[sheet.group_column_count :]
                yield _row(DETAIL, None, own, nameless[1], numbers)


def _texts(sheet: Sheet, formats: Formats) -> Iterator[tuple[str, ...]]:
    columns = list(sheet.columns)
    for rows in sheet.slices():
        yield from cell_texts(rows, columns, formats).fill_null("").iter_rows()


def _split(cells: tuple[str, ...], sheet: Sheet) -> tuple[list[str], list[str]]:
    """Names and numbers."""
    kinds = [column.kind is CellKind.TEXT for column in sheet.columns]
    told = list(zip(cells, kinds, strict=True))
    return [cell for cell, is_text in told if is_text], [
        cell for cell, is_text in told if not is_text
    ]


def _nameless(sheet: GroupedSheet) -> tuple[str, str]:
    """What stands for an empty name, on both levels."""
    titles = [column.title for column in sheet.rows.columns]
    own = [*titles[sheet.group_column_count :], ""]
    return NO_NAMES.get(titles[0], ""), NO_NAMES.get(own[0], "")


def _row(level: str, color: str | None, names: list[str], nameless: str, numbers: list[str]) -> Row:
    first, *others = names or [""]
    note = " · ".join(name for name in others if name)
    return [level, color, page_text(first) or nameless, page_text(note), *numbers]
