"""Editions as files: the one place where a sheet meets its writer."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from gnomon.editions.edition import Edition
from gnomon.export.csv_file import csv_bytes
from gnomon.export.pdf_file import write_pdf
from gnomon.export.xlsx_file import write_xlsx
from gnomon.wire.reports_v3.files import FileKind


def csv_pieces(edition: Edition, *, is_guarded: bool = False) -> Iterator[bytes]:
    """A CSV can be sent while it is made; one that a browser saves is guarded against formulas (D8.6)."""
    return csv_bytes(edition.sheet.rows, edition.formats, is_guarded=is_guarded)


def write_edition(
    path: Path, edition: Edition, kind: FileKind, nobody_waits: Event | None = None
) -> None:
    """The file at that path; raises `FileFailed` when it cannot be made, or soon after `nobody_waits` is set."""
    if kind is FileKind.CSV:
        with path.open("wb") as file:
            file.writelines(csv_pieces(edition))
        return
    document, sheet, formats = edition.document, edition.sheet, edition.formats
    assert document is not None
    if kind is FileKind.XLSX:
        write_xlsx(path, document.title, sheet, formats, nobody_waits)
    else:
        write_pdf(path, document, sheet, formats, nobody_waits)
