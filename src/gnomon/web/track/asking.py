"""What every request of the Track API does first: who asks, for which workspace, with which body (D1.6, D9.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import FeatureOff, SignInNeeded, WorkspaceHidden
from gnomon.model.account import Account, Plan, Role
from gnomon.store.changes import Touched, take_change
from gnomon.store.workspaces import find_standing
from gnomon.web.counting import count_call
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.reports.asking import path_id
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.web.signing_in import signed_in_account
from gnomon.web.transactions import READING, WRITING
from gnomon.wire.track_v9.errors import TrackSignInNeeded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusals:
    """How one family of endpoints says that there is no such workspace, and that its plan lacks the feature."""

    hidden: type[WorkspaceHidden]
    off: type[FeatureOff]


@dataclass(frozen=True, slots=True)
class Member:
    """Who asks, with his rights as of the moment when the record is read or written."""

    account: Account
    workspace_id: int
    role: Role

    @property
    def user_id(self) -> int:
        return self.account.user_id

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN


@dataclass(frozen=True, slots=True)
class Door:
    """A request that has passed the size check, the credentials, the workspace and the plan; its body is read last."""

    services: Services
    account: Account
    workspace_id: int
    refusals: Refusals
    body: bytes

    @property
    def now(self) -> int:
        return int(self.services.now().timestamp())

    async def read(self, answer: Callable[[Connection, Member], T]) -> T:
        def work() -> T:
            with self.services.database.read() as connection:
                return answer(connection, self.member(connection))

        return await to_thread.run_sync(work, limiter=READING)

    async def write(self, change: Callable[[Connection, Member], T]) -> T:
        """Answered after the commit; whatever is refused has changed nothing.

        The workspace is locked before anything is read that will be written back, or two servers would undo each other.
        """

        def work(connection: Connection) -> T:
            self.member(connection)
            take_change(connection, self.workspace_id, Touched.NO_COLUMN, self.now)
            return change(connection, self.member(connection))

        return await to_thread.run_sync(self.services.database.write, work, limiter=WRITING)

    def member(self, connection: Connection) -> Member:
        standing = find_standing(connection, self.workspace_id, self.account.user_id)
        if standing is None:
            raise self.refusals.hidden
        if standing.workspace.plan is Plan.FREE:
            raise self.refusals.off
        return Member(self.account, self.workspace_id, standing.role)


async def track_account(request: Request, services: Services) -> Account:
    """Who asks; on this API an answer without a word tells that nobody said it (D9.1)."""
    try:
        account = await signed_in_account(request, services)
    except SignInNeeded:
        raise TrackSignInNeeded from None
    if services.emulates_quota:
        await count_call(request, services, account)
    return account


async def track_door(request: Request, refusals: Refusals) -> Door:
    services: Services = request.app.state.services
    check_announced_size(request)
    account = await track_account(request, services)
    workspace_id = path_id(request, "workspace")
    if workspace_id is None:
        raise refusals.hidden
    door = Door(services, account, workspace_id, refusals, b"")
    await door.read(lambda _connection, member: member)
    return Door(services, account, workspace_id, refusals, await read_body(request))


def json_answer(value: Any) -> Response:
    return json_bytes(msgspec.json.encode(value))
