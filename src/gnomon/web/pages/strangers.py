"""Forms of who is not signed in: a cookie of the browser's own stands where a session would (R3)."""

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from gnomon.tracking.refusals import Forbidden
from gnomon.web.cookies import CODE_LENGTH_MAX, is_own, put_cookie
from gnomon.web.pages import csrf
from gnomon.web.pages.forms import Form
from gnomon.web.pages.handling import shown
from gnomon.web.pages.visit import View

NAME = "gnomon-form"
SEED_BYTES = 16


def shown_to_stranger(request: Request, view: View, context: Mapping[str, Any]) -> Response:
    """With the text that the form has to bring back."""
    seed = _seed(request)
    known = seed or secrets.token_urlsafe(SEED_BYTES)
    response = shown(request, view, {"form_token": csrf.form_token(known), **context})
    if not seed:
        put_cookie(response, request, NAME, known)
    return response


def check_stranger(request: Request, form: Form) -> None:
    """The browser says that the form is ours, and the form knows what only a page of ours told this browser."""
    seed = _seed(request)
    if not is_own(request) or not seed or not csrf.is_form_token(seed, form.raw(csrf.FIELD)):
        raise Forbidden("This form is too old, or it came from elsewhere. Load the page again.")


def _seed(request: Request) -> str:
    seed = request.cookies.get(NAME, "")
    return seed if len(seed) <= CODE_LENGTH_MAX else ""
