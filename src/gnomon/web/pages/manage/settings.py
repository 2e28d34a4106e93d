"""The workspace: its name, currency, rules and logo; for admins."""

from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.model.logo import BYTES_MAX, logo_media_type
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.changes import Touched
from gnomon.store.logos import put_logo, read_logo
from gnomon.tracking.rates import RateKey
from gnomon.tracking.workspaces import change_workspace
from gnomon.units.currencies import currency_choices
from gnomon.units.durations import ROUNDING_MINUTES, RoundingMode
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.pages.handling import find_guest, go, guarded, open_visit
from gnomon.web.pages.manage.rates import rate_box
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.uploads import read_upload
from gnomon.web.pages.visit import WORKSPACE, Go, NotFound, PageRow, View, Visit
from gnomon.web.respond import SAFE_HEADERS
from gnomon.web.services import Services
from gnomon.web.track.uploads import checked_logo
from gnomon.web.transactions import READING, WRITING

SETTINGS = f"{WORKSPACE}/settings"
LOGO = f"{SETTINGS}/logo"
SWITCHES = {
    "only_admins_see_billable_rates": "Only admins see rates and amounts",
    "only_admins_see_team_dashboard": "Members see only their own time",
    "only_admins_may_create_projects": "Only admins make projects and clients",
    "only_admins_may_create_tags": "Only admins make tags",
    "projects_billable_by_default": "New projects are billable",
    "projects_private_by_default": "New projects are private",
    "projects_enforce_billable": "The project decides what is billable",
}
MODES = {mode.value: mode.name.capitalize() for mode in RoundingMode}
ROOM_AROUND = 16 * 1024  # what a form needs besides the picture


def show_settings(visit: Visit) -> View:
    actor = visit.actor
    if not actor.is_admin:
        raise NotFound
    key = RateKey(kind=RateKind.BILLABLE, level=RateLevel.WORKSPACE)
    context = {
        "title": "Settings",
        "workspace": actor.workspace,
        "switches": SWITCHES,
        "modes": MODES,
        "minutes": {one: f"{one} min" if one else "None" for one in ROUNDING_MINUTES},
        "currency_choices": currency_choices(actor.workspace.default_currency),
        "rates": [rate_box(actor, key, "Hourly rate of the workspace")] if actor.sees_costs else [],
        "has_logo": read_logo(visit.connection, actor.workspace_id) is not None,
    }
    return View("manage/settings.html", context)


def change_settings(visit: Visit) -> Go:
    form = visit.form
    given: dict[str, Any] = {name: form.flag(name) for name in SWITCHES}
    given |= {
        "name": form.text("name"),
        "default_currency": form.text("default_currency") or None,
        "rounding": _number(form.text("rounding")),
        "rounding_minutes": _number(form.text("rounding_minutes")),
    }
    change_workspace(visit.actor, given)
    return Go(f"{visit.home}/settings", Notice("saved"))


def _number(text: str) -> int | None:
    """What is none is refused by the rules of the setting."""
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) <= len("1000") else None


def show_logo(visit: Visit) -> Response:
    image = read_logo(visit.connection, visit.actor.workspace_id)
    if image is None:
        raise NotFound
    headers = {**SAFE_HEADERS, "Cache-Control": "private, no-store"}
    return Response(image, media_type=logo_media_type(image), headers=headers)


def remove_logo(visit: Visit) -> Go:
    visit.actor.needs_admin()
    put_logo(visit.connection, visit.actor.workspace_id, None, visit.now)
    return Go(f"{visit.home}/settings", Notice("saved"))


UPLOAD = PageRow("POST", LOGO, lambda _: Go(""), "A new logo", Touched.WORKSPACE)


@guarded
async def change_logo(request: Request) -> Response:
    """The picture is looked at before anybody waits for the record."""
    services: Services = request.app.state.services
    check_announced_size(request, BYTES_MAX + ROOM_AROUND)
    guest = await to_thread.run_sync(find_guest, request, services, limiter=READING)
    raw = await read_body(request, BYTES_MAX + ROOM_AROUND)
    form, file = await read_upload(request, raw, guest)
    image = await checked_logo(file.content)

    def write(connection: Connection) -> str:
        visit = open_visit(UPLOAD, request, services, connection, guest, form)
        visit.actor.needs_admin()
        put_logo(connection, visit.actor.workspace_id, image, visit.now)
        return f"{visit.home}/settings"

    to = await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    return go(request, to, Notice("saved"))


ROWS = (
    PageRow("GET", SETTINGS, show_settings, "The workspace's settings"),
    PageRow("POST", SETTINGS, change_settings, "Change the settings", Touched.WORKSPACE),
    PageRow("GET", LOGO, show_logo, "The workspace's logo"),
    PageRow("POST", f"{LOGO}/delete", remove_logo, "Take the logo away", Touched.WORKSPACE),
)
