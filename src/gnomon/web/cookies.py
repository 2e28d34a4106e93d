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
    return _code(request) if is_own(request) else None


def page_session_code(request: Request) -> str | None:
    """The same for pages, to which a link in a mail or a chat may lead: that only looks, and nobody else sees the answer."""
    return _code(request) if is_own(request) or _is_followed_link(request) else None


def _code(request: Request) -> str | None:
    code = request.cookies.get(SECURE_NAME if _is_secure(request) else NAME)
    return code if code and len(code) <= CODE_LENGTH_MAX else None


def _is_followed_link(request: Request) -> bool:
    """The address bar shows it; no frame, script or picture of another site."""
    said = request.headers.get
    return (
        request.method == "GET"
        and said("sec-fetch-mode") == "navigate"
        and said("sec-fetch-dest") == "document"
    )


def is_own(request: Request) -> bool:
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
