"""`/w/{workspace_id}/saved`: the list of saved reports, and each with its link and settings."""

from dataclasses import replace
from typing import Any

from gnomon.model.account import Plan
from gnomon.model.saved_report import SavedReport
from gnomon.store.accounts import find_account
from gnomon.store.changes import Touched
from gnomon.store.schedules import end_schedules, load_schedules
from gnomon.store.workspaces import load_members
from gnomon.tracking.refusals import BadChange
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.reports.address import address_of_params
from gnomon.web.pages.reports.options import PERIODS
from gnomon.web.pages.saved.params import expiry, hashed, hiding, new_params
from gnomon.web.pages.visit import WORKSPACE, Go, NotFound, PageRow, View, Visit
from gnomon.web.track.asking import Member
from gnomon.web.track.calls import base_of, link_base
from gnomon.web.track.saving import (
    change_report,
    delete_reports,
    make_report,
    seen_report,
    seen_reports,
)
from gnomon.web.track.scheduling import check_recipients, make_schedule
from gnomon.wire.reports_v3.saved import report_type_of, saved_params
from gnomon.wire.track_v9.errors import ReportHidden, SavedReportsOff
from gnomon.wire.track_v9.saved_reports import changed_report, new_report
from gnomon.wire.track_v9.scheduled_reports import NewSchedule

SAVED = f"{WORKSPACE}/saved"
ONE = f"{SAVED}/{{report_id}}"
FREQUENCIES = {"daily": 1, "weekly": 7, "monthly": 30}


def member_of(visit: Visit) -> Member:
    actor = visit.actor
    if actor.workspace.plan is Plan.FREE:
        raise SavedReportsOff
    return Member(actor.account, actor.workspace_id, actor.role)


def _report(visit: Visit) -> SavedReport:
    try:
        return seen_report(visit.connection, member_of(visit), visit.number("report"))
    except ReportHidden:
        raise NotFound from None


def list_saved(visit: Visit) -> View:
    reports = seen_reports(visit.connection, member_of(visit))
    scheduled = {
        one.report_id for one in load_schedules(visit.connection, visit.actor.workspace_id)
    }
    told = [_told(visit, one, is_scheduled=one.report_id in scheduled) for one in reports]
    told.sort(key=lambda one: (one["report"].name.casefold(), one["report"].report_id))
    return View("saved/list.html", {"title": "Saved reports", "reports": told})


def _told(visit: Visit, report: SavedReport, *, is_scheduled: bool) -> dict[str, Any]:
    params = saved_params(report)
    kind = report_type_of(params).value
    period = str(params.get("period") or "")
    return {
        "report": report,
        "kind": kind,
        "days": {str(one): told for one, told in PERIODS.items()}.get(period, period)
        if period and not report.has_fixed_days
        else f"{params.get('start_date', '')} \N{EN DASH} {params.get('end_date', '')}",
        "address": f"{visit.home}/reports/{kind}?{address_of_params(params)}",
        "link": _link(visit, report),
        "is_open": report.is_open(visit.now),
        "is_scheduled": is_scheduled,
        "owner": find_account(visit.connection, report.owner_id),
    }


def _link(visit: Visit, report: SavedReport) -> str:
    token = visit.services.box.open(report.token_sealed)
    base = link_base(visit.services, base_of(visit.request))
    return f"{base}/shared-report/{token}" if token else ""


def save(visit: Visit) -> Go:
    form = visit.form
    given = new_report(
        {
            "name": form.text("name"),
            "public": form.flag("public"),
            "fixed_daterange": form.text("days") != "relative",
            "params": new_params(form, visit.account),
            "expires_at": expiry(form, visit.account),
        }
    )
    given = replace(given, password_hash=visit.prepared.password_hash)
    report = make_report(visit.connection, member_of(visit), visit.services.box, given, visit.now)
    return Go(f"{visit.home}/saved/{report.report_id}", Notice("report-saved"))


