"""What a page shows when it cannot be shown."""

import structlog
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import (
    FeatureOff,
    GnomonError,
    OwnerGone,
    ProjectHidden,
    ShareTokenRefused,
    ShareTokenSpent,
    WorkspaceHidden,
)
from gnomon.tracking.refusals import Absent
from gnomon.web.pages.places import page_before
from gnomon.web.pages.rendering import html_response, render
from gnomon.wire.statuses import status_of
from gnomon.wire.track_v9.errors import TooManyFailures

NOT_FOUND = 404
HIDDEN = (
    Absent,
    WorkspaceHidden,
    ProjectHidden,
    ShareTokenRefused,
    ShareTokenSpent,
    OwnerGone,
)
TITLES = {
    NOT_FOUND: "Nothing here",
    402: "Not in this plan",
    403: "Not allowed",
    413: "Too large",
    429: "Too many attempts",
    500: "Something broke",
}
NOTHING = "This page does not exist, or it is not yours to see."
LOG = structlog.get_logger("gnomon.web")


def refused_page(request: Request, error: GnomonError) -> Response:
    """Whatever is not there and whatever is not the visitor's look the same."""
    if isinstance(error, HIDDEN):
        return error_page(request, NOT_FOUND, NOTHING)
    text = (
        "The workspace's plan does not have this." if isinstance(error, FeatureOff) else str(error)
    )
    headers = (
        {"Retry-After": str(error.retry_after_seconds)}
        if isinstance(error, TooManyFailures)
        else {}
    )
    return error_page(request, status_of(error), text, headers, page_before(request))


def error_page(
    request: Request,
    status: int,
    text: str,
    headers: dict[str, str] | None = None,
    back: str = "",
) -> Response:
    """`back`: the page whose form was refused."""
    title = TITLES.get(status, "That did not work")
    html = render("error.html", title=title, text=text, back=back)
    return html_response(request, html, status, headers)


def wants_page(request: Request) -> bool:
    """A person with a browser, outside of the APIs."""
    is_api = request.url.path.startswith(("/api/", "/reports/api/"))
    return not is_api and "text/html" in request.headers.get("accept", "")
