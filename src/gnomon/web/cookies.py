"""Cookies: how they are given, and when that of a signed-in browser counts (R3)."""

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
    code = request.cookies.get(_name(request))
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


def put_cookie(
    response: Response,
    request: Request,
    name: str,
    value: str,
    *,
    seconds: int | None = None,
    path: str = "/",
) -> None:
    """Out of reach of scripts and of other sites' pages; what came over https goes over nothing else.

    Without `seconds` it lasts until the browser is closed; with 0 it is gone.
    """
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="lax",
        secure=_is_secure(request),
    )


def give_session(response: Response, request: Request, code: str) -> None:
    put_cookie(response, request, _name(request), code, seconds=SECONDS_VALID)


def forget_session(response: Response, request: Request) -> None:
    put_cookie(response, request, _name(request), "", seconds=0)


def _name(request: Request) -> str:
    """Over https one that no other host can give (RFC 6265bis, `__Host-`)."""
    return SECURE_NAME if _is_secure(request) else NAME
