"""`/forgotten-password` and `/reset-password/{reset_code}`: a new password by mail."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.tracking.profile import checked_email
from gnomon.tracking.refusals import BadChange, ResetCodeUnknown
from gnomon.web.pages.arriving.asking import asked
from gnomon.web.pages.handling import given_form, go, guarded
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.strangers import check_stranger
from gnomon.web.pages.visit import NotFound
from gnomon.web.services import Services
from gnomon.web.track.secrets import is_reset_open, offered_reset, spend_reset
from gnomon.web.transactions import READING

FORGOTTEN = "arriving/forgotten.html"
RESET = "arriving/reset.html"


@guarded
async def show_forgotten(request: Request) -> Response:
    return asked(request, FORGOTTEN, {})


@guarded
async def forget_password(request: Request) -> Response:
    """The same answer for every address."""
    services: Services = request.app.state.services
    form = await given_form(request)
    check_stranger(request, form)
    try:
        email = checked_email(form.text("email"))
    except BadChange as error:
        return asked(request, FORGOTTEN, {}, form, error)
    mail = await offered_reset(services, email)
    response = go(request, "/sign-in", Notice("mail-sent"))
    response.background = mail
    return response


@guarded
async def show_reset(request: Request) -> Response:
    services: Services = request.app.state.services
    code = request.path_params["reset_code"]
    if not await to_thread.run_sync(is_reset_open, services, code, limiter=READING):
        raise NotFound
    return asked(request, RESET, {"here": request.url.path})


@guarded
async def reset(request: Request) -> Response:
    services: Services = request.app.state.services
    form = await given_form(request)
    check_stranger(request, form)
    code = request.path_params["reset_code"]
    try:
        await spend_reset(request, services, code, form.raw("password"))
    except ResetCodeUnknown:
        raise NotFound from None
    except BadChange as error:
        return asked(request, RESET, {"here": request.url.path}, form, error)
    return go(request, "/sign-in", Notice("password-set"))
