"""`users` and `workspace_users`: who is in a workspace, with what role and rate."""

from collections.abc import Iterable, Sequence
from typing import Any

from gnomon.model.account import Role
from gnomon.model.catalog import UserGroup
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.organizations import workspaces_of
from gnomon.store.workspaces import Member, load_members
from gnomon.tracking import people as tracking
from gnomon.tracking.rates import RateKey
from gnomon.tracking.refusals import Absent, BadChange, Forbidden
from gnomon.web.track.calls import OK, Call, Row
from gnomon.web.track.paths import ORGANIZATION, WORKSPACE
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import prices_for
from gnomon.wire.track_v9.people import user_json, workspace_user_json
from gnomon.wire.track_v9.queries import contains, flag, integer, maybe_flag

PER_PAGE, PER_PAGE_MAX = 50, 10_000


def list_users(call: Call) -> Any:
    leaves_out = flag(call.query, "exclude_deleted")
    members = tracking.members_of(call.actor)
    return [user_json(one) for one in members if one.is_active or not leaves_out]


def change_user(call: Call) -> Any:
    member = tracking.find_member(call.actor, call.number("user"), by_user=True)
    if member is None:
        raise Absent("User not found")
    tracking.change_member(call.actor, member, call.given)
    return OK


def list_workspace_users(call: Call) -> Any:
    return _told(call, tracking.members_of(call.actor))


def list_workspace_users_by_page(call: Call) -> Any:
    """The organization's form of the list: filtered, page by page."""
    name, search = call.query.get("name"), call.query.get("search")
    active, custom = maybe_flag(call.query, "active"), maybe_flag(call.query, "custom_rates")
    found = [
        one
        for one in tracking.members_of(call.actor)
        if contains(one.account.name, name)
        and (contains(one.account.name, search) or contains(one.account.email or "", search))
        and (active is None or one.is_active == active)
        and (custom is None or _has_custom_rate(call, one) == custom)
    ]
    per_page = integer(call.query, "per_page", 1, PER_PAGE_MAX) or PER_PAGE
    first = ((integer(call.query, "page", 1) or 1) - 1) * per_page
    return _told(call, found[first : first + per_page])


def _told(call: Call, members: Iterable[Member]) -> list[dict[str, Any]]:
    prices = prices_for(call.actor)
    groups: Sequence[UserGroup] = load_nouns(call.connection, call.actor.workspace_id, UserGroup)
    admins = _organization_admins(call)
    return [
        workspace_user_json(
            call.actor, one, groups, prices, is_organization_admin=one.user_id in admins
        )
        for one in members
    ]


def _organization_admins(call: Call) -> set[int]:
    """Who is admin in each workspace of the organization."""
    everywhere = [
        {
            member.user_id
            for member in load_members(call.connection, one.workspace_id)
            if member.is_active and member.role is Role.ADMIN
        }
        for one in workspaces_of(call.connection, call.actor.workspace.organization_id)
    ]
    return set.intersection(*everywhere) if everywhere else set()


def _has_custom_rate(call: Call, member: Member) -> bool:
    key = RateKey(kind=RateKind.BILLABLE, level=RateLevel.WORKSPACE_USER, user_id=member.user_id)
    return prices_for(call.actor).of(key)[0] is not None


def change_workspace_user(call: Call) -> Any:
    member = tracking.find_member(call.actor, call.number("workspace_user"))
    if member is None:
        raise BadChange("Workspace user not found/accessible by user")
    tracking.change_member(call.actor, member, call.given)
    return OK


def remove_workspace_user(call: Call) -> Any:
    """He is deactivated: what he tracked stays his."""
    member = tracking.find_member(call.actor, call.number("workspace_user"))
    if member is None:
        raise Forbidden("Workspace user is not found or accessible")
    tracking.deactivate(call.actor, member)
    return OK


ROWS = (
    Row("GET", f"{WORKSPACE}/users", list_users, "People of a workspace"),
    Row(
        "PUT",
        f"{WORKSPACE}/users/{{user_id}}",
        change_user,
        "Change somebody's place in a workspace",
        payloads.WORKSPACE_USER,
        Touched.PEOPLE,
    ),
    Row(
        "GET",
        f"{WORKSPACE}/workspace_users",
        list_workspace_users,
        "Members of a workspace with roles and rates",
    ),
    Row(
        "PUT",
        f"{WORKSPACE}/workspace_users/{{workspace_user_id}}",
        change_workspace_user,
        "Change a member's role, rate or activity",
        payloads.WORKSPACE_USER,
        Touched.PEOPLE,
    ),
    Row(
        "DELETE",
        f"{WORKSPACE}/workspace_users/{{workspace_user_id}}",
        remove_workspace_user,
        "Deactivate a member",
        touched=Touched.PEOPLE,
    ),
    Row(
        "GET",
        f"{ORGANIZATION}/workspaces/{{workspace_id}}/workspace_users",
        list_workspace_users_by_page,
        "Members of a workspace, filtered and by page",
    ),
)
