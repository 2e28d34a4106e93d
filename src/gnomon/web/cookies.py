"""The cookie of a signed-in browser, and when it counts (R3)."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

NAME = "gnomon-session"
SECURE_NAME = "__Host-gnomon-session"
DAYS_VALID = 30
SECONDS_VALID = DAYS_VALID * 86_400
CODE_LENGTH_MAX = 200


def session_code(request: Request) -> str | None:
    """None where there is none, or where a page of somebody else may have sent the request."""
    code = request.cookies.get(SECURE_NAME if _is_secure(request) else NAME)
    if not code or len(code) > CODE_LENGTH_MAX or not _is_own(request):
        return None
    return code


def _is_own(request: Request) -> bool:
    """A browser says from where a request comes; without a word only looking is allowed."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is not None:
        return _is_same(origin, request)
    return request.method in ("GET", "HEAD")


def _is_same(origin: str, request: Request) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.url.scheme, request.headers.get("host", ""))


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def set_cookie(response: Response, request: Request, code: str) -> None:
    """Out of reach of scripts and of other sites' pages; over https of other hosts, too."""
    secure = _is_secure(request)
    response.set_cookie(
        SECURE_NAME if secure else NAME,
        code,
        max_age=SECONDS_VALID,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def clear_cookie(response: Response, request: Request) -> None:
    secure = _is_secure(request)
    response.delete_cookie(
        SECURE_NAME if secure else NAME, path="/", httponly=True, samesite="lax", secure=secure
    )
