"""Requests of the Track API as calls of plain functions: who asks is known, the body is read, the transaction is open.

A row of the route table says what a call does to the record; its path says what it is about: a workspace, an
organization or the asker himself. What is refused has changed nothing, because the transaction goes with it.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from anyio import to_thread
from sqlalchemy import Connection
from starlette.datastructures import QueryParams, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from gnomon.columns.table import EntryTable
from gnomon.errors import BadData, GnomonError, WorkspaceHidden
from gnomon.export.logo_check import check_logo
from gnomon.model.account import Account
from gnomon.query.access import Sight, sight_of
from gnomon.store.accounts import find_account, lock_account
from gnomon.store.changes import Touched, take_change
from gnomon.store.organizations import lock_workspaces_of
from gnomon.store.workspaces import find_standing
from gnomon.tracking.actor import Actor
from gnomon.tracking.many import Outcome
from gnomon.tracking.organizations import House, OrganizationAbsent, house_of
from gnomon.tracking.refusals import BadChange
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING
from gnomon.web.track.asking import READING, WRITING, track_account
from gnomon.wire.body import positive_id
from gnomon.wire.errors import InvalidPathId
from gnomon.wire.track_v9.fields import NoBody, Readable, Upload
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

    services: Services
    connection: Connection
    account: Account
    path: Mapping[str, str]
    query: QueryParams
    given: Any
    now: int
    base: str
    member: Actor | None = None
    belongs: House | None = None

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


def handler(plan: Row) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        """The size, the credentials, and only then the body (D1.6); rights are looked at with the record."""
        services: Services = request.app.state.services
        stamp = services.database.stamp
        is_look = plan.touched is None and plan.method == "GET" and not services.emulates_quota
        question = services.looks.question(request, services.seconds()) if is_look else None
        kept = services.looks.recall(question, stamp)
        if kept is not None:
            return kept
        check_announced_size(request)
        account = await track_account(request, services)
        raw = await read_body(request)
        given = (
            await _logo(request, raw) if isinstance(plan.body, Upload) else _read(plan.body, raw)
        )

        def run(connection: Connection) -> Response:
            call = _call(plan, request, services, connection, account, given)
            return answer(plan.work(call))

        if plan.touched is None:
            response = await to_thread.run_sync(_look, services, run, limiter=READING)
            services.looks.keep(question, stamp, response)
            return response
        try:
            return await _change(services, plan, run)
        except Undone as undone:
            return answer(undone.value)

    return handle


def _look(services: Services, run: Callable[[Connection], Response]) -> Response:
    with services.database.read() as connection:
        return run(connection)


async def _change(services: Services, plan: Row, run: Callable[[Connection], Response]) -> Response:
    """Who hangs up has his change made all the same: it may be in a transaction already."""
    assert plan.touched is not None
    leaves_people = (
        not plan.touched & (Touched.PEOPLE | Touched.WORKSPACE) and not plan.locks_account
    )
    soon = services.database.write_soon(run, leaves_people=leaves_people)
    if soon is not None:
        return await asyncio.shield(asyncio.wrap_future(soon))
    return await to_thread.run_sync(services.database.write, run, limiter=WRITING)


def _read(body: Readable, raw: bytes) -> Any:
    """What the body says, or why it says nothing: that is told only to who may ask here at all."""
    try:
        return body.read(raw)
    except GnomonError as error:
        return error


async def _logo(request: Request, raw: bytes) -> Any:
    """A picture that can be printed, or why it cannot; found out before anybody waits for the record."""
    image = await _file(request, raw)
    if isinstance(image, GnomonError):
        return image
    try:
        await to_thread.run_sync(check_logo, image, limiter=HASHING)
    except BadData:
        return BadChange("A logo is a PNG or a JPEG file.")
    return image


async def _file(request: Request, raw: bytes) -> Any:
    """The file of an uploaded form, or why there is none."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield raw

    if "boundary=" not in request.headers.get("content-type", ""):
        return BadChange("A file is needed in the form field 'file'.")
    try:
        form = await MultiPartParser(request.headers, stream(), max_files=1, max_fields=10).parse()
    except (MultiPartException, ValueError, KeyError, LookupError):
        return BadChange("The form cannot be read.")
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            return BadChange("A file is needed in the form field 'file'.")
        return await file.read()
    finally:
        await form.close()


def _call(
    plan: Row,
    request: Request,
    services: Services,
    connection: Connection,
    account: Account,
    given: Any,
) -> Call:
    now = int(services.seconds())
    member, belongs = None, None
    if "organization_id" in request.path_params:
        number = positive_id(request.path_params["organization_id"])
        if number is None:
            raise BadChange("Invalid organization ID")
        if plan.touched is not None:
            lock_workspaces_of(connection, number)
        belongs = house_of(connection, account, number, now)
    if "workspace_id" in request.path_params:
        member = _actor(plan, request.path_params["workspace_id"], connection, account, now)
        if belongs and member.workspace.organization_id != belongs.organization.organization_id:
            raise OrganizationAbsent
    if plan.locks_account:
        lock_account(connection, account.user_id)
        account = find_account(connection, account.user_id) or account
    if isinstance(given, GnomonError):
        raise given
    return Call(
        services=services,
        connection=connection,
        account=account,
        path=request.path_params,
        query=request.query_params,
        given=given,
        now=now,
        base=base_of(request),
        member=member,
        belongs=belongs,
    )


def _actor(
    plan: Row, workspace_text: str, connection: Connection, account: Account, now: int
) -> Actor:
    """The asker in the workspace of the path. A writer locks it first and then looks again: two servers on one record
    would else undo each other.
    """
    workspace_id = positive_id(workspace_text)
    if workspace_id is None:
        raise InvalidPathId("workspace")
    standing = find_standing(connection, workspace_id, account.user_id)
    if standing is None:
        raise WorkspaceHidden
    number = 0
    if plan.touched is not None:
        number = take_change(connection, workspace_id, plan.touched, now)
        if connection.dialect.name == "postgresql":
            standing = find_standing(connection, workspace_id, account.user_id)
            if standing is None:
                raise WorkspaceHidden
    return Actor(
        connection=connection,
        account=account,
        workspace=standing.workspace,
        role=standing.role,
        now=now,
        change_number=number,
    )


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
