"""Answers: every byte of them is ours (D1.7)."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import GnomonError, SignInNeeded
from gnomon.wire.statuses import status_of
from gnomon.wire.track_v9.errors import TooManyFailures, TrackSignInNeeded

JSON_TYPE = "application/json; charset=utf-8"
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def json_bytes(body: bytes, headers: dict[str, str] | None = None, status: int = 200) -> Response:
    return Response(body, status, headers={**SAFE_HEADERS, **(headers or {})}, media_type=JSON_TYPE)


def error_text(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """A bare JSON string, no newline behind it."""
    return json_bytes(msgspec.json.encode(text), headers, status)


def refusal(_: Request, error: Exception) -> Response:
    """The answer to one of our own errors."""
    assert isinstance(error, GnomonError)
    if isinstance(error, TrackSignInNeeded):
        return Response(
            status_code=401, headers={**SAFE_HEADERS, "X-Authorization-Missing": "true"}
        )
    headers = (
        {"WWW-Authenticate": 'Basic realm="Gnomon"'} if isinstance(error, SignInNeeded) else {}
    )
    if isinstance(error, TooManyFailures):
        headers["Retry-After"] = str(error.retry_after_seconds)
    return error_text(status_of(error), str(error), headers)
