"""A row of the route table, from which the router and the OpenAPI document are made."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from gnomon.wire.track_v9.fields import NoBody, Readable


class RouteRow(NamedTuple):
    """`body` is what a caller may send; `is_public`: no credentials are needed. `is_page`: for people,
    and no part of the API that the document tells.
    """

    method: str
    path: str
    handler: Callable[[Request], Awaitable[Response]]
    summary: str
    body: Readable = NoBody()
    is_public: bool = False
    is_page: bool = False
