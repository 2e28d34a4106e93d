"""Who asks in these tests, and how: one line a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient

from gnomon.web.application import make_application
from tests.client import Client
from tests.wire.agency import NOW, TOKENS, agency_services

ADA, BO, CLEO, GONE, EVE = 1, 2, 3, 4, 5
AGENCY, OTHER, FREE, UNKNOWN = 10, 11, 12, 987_654_321
ORGANIZATIONS = {AGENCY: 1000, OTHER: 1100, FREE: 1200}
V9 = "/api/v9"
REPORTS = f"/reports/api/v3/workspace/{AGENCY}"


class Asker:
    """The server of one agency, as its people meet it; `now` can be moved."""

    def __init__(self, services: Any, client: type[TestClient] = Client) -> None:
        self.services = replace(services, now=lambda: self.now)
        self.now: datetime = NOW
        self.http = client(
            make_application(self.services),
            raise_server_exceptions=False,
            headers={"accept-encoding": "identity"},
        )

    def ask(self, method: str, path: str, by: int | None = ADA, **more: Any) -> httpx.Response:
        """`path` behind `/api/v9`, or whole when it begins with `/reports`; `by` None sends no credentials."""
        whole = path if path.startswith(("/reports", "/api")) else f"{V9}{path}"
        auth = more.pop("auth", None if by is None else (TOKENS[by], "api_token"))
        return self.http.request(method, whole, auth=auth, **more)

    def get(self, path: str, by: int | None = ADA, **query: Any) -> Any:
        """What a reading that works answers."""
        return told(self.ask("GET", path, by, params=query))

    def post(self, path: str, body: Any = None, by: int | None = ADA) -> Any:
        return told(self.ask("POST", path, by, json=body))

    def put(self, path: str, body: Any = None, by: int | None = ADA) -> Any:
        return told(self.ask("PUT", path, by, json=body))

    def patch(self, path: str, body: Any = None, by: int | None = ADA) -> Any:
        return told(self.ask("PATCH", path, by, json=body))

    def delete(self, path: str, by: int | None = ADA) -> Any:
        return told(self.ask("DELETE", path, by))

    def summary(self, by: int | None = ADA, **body: Any) -> Any:
        """A summary report over everything up to 2029."""
        asked = {"start_date": "2006-01-01", "end_date": "2029-12-31", **body}
        return self.post(f"{REPORTS}/summary/time_entries", asked, by)


def told(answer: httpx.Response) -> Any:
    """The JSON of an answer that works, None for an empty body."""
    assert answer.status_code in (200, 201), f"{answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def refusal(answer: httpx.Response) -> tuple[int, Any]:
    """Status and text of an answer that refuses: a bare JSON string."""
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    text = answer.json()
    assert isinstance(text, str), text
    return answer.status_code, text


@contextmanager
def agency_at(folder: Path) -> Iterator[Asker]:
    with agency_services(folder, is_new=not (folder / "gnomon.db").exists()) as services:
        asker = Asker(services)
        with asker.http:  # one event loop for all its requests
            yield asker


Ask = Callable[..., httpx.Response]
