"""The routes of the Track API v9: those that are plain functions of a call, and those that need the request itself."""

from collections.abc import Iterator

from gnomon.web.route_row import RouteRow
from gnomon.web.track import (
    clients,
    entries,
    groups,
    invitations,
    organizations,
    people,
    profile,
    project_people,
    projects,
    public,
    rates,
    saved_reports,
    scheduled_reports,
    secrets,
    tags,
    tasks,
    workspaces,
)
from gnomon.web.track.handling import handler
from gnomon.web.track.paths import ME, V9
from gnomon.wire.track_v9 import payloads

FAMILIES = (
    profile,
    entries,
    workspaces,
    people,
    clients,
    projects,
    project_people,
    tasks,
    tags,
    groups,
    organizations,
    invitations,
    rates,
)
CODE = f"{V9}/organizations/invitations/{{invitation_code}}"
SAVED = f"{V9}/workspaces/{{workspace_id}}/reports/shared"
SCHEDULED = f"{V9}/workspaces/{{workspace_id}}/scheduled_reports"
OWN_ROWS = (
    RouteRow("PUT", ME, secrets.change_me, "Change my profile", payloads.ME),
    RouteRow("POST", f"{ME}/sessions", secrets.add_session, "Sign a browser in"),
    RouteRow("DELETE", f"{ME}/sessions", secrets.end_session, "Sign a browser out"),
    RouteRow(
        "POST",
        f"{ME}/lost_passwords",
        secrets.lose_password,
        "Ask for a link to set a new password",
        payloads.LOST_PASSWORD,
        is_public=True,
    ),
    RouteRow(
        "POST",
        f"{ME}/lost_passwords/confirm",
        secrets.confirm_password,
        "Set a new password with such a link",
        payloads.NEW_PASSWORD,
        is_public=True,
    ),
    RouteRow("GET", CODE, invitations.read_invitation, "What I am invited to", is_public=True),
    RouteRow(
        "POST",
        f"{CODE}/accept",
        invitations.accept_invitation,
        "Accept an invitation",
        payloads.INVITED,
        is_public=True,
    ),
    RouteRow("POST", f"{CODE}/reject", invitations.refuse_invitation, "Refuse it", is_public=True),
    RouteRow("GET", f"{V9}/status", public.read_status, "Is the API up?", is_public=True),
    RouteRow("GET", f"{V9}/currencies", public.list_currencies, "All currencies", is_public=True),
    RouteRow("GET", f"{V9}/countries", public.list_countries, "All countries", is_public=True),
    RouteRow("GET", f"{V9}/timezones", public.list_timezones, "All time zones", is_public=True),
    RouteRow("GET", f"{V9}/keys", public.list_keys, "Keys of signed tokens: none", is_public=True),
    RouteRow("GET", SAVED, saved_reports.list_saved_reports, "List saved reports"),
    RouteRow("POST", SAVED, saved_reports.add_saved_report, "Save a report"),
    RouteRow("PUT", SAVED, saved_reports.change_saved_reports, "Change many saved reports"),
    RouteRow(
        "PATCH",
        f"{SAVED}/bulk_delete",
        saved_reports.delete_saved_reports,
        "Delete many saved reports",
    ),
    RouteRow(
        "GET", f"{SAVED}/{{report_id}}", saved_reports.read_saved_report, "Read a saved report"
    ),
    RouteRow(
        "PUT", f"{SAVED}/{{report_id}}", saved_reports.change_saved_report, "Change a saved report"
    ),
    RouteRow(
        "DELETE",
        f"{SAVED}/{{report_id}}",
        saved_reports.delete_saved_report,
        "Delete a saved report",
    ),
    RouteRow("GET", SCHEDULED, scheduled_reports.list_schedules, "List scheduled reports"),
    RouteRow(
        "POST", SCHEDULED, scheduled_reports.add_scheduled_report, "Mail a saved report regularly"
    ),
    RouteRow(
        "DELETE",
        f"{SCHEDULED}/{{report_id}}",
        scheduled_reports.end_scheduled_report,
        "End a scheduled report",
    ),
)


def _rows() -> Iterator[RouteRow]:
    for family in FAMILIES:
        for row in family.ROWS:
            yield RouteRow(row.method, row.path, handler(row), row.summary, row.body)
    yield from OWN_ROWS


TRACK_ROUTES = tuple(_rows())
