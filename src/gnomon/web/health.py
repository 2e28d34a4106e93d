"""For those who look after the server: is it ready, and how does it do?"""

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from gnomon.store.database import Database
from gnomon.store.workspaces import all_workspace_ids
from gnomon.web.observe import FIGURES
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services


async def healthz(request: Request) -> Response:
    """Asks the record, so that a server that has lost it does not call itself well (D11.3)."""
    services: Services = request.app.state.services
    await to_thread.run_sync(_read_something, services.database)
    return json_bytes(b'{"status":"ok"}')


def _read_something(database: Database) -> None:
    with database.read() as connection:
        all_workspace_ids(connection)


async def metrics(request: Request) -> Response:
    services: Services = request.app.state.services
    FIGURES.tables.set(services.tables.table_count())
    FIGURES.table_bytes.set(services.tables.byte_count())
    return Response(generate_latest(FIGURES.registry), media_type=CONTENT_TYPE_LATEST)
