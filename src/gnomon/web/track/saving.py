"""The rules of saved reports: whose they are, who may change them, what goes with them (D10.1, D10.2)."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from gnomon.model.saved_report import SavedReport
from gnomon.store.ids import new_id
from gnomon.store.saved_reports import (
    add_report,
    find_reports,
    load_reports,
    put_report,
    replace_token,
)
from gnomon.store.schedules import end_schedules, load_schedules
from gnomon.store.secrets import SecretBox, new_token
from gnomon.web.track.asking import Member
from gnomon.wire.track_v9.errors import PublicNeedsAdmin, ReportHidden, SomeReportsHidden
from gnomon.wire.track_v9.saved_reports import Changes


def seen_reports(connection: Connection, member: Member) -> list[SavedReport]:
    """An admin's are all of the workspace, a member's his own."""
    reports = load_reports(connection, member.workspace_id)
    return [one for one in reports if _sees(member, one)]


def seen_report(connection: Connection, member: Member, report_id: int) -> SavedReport:
    """Foreign and unknown ones are told apart by nobody."""
    for report in find_reports(connection, member.workspace_id, [report_id]):
        if _sees(member, report):
            return report
    raise ReportHidden(report_id)


def seen_together(
    connection: Connection, member: Member, report_ids: Sequence[int]
) -> list[SavedReport]:
    """All of them, in the order asked, each once; raises when one is missing."""
    found = {
        one.report_id: one
        for one in find_reports(connection, member.workspace_id, report_ids)
        if _sees(member, one)
    }
    wanted = list(dict.fromkeys(report_ids))
    if len(found) < len(wanted):
        raise SomeReportsHidden(len(found), len(wanted))
    return [found[report_id] for report_id in wanted]


def _sees(member: Member, report: SavedReport) -> bool:
    return member.is_admin or report.owner_id == member.user_id


def make_report(
    connection: Connection,
    member: Member,
    box: SecretBox,
    given: Changes,
    at: int,
) -> SavedReport:
    if given.is_public and not member.is_admin:
        raise PublicNeedsAdmin
    token = new_token()
    report = SavedReport(
        workspace_id=member.workspace_id,
        report_id=new_id(connection, "saved_report"),
        owner_id=member.user_id,
        name=given.name or "",
        params=given.params or "{}",
        is_public=bool(given.is_public),
        has_fixed_days=bool(given.has_fixed_days),
        token_sealed=box.seal(token),
        created_at=at,
        updated_at=at,
        updated_by=member.user_id,
        password_hash=given.password_hash,
        expires_at=given.expires_at or None,
    )
    add_report(connection, report, token)
    return report


def change_report(
    connection: Connection,
    member: Member,
    box: SecretBox,
    report: SavedReport,
    given: Changes,
    at: int,
) -> SavedReport:
    """What was not given stays: so a member's report that an admin made public stays public when he changes it."""
    if given.is_public and not member.is_admin:
        raise PublicNeedsAdmin
    changed = replace(
        report,
        name=report.name if given.name is None else given.name,
        params=report.params if given.params is None else given.params,
        is_public=report.is_public if given.is_public is None else given.is_public,
        has_fixed_days=(
            report.has_fixed_days if given.has_fixed_days is None else given.has_fixed_days
        ),
        expires_at=report.expires_at if given.expires_at is None else given.expires_at or None,
        password_hash=report.password_hash if given.password is None else given.password_hash,
        updated_at=at,
        updated_by=member.user_id,
    )
    put_report(connection, changed)
    if given.regenerates_token:
        return replace(changed, token_sealed=replace_token(connection, box, changed))
    return changed


def delete_reports(
    connection: Connection, member: Member, reports: Sequence[SavedReport], at: int
) -> list[SavedReport]:
    """Their schedules go with them; their tokens stay known as spent."""
    ids = {report.report_id for report in reports}
    mine = load_schedules(connection, member.workspace_id)
    end_schedules(connection, [one for one in mine if one.report_id in ids], at)
    deleted = [
        replace(report, deleted_at=at, updated_at=at, updated_by=member.user_id)
        for report in reports
    ]
    for report in deleted:
        put_report(connection, report)
    return deleted
