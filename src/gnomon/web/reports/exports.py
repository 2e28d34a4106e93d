"""Reports as CSV, XLSX and PDF: `.../time_entries.csv` and its like, for each type of report."""

from collections.abc import AsyncIterator, Awaitable, Callable
from threading import Event
from typing import BinaryIO

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.edition import Edition, ReadLogo
from gnomon.editions.files import csv_pieces, write_edition
from gnomon.editions.ground import Ground
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


async def sent_edition(
    request: Request, edition: Edition, kind: FileKind, *, is_guarded: bool = False
) -> Response:
    """CSV is sent while it is made; the others are written whole first: they have no beginning before they have an
    end.
    """
    if kind is FileKind.CSV:
        return _response(edition, kind, pieces_of(csv_pieces(edition, is_guarded=is_guarded)))

    def write(gone: Event) -> BinaryIO:
        return written_file(lambda path: write_edition(path, edition, kind, gone))

    limiter = COMPILING if kind is FileKind.PDF else WRITING
    file = await while_connected(request, write, limiter)
    return _response(edition, kind, pieces_of_file(file))


def _response(edition: Edition, kind: FileKind, pieces: AsyncIterator[bytes]) -> Response:
    name = file_name(edition.report_type, edition.days, kind)
    return file_response(pieces, kind, name, edition.headers)
