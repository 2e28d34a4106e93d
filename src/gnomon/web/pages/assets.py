"""Style, script and pictures: from the package, named by what they hold, so that a browser asks for each once."""

import gzip
import hashlib
import mimetypes
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from gnomon.web.respond import SAFE_HEADERS, error_text

NAMES = ("gnomon.css", "gnomon.js", "gnomon.svg")
A_YEAR = "public, max-age=31536000, immutable"
PATH = "/assets/{version}/{name}"


def asset_url(name: str) -> str:
    return f"/assets/{_version(name)}/{name}"


async def read_asset(request: Request) -> Response:
    """One of a closed list; an older version's name gets the present bytes, which are not kept."""
    name = request.path_params["name"]
    if name not in NAMES:
        return error_text(404, "Not found")
    is_present = request.path_params["version"] == _version(name)
    headers = {
        **SAFE_HEADERS,
        "Cache-Control": A_YEAR if is_present else "no-cache",
        "Vary": "Accept-Encoding",
    }
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(_packed(name), media_type=kind, headers=headers)
    return Response(_bytes(name), media_type=kind, headers=headers)


@cache
def _bytes(name: str) -> bytes:
    return (files("gnomon.web.pages") / "static" / name).read_bytes()


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(_bytes(name), 9, mtime=0)


@cache
def _version(name: str) -> str:
    return hashlib.sha256(_bytes(name)).hexdigest()[:12]
