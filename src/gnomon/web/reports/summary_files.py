"""`summary/time_entries.csv`, `.xlsx` and `.pdf`."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.export.csv_file import csv_bytes
from gnomon.export.pdf_file import write_pdf
from gnomon.export.xlsx_file import write_xlsx
from gnomon.query.presentation import Presentation
from gnomon.query.queries import SummaryQuery
from gnomon.query.resolution import resolution_for
from gnomon.reports.summary import summary_report
from gnomon.sheets.document import Document, summary_document
from gnomon.sheets.sheet import GroupedSheet
from gnomon.sheets.summary import summary_sheet
from gnomon.web.reports.answering import REPORTING, Ground, ground_for
from gnomon.web.reports.asking import asking
from gnomon.web.reports.files import (
    file_response,
    pieces_of,
    pieces_of_file,
    while_connected,
    written_file,
)
from gnomon.web.reports.headers import summary_headers
from gnomon.web.services import Services
from gnomon.wire.reports_v3.files import FileKind, file_name, presentation
from gnomon.wire.reports_v3.plans import check_file_plan, check_summary_plan
from gnomon.wire.reports_v3.to_query import summary_query

WRITING = CapacityLimiter(4)
COMPILING = CapacityLimiter(2)  # each takes a process and some 200 MB


async def export_csv(request: Request) -> Response:
    """`POST .../summary/time_entries.csv` (vendor page "Export summary report"; D8.4)."""
    made = await _made(request, FileKind.CSV)
    lines = csv_bytes(made.sheet.rows, made.presentation.formats)
    return _response(made, FileKind.CSV, pieces_of(lines))


async def export_xlsx(request: Request) -> Response:
    """`POST .../summary/time_entries.xlsx` (D8.5)."""

    def write(path: Path, made: Made, gone: Event) -> None:
        title, formats = made.document.title, made.presentation.formats
        write_xlsx(path, title, made.sheet, formats, gone)

    return await _sent_file(request, FileKind.XLSX, write, WRITING)


async def export_pdf(request: Request) -> Response:
    """`POST .../summary/time_entries.pdf` (D8.7)."""

    def write(path: Path, made: Made, gone: Event) -> None:
        write_pdf(path, made.document, made.sheet, made.presentation.formats, gone)

    return await _sent_file(request, FileKind.PDF, write, COMPILING)


@dataclass(frozen=True, slots=True)
class Made:
    query: SummaryQuery
    presentation: Presentation
    sheet: GroupedSheet
    document: Document


async def _made(request: Request, kind: FileKind) -> Made:
    services: Services = request.app.state.services
    asked = await asking(request, services)
    return await to_thread.run_sync(
        lambda: make_summary(ground_for(asked, services), kind, services.read_logo),
        limiter=REPORTING,
    )


def make_summary(
    ground: Ground, kind: FileKind, read_logo: Callable[[int], bytes | None] = lambda _: None
) -> Made:
    """The sheet and what stands around it; the logo is read for what is printed only."""
    asked = summary_query(ground.body, ground.asker)
    shown = presentation(ground.body, kind)
    check_summary_plan(ground.body, asked, ground.asker.plan)
    check_file_plan(kind, ground.asker.plan)
    resolution = shown.resolution or resolution_for(asked.selection.days)
    query = replace(asked, includes_amounts=True, includes_entry_ids=False, resolution=resolution)
    report = summary_report(query, ground.table, ground.sight)
    logo = read_logo(ground.table.workspace_id) if kind is FileKind.PDF else None
    document = summary_document(report, ground.table, ground.sight, ground.asker.now, logo)
    return Made(query, shown, summary_sheet(report, shown), document)


async def _sent_file(
    request: Request,
    kind: FileKind,
    write: Callable[[Path, Made, Event], None],
    limiter: CapacityLimiter,
) -> Response:
    """Written as a whole, then sent: such a file has no beginning before it has an end."""
    made = await _made(request, kind)
    file = await while_connected(
        request, lambda gone: written_file(lambda path: write(path, made, gone)), limiter
    )
    return _response(made, kind, pieces_of_file(file))


def _response(made: Made, kind: FileKind, pieces: AsyncIterator[bytes]) -> Response:
    name = file_name("summary", made.query.selection.days, kind)
    return file_response(pieces, kind, name, summary_headers(made.query))
