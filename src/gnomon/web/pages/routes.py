"""The pages as rows of the route table."""

from gnomon.model.saved_report import ReportType
from gnomon.web.pages import importing, profile
from gnomon.web.pages.arriving import invitation, passwords, setup
from gnomon.web.pages.assets import PATH as ASSET
from gnomon.web.pages.assets import read_asset
from gnomon.web.pages.handling import Handler, page
from gnomon.web.pages.manage import clients, people, project, projects, rates, settings
from gnomon.web.pages.reports.pages import report_file, report_page
from gnomon.web.pages.saved import pages as saved
from gnomon.web.pages.saved.public import (
    SHARED,
    read_shared_logo,
    shared_file,
    show_shared,
    unlock_shared,
)
from gnomon.web.pages.sessions import enter, show_sign_in, sign_in, sign_out
from gnomon.web.pages.timer import pages as timer
from gnomon.web.pages.visit import WORKSPACE, PageRow
from gnomon.web.route_row import RouteRow
from gnomon.wire.reports_v3.files import FileKind

ROWS: tuple[PageRow, ...] = (
    *timer.ROWS,
    *profile.ROWS,
    *saved.ROWS,
    *projects.ROWS,
    *project.ROWS,
    *clients.ROWS,
    *people.ROWS,
    *rates.ROWS,
    *settings.ROWS,
    *importing.ROWS,
)


def _row(
    method: str, path: str, handler: Handler, summary: str, *, is_public: bool = False
) -> RouteRow:
    return RouteRow(method, path, handler, summary, is_public=is_public, is_page=True)


def _arriving() -> list[RouteRow]:
    told = (
        (
            "/forgotten-password",
            passwords.show_forgotten,
            passwords.forget_password,
            "Ask for a new password by mail",
        ),
        (
            "/reset-password/{reset_code}",
            passwords.show_reset,
            passwords.reset,
            "Set a new password",
        ),
        (
            "/invitation/{invitation_code}",
            invitation.show_invitation,
            invitation.accept_invitation,
            "Join by an invitation",
        ),
        ("/setup", setup.show_setup, setup.set_up, "The very first start"),
    )
    return [
        _row(method, path, handler, summary, is_public=True)
        for path, show, do, summary in told
        for method, handler in (("GET", show), ("POST", do))
    ]


def _reports() -> list[RouteRow]:
    rows = []
    for one in ReportType:
        path = f"{WORKSPACE}/reports/{one}"
        rows.append(_row("GET", path, report_page(one), f"The {one} report"))
        rows += [
            _row("GET", f"{path}.{kind}", report_file(one, kind), f"The {one} report as {kind}")
            for kind in FileKind
        ]
    return rows


PAGE_ROUTES = (
    _row("GET", "/", enter, "To the timer, or to where one signs in", is_public=True),
    _row("GET", "/sign-in", show_sign_in, "Where one signs in", is_public=True),
    _row("POST", "/sign-in", sign_in, "Sign in", is_public=True),
    _row("POST", "/sign-out", sign_out, "Sign out"),
    *_arriving(),
    *_reports(),
    *(_row(row.method, row.path, page(row), row.summary) for row in ROWS),
    _row("POST", importing.IMPORT, importing.look_at_file, importing.LOOK.summary),
    _row("POST", settings.LOGO, settings.change_logo, settings.UPLOAD.summary),
    _row("GET", SHARED, show_shared, "A shared report", is_public=True),
    _row("POST", SHARED, unlock_shared, "Its password", is_public=True),
    *(
        _row(
            "GET",
            f"{SHARED}/{kind}",
            shared_file(kind),
            f"A shared report as {kind}",
            is_public=True,
        )
        for kind in FileKind
    ),
    _row("GET", f"{SHARED}/logo", read_shared_logo, "Whose report it is", is_public=True),
    _row("GET", ASSET, read_asset, "Style, script and pictures", is_public=True),
)
