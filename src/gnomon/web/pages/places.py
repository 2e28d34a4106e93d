"""Where somebody comes from and goes to: paths of this server, however they are said."""

import re
from urllib.parse import quote, urlsplit

from starlette.requests import Request

SECRET = ("/reset-password/", "/invitation/", "/shared-report/")  # whose paths open something
_PATH = re.compile(r"/[A-Za-z0-9._~/-]*")


def local_path(text: str) -> str:
    """A path of this server to go to; `/` for anything else, however it is written."""
    path = text.partition("?")[0]
    is_plain = _PATH.fullmatch(path) is not None and text.isprintable() and "\\" not in text
    return text if is_plain and "//" not in path and ".." not in path else "/"


def sign_in_address(request: Request) -> str:
    """Who only looked comes back to where he was."""
    path, query = request.url.path, request.url.query
    if request.method != "GET" or path == "/":
        return "/sign-in"
    return f"/sign-in?next={quote(path + (f'?{query}' if query else ''), safe='')}"


def page_before(request: Request) -> str:
    """The page of this server that sent a form; empty where the browser does not tell, and for one whose path is a
    secret.
    """
    try:
        told = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    if request.method != "POST" or told.netloc != request.headers.get("host"):
        return ""
    path = local_path(told.path + (f"?{told.query}" if told.query else ""))
    return "" if path == "/" or path.startswith(SECRET) else path
