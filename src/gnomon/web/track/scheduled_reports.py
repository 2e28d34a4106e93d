"""`/api/v9/workspaces/{workspace_id}/scheduled_reports` (reports-api-v3.md, 10.2; SR26-SR28)."""

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.model.saved_report import Schedule
from gnomon.store.catalog import load_catalog
from gnomon.store.schedules import end_schedules, load_schedules
from gnomon.web.reports.asking import path_id
from gnomon.web.track.asking import Member, Refusals, json_answer, track_door
from gnomon.web.track.saving import seen_report
from gnomon.web.track.scheduling import check_recipients, make_schedule
from gnomon.wire.body import parse_json
from gnomon.wire.track_v9.errors import (
    ReportHidden,
    ScheduleHidden,
    ScheduleNotYours,
    SchedulesHidden,
    SchedulesOff,
)
from gnomon.wire.track_v9.scheduled_reports import (
    BadFrequency,
    BookmarkHidden,
    NewSchedule,
    NoMail,
    new_schedule,
    schedule_json,
)

REFUSALS = Refusals(SchedulesHidden, SchedulesOff)
DONE = "OK"


async def list_schedules(request: Request) -> Response:
    """An admin's are all of the workspace, a member's those that he made."""
    door = await track_door(request, REFUSALS)

    def read(connection: Connection, member: Member) -> Any:
        schedules = load_schedules(connection, member.workspace_id)
        return [schedule_json(one) for one in schedules if _may_end(member, one)]

    return json_answer(await door.read(read))


async def add_scheduled_report(request: Request) -> Response:
    door = await track_door(request, REFUSALS)
    payload = parse_json(door.body)

    def write(connection: Connection, member: Member) -> Any:
        given = _checked(connection, member, payload)
        if not door.services.can_mail:
            raise NoMail
        return schedule_json(make_schedule(connection, member, given, door.now))

    return json_answer(await door.write(write))


def _checked(connection: Connection, member: Member, payload: Any) -> NewSchedule:
    """In the order in which the vendor lists its refusals."""
    given = new_schedule(payload)
    try:
        seen_report(connection, member, given.report_id or 0)
    except ReportHidden:
        raise BookmarkHidden from None
    if given.frequency_days is None:
        raise BadFrequency
    check_recipients(connection, member, given)
    return given


async def end_scheduled_report(request: Request) -> Response:
    """A recipient may know of a schedule that he cannot end; for everybody else it is not there."""
    door = await track_door(request, REFUSALS)
    schedule_id = path_id(request, "report")

    def write(connection: Connection, member: Member) -> Any:
        schedules = load_schedules(connection, member.workspace_id)
        wanted = next((one for one in schedules if one.schedule_id == schedule_id), None)
        if wanted is None:
            raise ScheduleHidden
        if not _may_end(member, wanted):
            raise ScheduleNotYours if _gets(connection, member, wanted) else ScheduleHidden
        end_schedules(connection, [wanted], door.now)
        return DONE

    return json_answer(await door.write(write))


def _may_end(member: Member, schedule: Schedule) -> bool:
    return member.is_admin or schedule.creator_id == member.user_id


def _gets(connection: Connection, member: Member, schedule: Schedule) -> bool:
    groups = load_catalog(connection, member.workspace_id).user_groups
    return member.user_id in schedule.user_ids or any(
        group.user_group_id in schedule.user_group_ids and member.user_id in group.user_ids
        for group in groups
    )
