"""A printed report: compiled from a template in pieces that are joined (D8.7, D8.10)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gnomon.export.fonts import FAMILIES
from gnomon.export.formats import TOTAL, total_texts
from gnomon.export.pdf_compile import compiled
from gnomon.export.pdf_front import front_page
from gnomon.export.pdf_join import join_pieces
from gnomon.export.pdf_rows import name_title, number_titles, number_widths, pieces
from gnomon.query.presentation import Formats
from gnomon.sheets.document import Document
from gnomon.sheets.sheet import CellKind, GroupedSheet

LANGUAGE = "en"
TAGGED_ROWS_MAX = 20_000  # the tags of more rows would take more memory than the pages


def write_pdf(path: Path, document: Document, sheet: GroupedSheet, formats: Formats) -> None:
    """The report at that path; raises `FileFailed` when the compiler does."""
    has_tags = sheet.rows.row_count <= TAGGED_ROWS_MAX
    with TemporaryDirectory(prefix="gnomon-pdf-") as folder:
        work = Path(folder)
        data = piece_data(document, sheet, formats)
        made = compiled(work, "report.typ", data, has_tags=has_tags)
        if len(made) == 1:
            shutil.move(made[0], path)
            return

        def footers(page_count: int) -> Path:
            foot = {**_common(document), "pages": page_count}
            return compiled(work, "footers.typ", [foot], has_tags=False)[0]

        join_pieces(made, footers, path)


def piece_data(
    document: Document, sheet: GroupedSheet, formats: Formats
) -> Iterator[dict[str, Any]]:
    """The first piece has the front page, the last one the totals; only a piece that is all numbers its pages."""
    common = {
        **_common(document),
        "names": name_title(sheet),
        "numbers": number_titles(sheet),
        "widths": number_widths(sheet, formats),
    }
    front: Any = front_page(document, sheet, formats)
    held: list[Any] | None = None
    is_only = True
    for rows in pieces(sheet, formats):
        if held is not None:
            is_only = False
            yield {**common, "front": front, "rows": held, "totals": None, "numbered": False}
            front = None
        held = rows
    totals = _totals(sheet, formats) if held else None
    yield {**common, "front": front, "rows": held, "totals": totals, "numbered": is_only}


def _common(document: Document) -> dict[str, Any]:
    zone = document.made_at.tzname()
    generated = f"generated {document.made_at:%Y-%m-%d %H:%M} ({zone})"
    return {
        "title": document.title,
        "language": LANGUAGE,
        "fonts": FAMILIES,
        "generated": f"{document.workspace_name} \N{MIDDLE DOT} {generated}",
    }


def _totals(sheet: GroupedSheet, formats: Formats) -> list[str]:
    texts = zip(sheet.rows.columns, total_texts(sheet.rows, formats), strict=True)
    return [TOTAL, *(text for column, text in texts if column.kind is not CellKind.TEXT)]
