"""`organizations`: what they are called, who is in them, new workspaces."""

from collections.abc import Iterable
from typing import Any

from gnomon.model.account import Account, Invitation
from gnomon.model.catalog import UserGroup
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.workspaces import load_members, standings_of
from gnomon.tracking import organizations as tracking
from gnomon.tracking.invitations import open_invitations
from gnomon.tracking.organizations import House, house_of
from gnomon.tracking.refusals import Forbidden
from gnomon.web.track import workspaces
from gnomon.web.track.calls import OK, Call, Reply, Row
from gnomon.web.track.paths import ME, ORGANIZATION, V9
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import prices_for
from gnomon.wire.track_v9.me import PICTURE, organization_json
from gnomon.wire.track_v9.organization_lists import AskedUsers, asked_users
from gnomon.wire.track_v9.people import Place, invited_json, organization_user_json


def list_organizations(call: Call) -> Any:
    """Of the asker, by number."""
    standings = standings_of(call.connection, call.account.user_id)
    numbers = sorted({one.workspace.organization_id for one in standings})
    houses = [house_of(call.connection, call.account, one, call.now) for one in numbers]
    return [_told(call, house) for house in houses]


def read_organization(call: Call) -> Any:
    return _told(call, call.house)


def _told(call: Call, house: House) -> dict[str, Any]:
    people = {
        member.user_id
        for one in house.actors
        for member in load_members(call.connection, one.workspace_id)
        if member.is_active
    }
    return organization_json(house, len(people))


def add_organization(call: Call) -> Any:
    organization, workspace = tracking.found_organization(
        call.connection, call.account, call.given, call.now
    )
    return {
        "id": organization.organization_id,
        "name": organization.name,
        "permissions": None,
        "workspace_id": workspace.workspace_id,
        "workspace_name": workspace.name,
    }


def rename_organization(call: Call) -> Any:
    tracking.rename_organization(call.house, call.given)
    return OK


def add_workspace(call: Call) -> Any:
    return workspaces.told(call, tracking.add_workspace_to(call.house, call.given))


def list_organization_users(call: Call) -> Any:
    """For who is admin of one of its workspaces: of those that he belongs to. Invited people stand behind the others."""
    house = call.house
    if not any(actor.is_admin for actor in house.actors):
        raise Forbidden("User is not authorized to list the organization users")
    asked = asked_users(call.query)
    told = [
        organization_user_json(house, account, asked.places_of(places), call.base + PICTURE)
        for account, places in _people(call, house)
        if asked.wants_places(places)
    ]
    told += [invited_json(house, mine, call.base + PICTURE) for mine in _invited(house, asked)]
    found = asked.found(told)
    headers = {
        "X-Page": str(asked.page),
        "X-Page-Size": str(asked.per_page),
        "X-Total-Count": str(len(found)),
    }
    return Reply(asked.page_of(found), headers)


def _people(call: Call, house: House) -> Iterable[tuple[Account, list[Place]]]:
    found: dict[int, tuple[Account, list[Place]]] = {}
    for actor in house.actors:
        prices = prices_for(actor)
        groups = load_nouns(call.connection, actor.workspace_id, UserGroup)
        for member in load_members(call.connection, actor.workspace_id):
            mine = tuple(one for one in groups if member.user_id in one.user_ids)
            place = Place(actor, member, mine, prices)
            found.setdefault(member.user_id, (member.account, []))[1].append(place)
    return found.values()


def _invited(house: House, asked: AskedUsers) -> Iterable[list[Invitation]]:
    found: dict[int, list[Invitation]] = {}
    for one in open_invitations(house):
        if asked.workspace_ids is None or one.workspace_id in asked.workspace_ids:
            found.setdefault(one.invitation_id, []).append(one)
    return found.values() if asked.group_ids is None else ()


ROWS = (
    Row(
        "POST",
        f"{V9}/organizations",
        add_organization,
        "Found an organization with a workspace",
        payloads.ORGANIZATION,
        Touched.ALL,
    ),
    Row("GET", ORGANIZATION, read_organization, "An organization"),
    Row(
        "PUT",
        ORGANIZATION,
        rename_organization,
        "Rename an organization",
        payloads.ORGANIZATION,
        Touched.NO_COLUMN,
    ),
    Row(
        "GET",
        f"{ORGANIZATION}/users",
        list_organization_users,
        "People of an organization, invited ones too",
    ),
    Row(
        "POST",
        f"{ORGANIZATION}/workspaces",
        add_workspace,
        "Add a workspace",
        payloads.WORKSPACE,
        Touched.ALL,
    ),
    Row("GET", f"{ME}/organizations", list_organizations, "My organizations"),
)
