"""A printed report: compiled from a template in pieces that are joined (D8.7, D8.10)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from gnomon.export.fonts import FAMILIES
from gnomon.export.formats import TOTAL, total_texts
from gnomon.export.pdf_compile import compiled
from gnomon.export.pdf_front import front_page, logo_name
from gnomon.export.pdf_join import join_pieces
from gnomon.export.pdf_layout import Layout, layout_of
from gnomon.export.pdf_rows import label_places, name_title, number_titles, pieces
from gnomon.export.pdf_texts import short_text
from gnomon.query.presentation import Formats
from gnomon.sheets.document import Document
from gnomon.sheets.sheet import CellKind, GroupedSheet

LANGUAGE = "en"
TABLES_OF_FIRST = 2
FEET_PER_PIECE = 4_000
TAGGED_ROWS_MAX = 20_000  # the tags of more rows would take more memory than the pages


def write_pdf(
    path: Path,
    document: Document,
    sheet: GroupedSheet,
    formats: Formats,
    nobody_waits: Event | None = None,
) -> None:
    """The report at that path; raises `FileFailed` when the compiler does, or soon after `nobody_waits` is set."""
    layout = layout_of(sheet, formats)
    has_tags = sheet.rows.row_count <= TAGGED_ROWS_MAX
    with TemporaryDirectory(prefix="gnomon-pdf-") as folder:
        work = Path(folder)
        if document.logo is not None:
            (work / str(logo_name(document))).write_bytes(document.logo)
        data = piece_data(document, sheet, formats, layout)
        made = compiled(work, "report.typ", data, has_tags=has_tags, nobody_waits=nobody_waits)
        if len(made) == 1:
            shutil.move(made[0], path)
            return

        def footers(page_count: int) -> list[Path]:
            feet = [
                {
                    **_common(document, layout),
                    "pages": page_count,
                    "before": before,
                    "count": min(FEET_PER_PIECE, page_count - before),
                }
                for before in range(0, page_count, FEET_PER_PIECE)
            ]
            return compiled(work, "footers.typ", feet, has_tags=False)

        join_pieces(made, footers, path)


def piece_data(
    document: Document, sheet: GroupedSheet, formats: Formats, layout: Layout
) -> Iterator[dict[str, Any]]:
    """The first piece has the front page, the last one the totals; only a piece that is all numbers its pages."""
    common = {
        **_common(document, layout),
        "names": name_title(sheet),
        "numbers": number_titles(sheet),
        "labels": label_places(sheet),
        "widths": layout.widths,
        "scale": layout.scale,
    }
    front: Any = front_page(document, sheet, formats)
    held: list[Any] | None = None
    number = 0
    for rows in pieces(sheet, formats):
        if held is not None:
            yield {**common, **_place(number), "front": front, "rows": held, "totals": None}
            front, number = None, number + 1
        held = rows
    totals = _totals(sheet, formats) if held else None
    last = {**_place(number), "numbered": number == 0}
    yield {**common, **last, "front": front, "rows": held, "totals": totals}


def _place(number: int) -> dict[str, Any]:
    """The first piece has two tables at most; each of the others has one."""
    return {"numbered": False, "tables-before": number + TABLES_OF_FIRST - 1 if number else 0}


def _common(document: Document, layout: Layout) -> dict[str, Any]:
    zone = document.made_at.tzname()
    generated = f"generated {document.made_at:%Y-%m-%d %H:%M} ({zone})"
    return {
        "title": document.title,
        "language": LANGUAGE,
        "fonts": FAMILIES,
        "generated": f"{short_text(document.workspace_name)} \N{MIDDLE DOT} {generated}",
        "landscape": layout.is_landscape,
    }


def _totals(sheet: GroupedSheet, formats: Formats) -> list[str]:
    texts = zip(sheet.rows.columns, total_texts(sheet.rows, formats), strict=True)
    return [TOTAL, *(text for column, text in texts if column.kind is not CellKind.TEXT)]
