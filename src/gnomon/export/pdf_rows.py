"""The two-level table as rows for the page template, in pieces that a compiler can bear."""

from collections.abc import Iterator, Sequence

from gnomon.export.formats import cell_texts
from gnomon.export.pdf_texts import page_text
from gnomon.query.presentation import Formats
from gnomon.sheets.names import NO_NAMES
from gnomon.sheets.sheet import Block, CellKind, GroupedSheet, Sheet

Row = list[str | None]  # level, colour, name, note, then the numbers as texts
ROWS_PER_PIECE = 1_000
LETTERS_PER_PIECE = 60_000
HEADING_LENGTH_MAX = 240  # a longer one does not come again on every page
NO_BLOCK = Block(row_count=0, color=None)
HEADING, DETAIL, LONE, PLAIN = "heading", "detail", "lone", "plain"


def number_titles(sheet: GroupedSheet) -> list[str]:
    return [column.title for column in sheet.rows.columns if column.kind is not CellKind.TEXT]


def label_places(sheet: GroupedSheet) -> list[bool]:
    """Which of the columns beside the names are texts."""
    kinds = [column.kind for column in sheet.rows.columns]
    return [kind.is_text for kind in kinds if kind is not CellKind.TEXT]


def name_title(sheet: GroupedSheet) -> str:
    """`Project / Description`."""
    details = sheet.detail_columns[:1] if sheet.blocks else ()
    names = [sheet.rows.columns[place].title for place in details]
    return " / ".join([sheet.groups.columns[0].title, *names])


def pieces(sheet: GroupedSheet, formats: Formats) -> Iterator[list[Row]]:
    """All rows in order; a piece ends when it has many rows or much text, and the next one repeats the heading."""
    piece: list[Row] = []
    heading: Row | None = None
    letters = 0
    for row in _rows(sheet, formats):
        letters += len(str(row[2])) + len(str(row[3]))
        row_count_max = ROWS_PER_PIECE - (row[0] == HEADING)  # no heading without a row below it
        if len(piece) >= row_count_max or (piece and letters > LETTERS_PER_PIECE):
            yield piece
            piece = [heading] if heading and row[0] == DETAIL else []
            letters = len(str(row[2])) + len(str(row[3]))
        if row[0] != DETAIL:
            heading = row if row[0] == HEADING else None
        piece.append(row)
    yield piece


def _rows(sheet: GroupedSheet, formats: Formats) -> Iterator[Row]:
    """Each heading, followed by the rows of its block; an untracked group is a heading only."""
    details = _texts(sheet.rows, formats)
    name_count, group_count = _name_count(sheet.rows), sheet.group_column_count
    no_rates = [""] * (len(number_titles(sheet)) - (len(sheet.groups.columns) - group_count))
    nameless = _nameless(sheet)
    for number, heading in enumerate(_texts(sheet.groups, formats)):
        block = sheet.blocks[number] if sheet.blocks else NO_BLOCK
        names = heading[:group_count]
        has_details = block.row_count > 0 and not block.is_untracked
        comes_again = has_details and sum(map(len, names)) <= HEADING_LENGTH_MAX
        lone = LONE if sheet.blocks or sheet.detail_columns else PLAIN
        level = HEADING if comes_again else lone
        yield _row(level, block.color, names, nameless[0], [*no_rates, *(heading[group_count:])])
        for _ in range(block.row_count):
            cells = next(details)
            if has_details:
                own = [cells[place] for place in sheet.detail_columns]
                yield _row(DETAIL, None, own, nameless[1], cells[name_count:])


def _name_count(sheet: Sheet) -> int:
    """Names stand before numbers."""
    return sum(column.kind is CellKind.TEXT for column in sheet.columns)


def _texts(sheet: Sheet, formats: Formats) -> Iterator[tuple[str, ...]]:
    columns = list(sheet.columns)
    for rows in sheet.slices():
        yield from cell_texts(rows, columns, formats).fill_null("").iter_rows()


def _nameless(sheet: GroupedSheet) -> tuple[str, str]:
    """What stands for an empty name, on both levels."""
    details = [sheet.rows.columns[place].title for place in sheet.detail_columns]
    first = NO_NAMES.get(sheet.groups.columns[0].title, "")
    return first, NO_NAMES.get(details[0], "") if details else ""


def _row(
    level: str, color: str | None, names: Sequence[str], nameless: str, numbers: Sequence[str]
) -> Row:
    first, *others = names or ("",)
    note = " · ".join(name for name in others if name)
    if level != DETAIL:  # it comes again on every page and must not take many lines
        first, note = " ".join(first.split()), " ".join(note.split())
    return [level, color, page_text(first) or nameless, page_text(note), *numbers]
