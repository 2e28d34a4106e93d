"""How wide the columns of a printed table are, and how the page lies so that all of them are on it."""

from dataclasses import dataclass

from gnomon.export.formats import total_texts
from gnomon.query.presentation import Formats
from gnomon.sheets.sheet import CellKind, Column, GroupedSheet

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 510.0, 757.0  # points between the margins of A4
NAME_WIDTH_MIN = 150.0
DIGIT_WIDTH, TITLE_LETTER_WIDTH, CELL_MARGIN = 5.0, 4.6, 11.0
NUMBER_LENGTH_MIN = 8
CLOCK_OF_12_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """`widths` of the numbers' columns in points, letters at `scale` of their usual size."""

    widths: list[float]
    is_landscape: bool
    scale: float


def layout_of(sheet: GroupedSheet, formats: Formats) -> Layout:
    """Upright if the names keep room enough, else across; many currencies get smaller letters."""
    widths = number_widths(sheet, formats)
    is_landscape = sum(widths) > PORTRAIT_WIDTH - NAME_WIDTH_MIN
    room = (LANDSCAPE_WIDTH if is_landscape else PORTRAIT_WIDTH) - NAME_WIDTH_MIN
    scale = min(1.0, room / sum(widths))
    return Layout([width * scale for width in widths], is_landscape, scale)


def number_widths(sheet: GroupedSheet, formats: Formats) -> list[float]:
    """Known widths spare the compiler to lay out every cell twice.

    No duration or amount is longer than its total, and hardly a rate than eight letters.
    """
    told = zip(sheet.rows.columns, total_texts(sheet.rows, formats), strict=True)
    return [
        CELL_MARGIN
        + max(
            len(column.title) * TITLE_LETTER_WIDTH,
            max(len(total), _letters(column, formats), NUMBER_LENGTH_MIN) * DIGIT_WIDTH,
        )
        for column, total in told
        if column.kind is not CellKind.TEXT
    ]


def _letters(column: Column, formats: Formats) -> int:
    """`01:05:00 PM` does not fit where `13:05:00` does."""
    if column.kind is CellKind.CLOCK and formats.has_12_hours:
        return CLOCK_OF_12_LENGTH
    return column.letters
