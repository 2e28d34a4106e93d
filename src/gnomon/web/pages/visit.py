"""A request for a page as a plain call: who is there is known, the form is read, the transaction is open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.model.account import Account
from gnomon.store.changes import Touched
from gnomon.store.workspaces import Standing
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Absent
from gnomon.web.pages.forms import Form, checked
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.reader import Reader, reader_of
from gnomon.web.services import Services
from gnomon.wire.body import positive_id

WORKSPACE = "/w/{workspace_id}"


class NotFound(Absent):
    """No such page, or not the visitor's: the same words for both (R1)."""

    def __init__(self) -> None:
        super().__init__("There is nothing here.")


class Guest(NamedTuple):
    """Who is signed in, by which session."""

    account: Account
    session: str


@dataclass(frozen=True, slots=True)
class View:
    """A page to show."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """Somewhere else, after a change."""

    to: str
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    request: Request
    services: Services
    connection: Connection
    guest: Guest
    now: int
    form: Form = Form()
    prepared: Any = None
    standings: tuple[Standing, ...] = ()
    member: Actor | None = None

    @property
    def account(self) -> Account:
        return self.guest.account

    @property
    def actor(self) -> Actor:
        assert self.member is not None  # the path names a workspace
        return self.member

    @property
    def reader(self) -> Reader:
        return reader_of(self.account)

    @property
    def query(self) -> Form:
        return query_of(self.request)

    @property
    def home(self) -> str:
        """What addresses of this workspace begin with."""
        return f"/w/{self.actor.workspace_id}"

    def number(self, kind: str) -> int:
        """The id of the path; raises `NotFound` for what is none."""
        number = plain_id(self.request.path_params[f"{kind}_id"])
        if number is None:
            raise NotFound
        return number


def plain_id(text: str) -> int | None:
    """A thing has one address: no zeros in front of its number."""
    number = positive_id(text)
    return number if str(number) == text else None


Work = Callable[[Visit], View | Go | Response]


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page or a form's target. `touched` None only looks; `locks_account`: the visitor's own profile is read again
    for writing. `prepare`: slow work with the form, such as hashing, before anybody waits for the record.
    """

    method: str
    path: str
    work: Work
    summary: str
    touched: Touched | None = None
    locks_account: bool = False
    prepare: Callable[[Form, Guest, Services], Any] | None = None


def query_of(request: Request) -> Form:
    return checked(request.query_params.multi_items())
