"""Rows of pages as handlers: the session, the form, the transaction, the HTML.

What is refused has changed nothing, because the transaction goes with it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gnomon.errors import GnomonError, SignInNeeded, WorkspaceHidden
from gnomon.model.account import Account
from gnomon.store.accounts import find_account, lock_account
from gnomon.store.changes import Touched, take_change
from gnomon.store.sessions import session_user
from gnomon.store.workspaces import find_standing, standings_of
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Forbidden
from gnomon.web.cookies import page_session_code
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.pages import csrf
from gnomon.web.pages.forms import Form, read_form
from gnomon.web.pages.frame import frame_of
from gnomon.web.pages.notices import forget_notice, notice_of, set_notice
from gnomon.web.pages.refused import refused_page
from gnomon.web.pages.rendering import html_response, render
from gnomon.web.pages.visit import Go, Guest, PageRow, View, Visit, plain_id, sign_in_address
from gnomon.web.respond import SAFE_HEADERS
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING
from gnomon.web.track.asking import READING, WRITING

Handler = Callable[[Request], Awaitable[Response]]
MOVED = 303


def page(row: PageRow) -> Handler:
    async def handle(request: Request) -> Response:
        try:
            return await _answer(row, request)
        except SignInNeeded:
            return go(sign_in_address(request))
        except GnomonError as error:
            return refused_page(request, error)

    return handle


async def _answer(row: PageRow, request: Request) -> Response:
    services: Services = request.app.state.services
    check_announced_size(request)
    guest = await to_thread.run_sync(find_guest, request, services, limiter=READING)
    form = await read_page_form(request, guest) if row.method == "POST" else Form()

    prepared = None
    if row.prepare is not None:
        prepared = await to_thread.run_sync(row.prepare, form, guest, services, limiter=HASHING)

    def run(connection: Connection) -> Response:
        visit = open_visit(row, request, services, connection, guest, form)
        return respond(visit, row.work(replace(visit, prepared=prepared)))

    if row.touched is None:
        return await to_thread.run_sync(_look, services, run, limiter=READING)
    return await _change(services, row, run)


async def read_page_form(request: Request, guest: Guest) -> Form:
    """Raises `Forbidden` where the form is not from a page of this very session."""
    form = read_form(request, await read_body(request))
    check_form_token(form, guest)
    return form


def check_form_token(form: Form, guest: Guest) -> None:
    if not csrf.is_form_token(guest.session, form.raw(csrf.FIELD)):
        raise Forbidden("This form is too old, or it came from elsewhere. Load the page again.")


def find_guest(request: Request, services: Services) -> Guest:
    """Raises `SignInNeeded`."""
    code = page_session_code(request)
    if code is None:
        raise SignInNeeded
    with services.database.read() as connection:
        user_id = session_user(connection, code, int(services.seconds()))
        account = None if user_id is None else find_account(connection, user_id)
    if account is None:
        raise SignInNeeded
    return Guest(account, code)


def open_visit(
    row: PageRow,
    request: Request,
    services: Services,
    connection: Connection,
    guest: Guest,
    form: Form,
) -> Visit:
    now = int(services.seconds())
    member = None
    if "workspace_id" in request.path_params:
        workspace_id = plain_id(request.path_params["workspace_id"])
        if workspace_id is None:
            raise WorkspaceHidden
        member = _actor(row, workspace_id, connection, guest.account, now)
    if row.locks_account:
        lock_account(connection, guest.account.user_id)
        guest = Guest(find_account(connection, guest.account.user_id) or guest.account, guest[1])
    return Visit(
        request=request,
        services=services,
        connection=connection,
        guest=guest,
        now=now,
        form=form,
        standings=tuple(standings_of(connection, guest.account.user_id)),
        member=member,
    )


def _actor(
    row: PageRow, workspace_id: int, connection: Connection, account: Account, now: int
) -> Actor:
    """A writer locks the workspace first and then looks at his rights (D9.2)."""
    standing = find_standing(connection, workspace_id, account.user_id)
    if standing is None:
        raise WorkspaceHidden
    number = 0
    if row.touched is not None:
        number = take_change(connection, workspace_id, row.touched, now)
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


def _look(services: Services, run: Callable[[Connection], Response]) -> Response:
    with services.database.read() as connection:
        return run(connection)


async def _change(
    services: Services, row: PageRow, run: Callable[[Connection], Response]
) -> Response:
    """Who hangs up has his change made all the same: it may be in a transaction already."""
    touched = row.touched or Touched.NO_COLUMN
    leaves_people = (
        not touched & (Touched.PEOPLE | Touched.WORKSPACE)
        and not row.locks_account
        and "{workspace_id}" in row.path
    )
    soon = services.database.write_soon(run, leaves_people=leaves_people)
    if soon is not None:
        return await asyncio.shield(asyncio.wrap_future(soon))
    return await to_thread.run_sync(services.database.write, run, limiter=WRITING)


def respond(visit: Visit, answer: View | Go | Response) -> Response:
    """HTML, a redirection, or what the work made itself."""
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, Go):
        return go(answer.to, answer)
    return shown(visit.request, answer, frame_of(visit))


def shown(request: Request, view: View, frame: Mapping[str, Any]) -> Response:
    response = html_response(request, render(view.template, **frame, **view.context), view.status)
    if notice_of(request) is not None:
        forget_notice(response)
    return response


def go(to: str, what: Go | None = None) -> Response:
    response = RedirectResponse(to, MOVED, headers={**SAFE_HEADERS, "Cache-Control": "no-store"})
    if what is not None and what.notice is not None:
        set_notice(response, what.notice)
    return response
