"""The rules of schedules: who gets a report by mail, and when for the first time (SR26)."""

from sqlalchemy import Connection

from gnomon.delivery.calendar import first_delivery
from gnomon.model.saved_report import Schedule
from gnomon.store.catalog import load_catalog
from gnomon.store.ids import new_id
from gnomon.store.schedules import add_schedule
from gnomon.store.workspaces import load_members
from gnomon.web.track.asking import Member
from gnomon.wire.track_v9.scheduled_reports import NewSchedule, NoRecipients, NotAllRecipients


def check_recipients(connection: Connection, member: Member, given: NewSchedule) -> None:
    """Everybody who is named must be there, and somebody must have an address."""
    active = {
        one.account.user_id: one.account.email
        for one in load_members(connection, member.workspace_id)
        if one.is_active
    }
    groups = {
        one.user_group_id: one.user_ids
        for one in load_catalog(connection, member.workspace_id).user_groups
    }
    if not (given.user_ids or given.user_group_ids):
        raise NoRecipients
    if not (active.keys() >= set(given.user_ids) and groups.keys() >= set(given.user_group_ids)):
        raise NotAllRecipients
    named = {*given.user_ids, *(one for key in given.user_group_ids for one in groups[key])}
    if not any(active.get(one) for one in named):
        raise NoRecipients


def make_schedule(connection: Connection, member: Member, given: NewSchedule, at: int) -> Schedule:
    """Of a report that the member sees, to recipients that are checked."""
    schedule = Schedule(
        workspace_id=member.workspace_id,
        schedule_id=new_id(connection, "schedule"),
        report_id=given.report_id or 0,
        creator_id=member.user_id,
        frequency_days=given.frequency_days or 0,
        user_ids=given.user_ids,
        user_group_ids=given.user_group_ids,
        created_at=at,
        next_at=first_delivery(at, member.account.timezone),
    )
    add_schedule(connection, schedule)
    return schedule
