"""Schedules whose morning has come become mails to be sent."""

from sqlalchemy import Connection

from gnomon.delivery.calendar import first_delivery, is_morning, next_delivery
from gnomon.errors import BadData
from gnomon.model.account import Plan
from gnomon.model.saved_report import Schedule
from gnomon.store.catalog import load_catalog
from gnomon.store.deliveries import make_due
from gnomon.store.workspaces import Member, find_workspace, load_members
from gnomon.units.dates import zone_of

FALLBACK_ZONE = "UTC"


def make_mails_due(connection: Connection, schedule: Schedule, now: int) -> None:
    """One for each recipient, and the next turn, in one transaction.

    A creator who has moved to another zone gets his six o'clock there; one who has left sends nothing any more.
    """
    members = [one for one in load_members(connection, schedule.workspace_id) if one.is_active]
    creator = next((one for one in members if one.account.user_id == schedule.creator_id), None)
    zone = known_zone(creator.account.timezone if creator else FALLBACK_ZONE)
    if creator is not None and not is_morning(schedule.next_at, zone):
        make_due(connection, schedule, (), first_delivery(schedule.next_at, zone))
        return
    turn = next_delivery(schedule.next_at, schedule.frequency_days, now, zone)
    reached = _reached(connection, schedule, members) if creator else ()
    make_due(connection, schedule, reached, turn)


def known_zone(name: str) -> str:
    """One that another host knew may be unknown here; its schedules must not keep all others waiting."""
    try:
        zone_of(name)
    except BadData:
        return FALLBACK_ZONE
    return name


def _reached(connection: Connection, schedule: Schedule, members: list[Member]) -> list[int]:
    """Active people with an address; nobody on the vendor's free plan, which has no schedules."""
    workspace = find_workspace(connection, schedule.workspace_id)
    if workspace is None or workspace.plan is Plan.FREE:
        return []
    named = set(schedule.user_ids)
    for group in load_catalog(connection, schedule.workspace_id).user_groups:
        if group.user_group_id in schedule.user_group_ids:
            named.update(group.user_ids)
    people = [one.account for one in members if one.account.user_id in named]
    return [one.user_id for one in people if one.email]
