"""Rows of pages as handlers: the session, the form, the transaction, the HTML.

What is refused has changed nothing, because the transaction goes with it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gnomon.errors import GnomonError, SignInNeeded, WorkspaceHidden
from gnomon.store.accounts import find_account, lock_account
from gnomon.store.sessions import session_user
from gnomon.store.workspaces import standings_of
from gnomon.tracking.refusals import Forbidden
from gnomon.web.cookies import page_session_code
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.pages import csrf
from gnomon.web.pages.forms import Form, read_form
from gnomon.web.pages.frame import frame_of
from gnomon.web.pages.notices import Notice, forget_notice, notice_of, set_notice
from gnomon.web.pages.places import sign_in_address
from gnomon.web.pages.refused import refused_page
from gnomon.web.pages.rendering import html_response, render
from gnomon.web.pages.visit import Go, Guest, PageRow, View, Visit, plain_id
from gnomon.web.respond import SAFE_HEADERS
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING
from gnomon.web.transactions import READING, actor_in, change, leaves_people, look

Handler = Callable[[Request], Awaitable[Response]]
MOVED = 303


def guarded(handler: Handler) -> Handler:
    """Refusals as pages; who has to sign in is taken to where that is done."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except SignInNeeded:
            return go(request, sign_in_address(request))
        except GnomonError as error:
            return refused_page(request, error)

    return handle


def page(row: PageRow) -> Handler:
    @guarded
    async def handle(request: Request) -> Response:
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
            return await look(services, run)
        quiet = leaves_people(row.touched, locks_account=row.locks_account)
        is_of_workspace = "{workspace_id}" in row.path
        return await change(services, run, leaves_people=quiet and is_of_workspace)

    return handle


async def given_form(request: Request) -> Form:
    """Of whoever sent it; its size is looked at before it is read."""
    check_announced_size(request)
    return read_form(request, await read_body(request))


async def read_page_form(request: Request, guest: Guest) -> Form:
    """Raises `Forbidden` where the form is not from a page of this very session."""
    form = await given_form(request)
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
        member = actor_in(workspace_id, row.touched, connection, guest.account, now)
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


def respond(visit: Visit, answer: View | Go | Response) -> Response:
    """HTML, a redirection, or what the work made itself."""
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, Go):
        return go(visit.request, answer.to, answer.notice)
    return shown(visit.request, answer, frame_of(visit))


def shown(request: Request, view: View, frame: Mapping[str, Any]) -> Response:
    response = html_response(request, render(view.template, **frame, **view.context), view.status)
    if notice_of(request) is not None:
        forget_notice(response, request)
    return response


def go(request: Request, to: str, notice: Notice | None = None) -> Response:
    """To another page, by GET."""
    response = RedirectResponse(to, MOVED, headers={**SAFE_HEADERS, "Cache-Control": "no-store"})
    if notice is not None:
        set_notice(response, request, notice)
    return response
