"""Reports as CSV, XLSX and PDF: `.../time_entries.csv` and its like, for each type of report."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from threading import Event

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.edition import Edition, ReadLogo
from gnomon.editions.ground import Ground
from gnomon.export.csv_file import csv_bytes
from gnomon.export.pdf_file import write_pdf
from gnomon.export.xlsx_file import write_xlsx
from gnomon.web.reports.answering import REPORTING, ground_for
from gnomon.web.reports.asking import asking
from gnomon.web.reports.files import (
    file_response,
    pieces_of,
    pieces_of_file,
    while_connected,
    written_file,
)
from gnomon.web.services import Services
from gnomon.wire.reports_v3.files import FileKind, file_name

WRITING = CapacityLimiter(4)
COMPILING = CapacityLimiter(2)  # each takes a process and some 200 MB
MakeEdition = Callable[[Ground, FileKind, ReadLogo], Edition]


def exporter(make: MakeEdition, kind: FileKind) -> Callable[[Request], Awaitable[Response]]:
    """A handler that answers with that kind of file (vendor page "Export summary report"; D8.3)."""

    async def export(request: Request) -> Response:
        services: Services = request.app.state.services
        asked = await asking(request, services)
        edition = await to_thread.run_sync(
            lambda: make(ground_for(asked, services), kind, services.read_logo), limiter=REPORTING
        )
        return await sent_edition(request, edition, kind)

    return export


async def sent_edition(request: Request, edition: Edition, kind: FileKind) -> Response:
    """CSV is sent while it is made; the others are written whole first: they have no beginning before they have an
    end.
    """
    if kind is FileKind.CSV:
        lines = csv_bytes(edition.sheet.rows, edition.formats)
        return _response(edition, kind, pieces_of(lines))
    write, limiter = (_write_pdf, COMPILING) if kind is FileKind.PDF else (_write_xlsx, WRITING)
    file = await while_connected(
        request, lambda gone: written_file(lambda path: write(path, edition, gone)), limiter
    )
    return _response(edition, kind, pieces_of_file(file))


def _write_xlsx(path: Path, edition: Edition, gone: Event) -> None:
    assert edition.document is not None
    write_xlsx(path, edition.document.title, edition.sheet, edition.formats, gone)


def _write_pdf(path: Path, edition: Edition, gone: Event) -> None:
    assert edition.document is not None
    write_pdf(path, edition.document, edition.sheet, edition.formats, gone)


def _response(edition: Edition, kind: FileKind, pieces: AsyncIterator[bytes]) -> Response:
    name = file_name(edition.report_type, edition.days, kind)
    return file_response(pieces, kind, name, edition.headers)
