"""`/shared-report/{token}`: what the client sees, who has nothing but the link (D10.6, D10.7)."""

from dataclasses import replace
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.saved import SavedRun, saved_edition, saved_run
from gnomon.errors import GnomonError, ShareTokenRefused, SignInNeeded
from gnomon.model.account import Account
from gnomon.model.logo import logo_media_type
from gnomon.store.accounts import find_account
from gnomon.web.failures import host_of
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.pages.forms import Form, read_form
from gnomon.web.pages.handling import Handler, find_guest, go
from gnomon.web.pages.reader import Reader, reader_of
from gnomon.web.pages.refused import refused_page
from gnomon.web.pages.rendering import html_response, render
from gnomon.web.pages.reports.address import (
    PLACES,
    SUMMARY_ORDERS,
    Address,
    read_address,
    sort_told,
    with_formats,
)
from gnomon.web.pages.reports.shown import Place, shown_report, week_days
from gnomon.web.pages.saved.unlocking import is_unlocked, unlock
from gnomon.web.pages.strangers import check_stranger, shown_to_stranger
from gnomon.web.pages.visit import View, query_of
from gnomon.web.reports.answering import REPORTING
from gnomon.web.reports.exports import sent_edition
from gnomon.web.reports.share_access import Access, access_for, is_report_password
from gnomon.web.respond import SAFE_HEADERS
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING
from gnomon.wire.reports_v3.files import FileKind
from gnomon.wire.reports_v3.saved import report_type_of, saved_params

SHARED = "/shared-report/{report_token}"
QUIET = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
CLOSED = "no"  # the key of no group
WRONG = "This is not the password."


def _quiet(handler: Handler) -> Handler:
    """Whatever is answered: nobody is told where the link is, and no search engine keeps it."""

    async def handle(request: Request) -> Response:
        try:
            response = await handler(request)
        except GnomonError as error:
            response = refused_page(request, error)
        response.headers.update(QUIET)
        return response

    return handle


@_quiet
async def show_shared(request: Request) -> Response:
    services: Services = request.app.state.services
    check_announced_size(request)
    return await to_thread.run_sync(_page, request, services, limiter=REPORTING)


@_quiet
async def unlock_shared(request: Request) -> Response:
    """The password comes by a form of the page itself."""
    services: Services = request.app.state.services
    check_announced_size(request)
    form = read_form(request, await read_body(request))
    check_stranger(request, form)
    access = await to_thread.run_sync(_access, request, services, limiter=REPORTING)
    host = host_of(request)
    is_open = access.report.password_hash is None or await to_thread.run_sync(
        is_report_password, access.report, form.raw("password"), host, services, limiter=HASHING
    )
    if not is_open:
        return _locked(request, WRONG, 403)
    response = go(request, request.url.path)
    unlock(response, request, access.report, services)
    return response


def shared_file(kind: FileKind) -> Handler:
    async def answer(request: Request) -> Response:
        services: Services = request.app.state.services

        def make() -> Any:
            access = _unlocked(request, services)
            run, _, _ = _run(request, access, services)
            return saved_edition(run, kind, services.read_logo)

        edition = await to_thread.run_sync(make, limiter=REPORTING)
        return await sent_edition(request, edition, kind, is_guarded=True)

    return _quiet(answer)


@_quiet
async def read_shared_logo(request: Request) -> Response:
    services: Services = request.app.state.services

    def read() -> bytes | None:
        return services.read_logo(_unlocked(request, services).report.workspace_id)

    logo = await to_thread.run_sync(read, limiter=REPORTING)
    if logo is None:
        raise ShareTokenRefused
    return Response(logo, media_type=logo_media_type(logo), headers=SAFE_HEADERS)


def _page(request: Request, services: Services) -> Response:
    access = _access(request, services)
    if not _is_shown(request, access, services):
        return _locked(request)
    run, address, reader = _run(request, access, services)
    place = Place(address.opened, address.page, opens_short=True)
    report = shown_report(run.question.report_type, run.ground, place)
    address = replace(address, opened=report.opened, closed=CLOSED)
    workspace_id = access.report.workspace_id
    context = {
        "title": access.report.name,
        "address": address,
        "report": report,
        "reader": reader,
        "workspace": access.standing.workspace.name,
        "has_logo": services.read_logo(workspace_id) is not None,
        "made_at": run.ground.asker.now,
        "here": request.url.path,
        "week_days": week_days(report.days),
    }
    return html_response(request, render("saved/public.html", **context))


def _access(request: Request, services: Services) -> Access:
    """An open report is shown to everybody as to a stranger, so that its owner sees what his client does."""
    token = request.path_params["report_token"]
    access = access_for(token, _account(request, services), services)
    is_full = access.is_full and not access.report.is_open(int(services.seconds()))
    return replace(access, is_full=is_full)


def _account(request: Request, services: Services) -> Account | None:
    try:
        return find_guest(request, services).account
    except SignInNeeded:
        return None


def _is_shown(request: Request, access: Access, services: Services) -> bool:
    now = int(services.seconds())
    return access.is_full or is_unlocked(request, access.report, services.box, now)


def _unlocked(request: Request, services: Services) -> Access:
    access = _access(request, services)
    if not _is_shown(request, access, services):
        raise ShareTokenRefused
    return access


def _run(request: Request, access: Access, services: Services) -> tuple[SavedRun, Address, Reader]:
    """In the order that the visitor asks for, in the formats of the owner."""
    report = access.report
    params = saved_params(report)
    report_type = report_type_of(params)
    pairs = [pair for pair in query_of(request).pairs if pair[0] in (*PLACES, "sort")]
    address = read_address(report_type, Form(pairs))
    order = {key: address.body[key] for key in ("order_by", "order_dir") if key in address.body}
    if not address.said("sort") and params.get("order_by"):
        order = {}
        address = replace(address, sort=_known_order(sort_told(params)))
    with services.database.read() as connection:
        owner = find_account(connection, report.owner_id)
    reader = reader_of(owner) if owner else Reader()
    run = saved_run(
        report,
        with_formats(order, reader.formats),
        services.tables.fresh_table(report.workspace_id, access.standing.change_number),
        services.now(),
        is_full=access.is_full,
        report_days_max=services.report_days_max,
    )
    return run, address, reader


def _known_order(sort: str) -> str:
    return sort if sort in SUMMARY_ORDERS else SUMMARY_ORDERS[0]


def _locked(request: Request, problem: str = "", status: int = 200) -> Response:
    context = {"problem": problem, "here": request.url.path}
    return shown_to_stranger(request, View("saved/locked.html", status=status), context)
