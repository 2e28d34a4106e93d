"""Organizations: founded, renamed, with more workspaces; who has what to say in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from gnomon.model.account import Account, Membership, Organization, Plan, Role, Workspace
from gnomon.store.changes import Touched, take_change
from gnomon.store.ids import new_id
from gnomon.store.organizations import (
    add_organization,
    find_organization,
    put_organization,
    workspaces_of,
)
from gnomon.store.workspaces import add_workspace, put_membership, standings_of
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Absent, BadChange, Forbidden
from gnomon.tracking.workspaces import (
    clean_workspace_name,
    needs_plan,
    set_default_rate,
    with_settings,
)

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 140
WORKSPACES_MAX = 20
DEFAULT_CURRENCY = "USD"  # until it is set (track-api-v9.md, workspace.Payload)


class OrganizationAbsent(Absent):
    """No such organization, or none of the asker's workspaces is in it: the same words for both."""

    def __init__(self) -> None:
        super().__init__("Organization not found/accessible")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An organization as one of its people acts in it; `actors` are his workspaces there."""

    connection: Connection
    account: Account
    organization: Organization
    workspaces: tuple[Workspace, ...]
    actors: tuple[Actor, ...]
    now: int

    @property
    def is_admin(self) -> bool:
        """An admin in every workspace of it."""
        admin_of = {actor.workspace_id for actor in self.actors if actor.is_admin}
        return admin_of == {one.workspace_id for one in self.workspaces}

    @property
    def is_owner(self) -> bool:
        return self.organization.owner_id == self.account.user_id

    def needs_admin(self, text: str) -> None:
        if not self.is_admin:
            raise Forbidden(text)

    def admin_actors(self, workspace_ids: "set[int] | None" = None) -> list[Actor]:
        """The asker as admin of each of them (None: of all where he is one); raises where he is not."""
        mine = {actor.workspace_id: actor for actor in self.actors if actor.is_admin}
        if workspace_ids is None:
            return list(mine.values())
        if workspace_ids - mine.keys():
            raise Forbidden("User does not have access to this resource")
        return [mine[one] for one in sorted(workspace_ids)]


def best_plan(workspaces: Iterable[Workspace]) -> Plan:
    """That an organization has: the best one of its workspaces."""
    return max((one.plan for one in workspaces), key=lambda plan: plan.rank)


def house_of(connection: Connection, account: Account, organization_id: int, now: int) -> House:
    """Raises `OrganizationAbsent` where the asker is no active member of any workspace of it."""
    organization = find_organization(connection, organization_id)
    actors = [
        Actor(
            connection=connection,
            account=account,
            workspace=standing.workspace,
            role=standing.role,
            now=now,
        )
        for standing in standings_of(connection, account.user_id)
        if standing.workspace.organization_id == organization_id
    ]
    if organization is None or not actors:
        raise OrganizationAbsent
    return House(
        connection=connection,
        account=account,
        organization=organization,
        workspaces=tuple(workspaces_of(connection, organization_id)),
        actors=tuple(actors),
        now=now,
    )


def writing(actor: Actor, touched: Touched) -> Actor:
    """The same actor with a change of the workspace taken."""
    number = take_change(actor.connection, actor.workspace_id, touched, actor.now)
    return replace(actor, change_number=number)


def found_organization(
    connection: Connection, account: Account, given: Given, now: int
) -> tuple[Organization, Workspace]:
    """With one workspace, of which the founder is the admin."""
    name = clean_organization_name(given.get("name"), "Field 'name' cannot be empty.")
    if given.get("workspace_name") is None:
        raise BadChange("workspace name must be provided")
    workspace_name = clean_workspace_name(given["workspace_name"])
    organization_id = new_id(connection, "organization")
    add_organization(connection, organization_id, name, now, account.user_id)
    actor = _found_workspace(connection, account, (organization_id, workspace_name), {}, now)
    organization = find_organization(connection, organization_id)
    assert organization is not None  # it was added above
    return organization, actor.workspace


def _found_workspace(
    connection: Connection,
    account: Account,
    named: tuple[int, str],
    given: Given,
    now: int,
    plan: Plan = Plan.ENTERPRISE,
) -> Actor:
    organization_id, name = named
    needs_plan(plan, given)
    workspace = with_settings(
        Workspace(
            workspace_id=new_id(connection, "workspace"),
            organization_id=organization_id,
            name=name,
            default_currency=DEFAULT_CURRENCY,
            plan=plan,
            updated_at=now,
        ),
        given,
    )
    add_workspace(connection, workspace, now)
    actor = Actor(
        connection=connection, account=account, workspace=workspace, role=Role.ADMIN, now=now
    )
    actor = writing(actor, Touched.ALL)
    put_membership(
        connection,
        Membership(
            workspace_id=workspace.workspace_id,
            user_id=account.user_id,
            role=Role.ADMIN,
            updated_at=now,
        ),
    )
    return actor


def clean_organization_name(name: str | None, empty: str) -> str:
    name = (name or "").strip()
    if not name:
        raise BadChange(empty)
    if len(name) > NAME_LENGTH_MAX:
        raise BadChange("organization name too long, maximum length is 140")
    return name


def rename_organization(house: House, given: Given) -> None:
    house.needs_admin("User is not authorized to update the organization")
    if given.get("name") is None:
        raise BadChange("At least one field is required")
    name = clean_organization_name(given["name"], "field 'name' cannot be empty")
    put_organization(house.connection, replace(house.organization, name=name, updated_at=house.now))


def add_workspace_to(house: House, given: Given) -> Actor:
    """The asker becomes its admin."""
    house.needs_admin("Forbidden")
    if given.get("name") is None:
        raise BadChange("workspace name must not be nil")
    name = clean_workspace_name(given["name"])
    if len(house.workspaces) >= WORKSPACES_MAX:
        raise BadChange(
            f"Organization {house.organization.name} can have a maximum of {WORKSPACES_MAX} workspaces"
        )
    if any(one.name == name for one in house.workspaces):
        raise BadChange("another workspace with same name exists in organization")
    named = (house.organization.organization_id, name)
    plan = best_plan(house.workspaces)
    actor = _found_workspace(house.connection, house.account, named, given, house.now, plan)
    set_default_rate(actor, given, None)
    return actor
