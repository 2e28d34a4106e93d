"""The ASGI application: the routes, the answers to errors and the observer around both."""

from functools import cache

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gnomon.errors import FileFailed, GnomonError
from gnomon.web.docs import openapi_bytes
from gnomon.web.observe import Observer
from gnomon.web.pages.refused import error_page, wants_page
from gnomon.web.respond import error_text, refusal
from gnomon.web.router import TableRouter
from gnomon.web.routes import ROUTES
from gnomon.web.services import Services

LOG = structlog.get_logger("gnomon.web")
REASON_LENGTH_MAX = 500
STATUS_TEXTS = {404: "Not found", 405: "Method not allowed"}


def make_application(services: Services) -> Starlette:
    application = Starlette(
        middleware=[Middleware(Observer)],
        exception_handlers={
            GnomonError: refusal,
            FileFailed: _file_failed,
            HTTPException: _http_error,
            Exception: _crash,
        },
    )
    application.router = _router()
    application.state.services = services
    application.state.openapi = cache(lambda: openapi_bytes(ROUTES))
    return application


@cache
def _router() -> TableRouter:
    """It knows nothing of the services: one for all applications of the process."""
    return TableRouter([Route(row.path, row.handler, methods=[row.method]) for row in ROUTES])


async def _http_error(request: Request, error: Exception) -> Response:
    """What the router itself refuses: no such path, or not with this method."""
    assert isinstance(error, HTTPException)
    text = STATUS_TEXTS.get(error.status_code, error.detail)
    if wants_page(request):
        return error_page(request, error.status_code, f"{text}.", dict(error.headers or {}))
    return error_text(error.status_code, text, dict(error.headers or {}))


async def _file_failed(request: Request, error: Exception) -> Response:
    """Why is for the operator; it may hold names."""
    assert isinstance(error, FileFailed)
    LOG.error("file failed", reason=error.reason[-REASON_LENGTH_MAX:])
    return refusal(request, error)


async def _crash(request: Request, error: Exception) -> Response:
    LOG.error("crash", exc_info=error)
    if wants_page(request):
        return error_page(request, 500, "That was our fault. Nothing was changed.")
    return error_text(500, "Internal Server Error")