def show_saved(visit: Visit) -> View:
    report = _report(visit)
    workspace_id = visit.actor.workspace_id
    schedules = [
        one
        for one in load_schedules(visit.connection, workspace_id)
        if one.report_id == report.report_id
    ]
    people = [one for one in load_members(visit.connection, workspace_id) if one.is_active]
    names = {one.user_id: one.account.name for one in people}
    context = {
        "title": report.name,
        "told": _told(visit, report, is_scheduled=bool(schedules)),
        "report": report,
        "params": saved_params(report),
        "schedules": schedules,
        "people": [one for one in people if one.account.email],
        "names": names,
        "frequencies": {number: name.capitalize() for name, number in FREQUENCIES.items()},
        "can_mail": visit.services.can_mail,
        "expires": _expires(visit, report),
    }
    return View("saved/one.html", context)


def _expires(visit: Visit, report: SavedReport) -> str:
    """The last day on which it is open, where the visitor is."""
    if report.expires_at is None:
        return ""
    return visit.reader.local(report.expires_at - 1).date().isoformat()


def change_saved(visit: Visit) -> Go:
    """An empty password leaves the one that is; a tick takes it away."""
    report, form = _report(visit), visit.form
    payload: dict[str, Any] = {
        "name": form.text("name"),
        "params": {**saved_params(report), **hiding(form)},
    }
    if form.text("expires") != _expires(visit, report):
        payload["expires_at"] = expiry(form, visit.account)
    if visit.actor.is_admin:
        payload["public"] = form.flag("public")
    given = changed_report(payload)
    if visit.prepared.password_hash:
        given = replace(
            given,
            password=form.raw("password"),
            password_hash=visit.prepared.password_hash,
        )
    elif form.flag("no_password"):
        given = replace(given, password="")
    change_report(visit.connection, member_of(visit), visit.services.box, report, given, visit.now)
    return Go(f"{visit.home}/saved/{report.report_id}", Notice("saved"))


def renew_link(visit: Visit) -> Go:
    report = _report(visit)
    given = changed_report({"regenerate_token": True})
    change_report(visit.connection, member_of(visit), visit.services.box, report, given, visit.now)
    return Go(f"{visit.home}/saved/{report.report_id}", Notice("link-new"))


def delete_saved(visit: Visit) -> Go:
    delete_reports(visit.connection, member_of(visit), [_report(visit)], visit.now)
    return Go(f"{visit.home}/saved", Notice("deleted"))


def schedule(visit: Visit) -> Go:
    report, member = _report(visit), member_of(visit)
    if not visit.services.can_mail:
        raise BadChange("This server sends no mail: GNOMON_SMTP_URL is not set.")
    frequency = FREQUENCIES.get(visit.form.text("frequency"))
    if frequency is None:
        raise BadChange("Choose how often it is sent.")
    given = NewSchedule(
        report_id=report.report_id,
        frequency_days=frequency,
        user_ids=tuple(sorted(set(visit.form.numbers("people", "A person")))),
        user_group_ids=(),
    )
    check_recipients(visit.connection, member, given)
    make_schedule(visit.connection, member, given, visit.now)
    return Go(f"{visit.home}/saved/{report.report_id}", Notice("saved"))


def unschedule(visit: Visit) -> Go:
    report, actor = _report(visit), visit.actor
    mine = [
        one
        for one in load_schedules(visit.connection, actor.workspace_id)
        if one.report_id == report.report_id and (actor.is_admin or one.creator_id == actor.user_id)
    ]
    end_schedules(visit.connection, mine, visit.now)
    return Go(f"{visit.home}/saved/{report.report_id}", Notice("saved"))


NOTHING = Touched.NO_COLUMN
ROWS = (
    PageRow("GET", SAVED, list_saved, "The saved reports"),
    PageRow("POST", SAVED, save, "Save a report", NOTHING, prepare=hashed),
    PageRow("GET", ONE, show_saved, "A saved report and its link"),
    PageRow("POST", ONE, change_saved, "Change a saved report", NOTHING, prepare=hashed),
    PageRow("POST", f"{ONE}/new-link", renew_link, "A new link; the old one dies", NOTHING),
    PageRow("POST", f"{ONE}/delete", delete_saved, "Delete a saved report", NOTHING),
    PageRow("POST", f"{ONE}/schedule", schedule, "Mail it regularly", NOTHING),
    PageRow("POST", f"{ONE}/unschedule", unschedule, "Mail it no more", NOTHING),
)
