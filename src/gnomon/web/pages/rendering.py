"""Templates become HTML here, with the headers that every page is sent with (R3, T11)."""

import gzip
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from gnomon.charts.donut import percent_text
from gnomon.web.pages.assets import asset_url
from gnomon.web.pages.words import count_of, initials, known_color, short_clock, zone_names

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "Vary": "Accept-Encoding, Cookie",
}
HTML = "text/html; charset=utf-8"
PACKED_FROM = 1_000
PACKING = 5

TEMPLATES = Environment(
    loader=PackageLoader("gnomon.web.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(
    asset_url=asset_url,
    count_of=count_of,
    initials=initials,
    known_color=known_color,
    percent=percent_text,
    short_clock=short_clock,
    zone_names=zone_names,
)


def render(template: str, **context: Any) -> str:
    return TEMPLATES.get_template(template).render(context)


def html_response(
    request: Request, html: str, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    body = html.encode()
    told = {**HEADERS, **(headers or {})}
    if len(body) > PACKED_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, PACKING, mtime=0)
        told["Content-Encoding"] = "gzip"
    return Response(body, status, headers=told, media_type=HTML)
