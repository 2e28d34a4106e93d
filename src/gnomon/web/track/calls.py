"""Requests of the Track API as calls of plain functions: who asks is known, the body is read, the transaction is open.

A row of the route table says what a call does to the record (`handling.py` does it); its path says what it is about: a
workspace, an organization or the asker himself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from gnomon.columns.table import EntryTable
from gnomon.model.account import Account
from gnomon.query.access import Sight, sight_of
from gnomon.store.changes import Touched
from gnomon.tracking.actor import Actor
from gnomon.tracking.many import Outcome
from gnomon.tracking.organizations import House
from gnomon.tracking.refusals import BadChange
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.wire.body import positive_id
from gnomon.wire.track_v9.fields import NoBody, Readable
from gnomon.wire.track_v9.patches import outcome_json


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is more than its JSON. `body` None: no body at all."""

    value: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    is_empty: bool = False


EMPTY = Reply(is_empty=True)
OK = "OK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, ready to be answered. `given` is what its body said."""

    request: Request
    services: Services
    connection: Connection
    account: Account
    path: Mapping[str, str]
    query: QueryParams
    given: Any
    now: int
    member: Actor | None = None
    belongs: House | None = None

    @property
    def base(self) -> str:
        """What addresses begin with; few answers have any."""
        return base_of(self.request)

    @property
    def actor(self) -> Actor:
        assert self.member is not None  # the path names a workspace
        return self.member

    @property
    def house(self) -> House:
        assert self.belongs is not None  # the path names an organization
        return self.belongs

    def number(self, kind: str) -> int:
        """The id of the path; 0, which nothing has, for what is none."""
        return positive_id(self.path[f"{kind}_id"]) or 0

    def checked(self, kind: str, refusal: str) -> int:
        """The same where the vendor has words for what is none."""
        number = self.number(kind)
        if not number:
            raise BadChange(refusal)
        return number

    def table(self) -> EntryTable:
        """The columns with every write that was acknowledged before this call."""
        return self.services.tables.fresh_table(self.actor.workspace_id)

    def sight(self, table: EntryTable) -> Sight:
        return self.sight_of(self.actor, table)

    @staticmethod
    def sight_of(actor: Actor, table: EntryTable) -> Sight:
        """What the actor sees of the columns (D9.4)."""
        catalog = table.around.catalog
        return sight_of(
            actor.user_id, actor.role, actor.workspace, catalog.projects, catalog.user_groups
        )


class Undone(Exception):  # no error: the answer to a change of which nothing came about
    """Nothing of what was asked could be done: that is told, and the transaction goes."""

    def __init__(self, value: Any) -> None:
        super().__init__("nothing was done")
        self.value = value


Work = Callable[[Call], Any]
NO_BODY = NoBody()


@dataclass(frozen=True, slots=True)
class Row:
    """A route, and how it is worked: `touched` None only looks; what is touched is what a report has to read again.

    `locks_account`: the asker's own profile is read again for writing, so that two changes do not undo each other.
    """

    method: str
    path: str
    work: Work
    summary: str
    body: Readable = NO_BODY
    touched: Touched | None = None
    locks_account: bool = False


def base_of(request: Request) -> str:
    """What addresses of pictures begin with: the server as the caller reached it."""
    return str(request.base_url).rstrip("/")


def link_base(services: Services, base: str) -> str:
    """What links that are handed on begin with: never what a caller said in his headers, where it is set."""
    return services.public_url.rstrip("/") or base


def told_outcome(outcome: Outcome) -> Any:
    """What became of many; where nothing did, nothing is written either."""
    told = outcome_json(outcome)
    if not outcome.success:
        raise Undone(told)
    return told


def answer(value: Any) -> Response:
    reply = value if isinstance(value, Reply) else Reply(value)
    if isinstance(reply.value, Response):
        return reply.value
    body = b"" if reply.is_empty else msgspec.json.encode(reply.value)
    return json_bytes(body, reply.headers, reply.status)
