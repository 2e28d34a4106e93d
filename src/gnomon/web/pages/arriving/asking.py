"""What the forms of newcomers have in common: fields that come back when they are refused, and how somebody comes in."""

from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.store.accounts import find_account
from gnomon.web.newcomers import Join
from gnomon.web.pages.forms import Form
from gnomon.web.pages.strangers import shown_to_stranger
from gnomon.web.pages.visit import View
from gnomon.web.services import Services
from gnomon.web.transactions import WRITING
from gnomon.wire.statuses import status_of

NOTHING = Form()


def asked(
    request: Request,
    template: str,
    context: dict[str, Any],
    typed: Form = NOTHING,
    error: BadData | None = None,
) -> Response:
    """A form; one that was refused with the reason and with what was typed, but for passwords."""
    view = View(template, status=200 if error is None else status_of(error))
    told = {**context, "typed": typed, "problem": str(error or "")}
    return shown_to_stranger(request, view, told)


async def come_in(services: Services, join: Join) -> Account:
    def write(connection: Connection) -> Account:
        account = find_account(connection, join(connection, int(services.seconds())))
        assert account is not None  # it has just joined
        return account

    return await to_thread.run_sync(services.database.write, write, limiter=WRITING)
