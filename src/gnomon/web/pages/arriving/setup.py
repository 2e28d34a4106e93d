"""`/setup`: the very first start, from this machine only and with the code that the server printed (D12.2)."""

import hmac
from ipaddress import ip_address

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.store.accounts import has_accounts
from gnomon.store.onboarding import NewPerson, found_workspace, hold_first_start
from gnomon.tracking.profile import checked_email
from gnomon.tracking.refusals import BadChange
from gnomon.units.currencies import currency_choices, is_currency
from gnomon.web.failures import CODES, host_of
from gnomon.web.newcomers import Join, new_person
from gnomon.web.pages.arriving.asking import NOTHING, asked, come_in
from gnomon.web.pages.forms import Form
from gnomon.web.pages.handling import given_form, guarded
from gnomon.web.pages.sessions import let_in
from gnomon.web.pages.strangers import check_stranger
from gnomon.web.pages.visit import NotFound
from gnomon.web.services import Services
from gnomon.web.transactions import READING

CURRENCY = "EUR"  # until somebody says another


@guarded
async def show_setup(request: Request) -> Response:
    await to_thread.run_sync(_check_nobody, request, limiter=READING)
    return _page(request)


@guarded
async def set_up(request: Request) -> Response:
    form = await given_form(request)
    check_stranger(request, form)
    await to_thread.run_sync(_check_nobody, request, limiter=READING)
    services: Services = request.app.state.services
    services.failures.check(CODES, host_of(request))
    try:
        account = await _founder(request, services, form)
    except BadData as error:
        return _page(request, form, error)
    return await let_in(request, services, account, "/")


def _page(request: Request, typed: Form = NOTHING, error: BadData | None = None) -> Response:
    currency = typed.text("currency")
    context = {
        "currencies": currency_choices(currency if is_currency(currency) else None),
        "currency": currency if is_currency(currency) else CURRENCY,
    }
    return asked(request, "arriving/setup.html", context, typed, error)


async def _founder(request: Request, services: Services, form: Form) -> Account:
    """Guesses at the code are counted."""
    code = form.text("code").encode()
    if not services.setup_code or not hmac.compare_digest(code, services.setup_code.encode()):
        services.failures.note(CODES, host_of(request))
        raise BadChange("This is not the code that the server printed.")
    if not form.text("workspace"):
        raise BadChange("The workspace needs a name.")
    email, zone = checked_email(form.text("email")), form.text("timezone") or "UTC"
    person = await new_person(form.text("name"), email, zone, form.raw("password"))
    return await come_in(services, _founding(services, form, person))


def _founding(services: Services, form: Form, person: NewPerson) -> Join:
    def found(connection: Connection, now: int) -> int:
        """Looked at once more with the record held: there is one first person only."""
        hold_first_start(connection)
        if has_accounts(connection):
            raise NotFound
        name, currency = form.text("workspace"), form.text("currency") or CURRENCY
        return found_workspace(connection, services.box, person, name, currency, now).user_id

    return found


def _check_nobody(request: Request) -> None:
    """From this very machine only, while nobody is there."""
    services: Services = request.app.state.services
    if not _is_loopback(host_of(request)):
        raise NotFound
    with services.database.read() as connection:
        if has_accounts(connection):
            raise NotFound


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
