"""`/openapi.json`, and a page to read it on, whose parts come from an installed package."""

import mimetypes
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from gnomon.web.openapi import openapi_document
from gnomon.web.respond import SAFE_HEADERS, error_text, json_bytes
from gnomon.web.route_row import RouteRow

PACKAGE, FOLDER = "swagger_ui", "static"
ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
START = "start.js"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gnomon: the API</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<noscript>The same as a document: <a href="/openapi.json">openapi.json</a></noscript>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
"""
SCRIPT = (
    "SwaggerUIBundle({url: '/openapi.json', dom_id: '#api', deepLinking: true,"
    " docExpansion: 'none', validatorUrl: null});\n"
)


async def read_openapi(request: Request) -> Response:
    """Made once, when somebody asks first; by the application, because the table holds this very handler."""
    return json_bytes(request.app.state.openapi())


def openapi_bytes(rows: Iterable[RouteRow]) -> bytes:
    return msgspec.json.encode(openapi_document(rows))


async def read_docs(_: Request) -> Response:
    headers = {**SAFE_HEADERS, "Content-Security-Policy": CSP}
    return Response(PAGE, media_type="text/html; charset=utf-8", headers=headers)


async def read_docs_asset(request: Request) -> Response:
    """One of a closed list; nothing else of the package is served."""
    name = request.path_params["name"]
    if name == START:
        return Response(SCRIPT, media_type="text/javascript; charset=utf-8", headers=SAFE_HEADERS)
    if name not in ASSETS:
        return error_text(404, "Not found")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(_asset(name), media_type=kind, headers=SAFE_HEADERS)


@cache
def _asset(name: str) -> bytes:
    return (files(PACKAGE) / FOLDER / name).read_bytes()
