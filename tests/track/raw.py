"""Hostile requests to an agency, and what an answer may look like at all."""

import asyncio
import shutil
from base64 import b64encode
from pathlib import Path
from typing import Self

from gnomon.web.route_row import RouteRow
from gnomon.web.routes import ROUTES
from tests.raw import Answer, send_raw
from tests.track.asking import ADA, Asker, agency_at
from tests.wire.agency import TOKENS

JSON = "application/json; charset=utf-8"
OURS = ("/api/v9", "/reports/")
# Routes of the API that answer without credentials; whatever stands beside the API is public too.
PUBLIC = (
    "/api/v9/status",
    "/api/v9/currencies",
    "/api/v9/countries",
    "/api/v9/timezones",
    "/api/v9/keys",
    "/api/v9/me/lost_passwords",
    "/api/v9/organizations/invitations",
    "/reports/api/v3/shared",
)
# What stands for a parameter of a path: the first whose word is in its name.
FILLINGS = (
    ("workspace_user", "2"),
    ("project_user", "1"),
    ("project_group", "1"),
    ("workspace", "10"),
    ("organization", "1000"),
    ("level_id", "30"),
    ("level", "project"),
    ("project", "30"),
    ("client", "20"),
    ("task", "40"),
    ("tag", "50"),
    ("entry", "100"),
    ("entries", "100"),
    ("group", "70"),
    ("user", "2"),
    ("token", "0" * 32),
    ("code", "0" * 43),
    ("action", "search"),
    ("extension", "csv"),
)


class Ground:
    """An agency that hostile requests are thrown at; a new one takes its place when they changed it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template"
        self.count = 0
        with agency_at(self.template):
            pass
        self.loop = asyncio.Runner()
        self.renew()

    def renew(self) -> None:
        self.close_agency()
        self.count += 1
        here = self.folder / str(self.count)
        shutil.copytree(self.template, here)
        (here / "gnomon.lock").unlink(missing_ok=True)
        self.opened = agency_at(here)
        self.asker: Asker = self.opened.__enter__()

    def close_agency(self) -> None:
        if self.count:
            self.opened.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close_agency()
        self.loop.close()

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        query: bytes = b"",
        by: int | None = ADA,
        content_type: bytes = b"application/json",
    ) -> Answer:
        """`path` and `query` go out as they are, percent signs and all."""
        headers = [(b"content-length", b"%d" % len(body)), (b"content-type", content_type)]
        if by is not None:
            headers.append((b"authorization", credentials(by)))
        application = self.asker.http.app
        return self.loop.run(send_raw(application, method, path, query, headers, body))


def credentials(user_id: int) -> bytes:
    return b"Basic " + b64encode(f"{TOKENS[user_id]}:api_token".encode())


def rows_of_the_api() -> list[RouteRow]:
    return [row for row in ROUTES if row.path.startswith(OURS)]


def needs_credentials(row: RouteRow) -> bool:
    return row.path.startswith(OURS) and not row.path.startswith(PUBLIC)


def name_of(row: RouteRow) -> str:
    return f"{row.method} {row.path}"


def parameters(path: str) -> list[str]:
    """The names in braces, with a converter's name if there is one: `{project_id:int}`."""
    return [piece.split("}")[0] for piece in path.split("{")[1:]]


def filling(parameter: str) -> str:
    return next((value for word, value in FILLINGS if word in parameter), "1")


def filled(path: str, **instead: str) -> str:
    """The path with things of the agency in it; `instead` says otherwise for some parameters."""
    for parameter in parameters(path):
        path = path.replace(f"{{{parameter}}}", instead.get(parameter, filling(parameter)))
    return path


def fault(answer: Answer) -> str | None:
    """What is wrong with an answer, whatever was asked; None when it is one that we may give."""
    shown = f"{answer.status} {answer.body[:200]!r}"
    if answer.status >= 500 or answer.status < 200:
        return shown
    is_json = answer.headers.get("content-type") == JSON
    if answer.status >= 400 and answer.body:
        try:
            said = answer.json()
        except ValueError:
            return f"no JSON: {shown}"
        return None if is_json and isinstance(said, str) else f"no bare string of JSON: {shown}"
    if is_json and answer.body:
        try:
            answer.json()
        except ValueError:
            return f"broken JSON: {shown}"
    return None
