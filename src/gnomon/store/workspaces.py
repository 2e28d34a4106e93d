"""Organizations, workspaces and who belongs to them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from gnomon.model.account import Account, Membership, Plan, Role, Workspace
from gnomon.store.accounts import account_of
from gnomon.store.ids import new_id
from gnomon.store.memory import forget_rights, memory_of
from gnomon.store.prepared import Prepared
from gnomon.store.schema import accounts, memberships, workspaces
from gnomon.units.durations import RoundingMode

SWITCHES = (
    "only_admins_see_billable_rates",
    "only_admins_see_team_dashboard",
    "only_admins_may_create_projects",
    "only_admins_may_create_tags",
    "projects_billable_by_default",
    "projects_private_by_default",
    "projects_enforce_billable",
    "reports_collapse",
)


def add_workspace(connection: Connection, workspace: Workspace, at: int) -> None:
    forget_rights(connection)
    connection.execute(
        insert(workspaces).values(
            **{**_values_of(workspace), "updated_at": at}, change_number=0, created_at=at
        )
    )


def put_workspace(connection: Connection, workspace: Workspace) -> None:
    """Change the settings of a workspace; its change number is `take_change`'s business."""
    forget_rights(connection)
    connection.execute(
        update(workspaces)
        .where(workspaces.c.workspace_id == workspace.workspace_id)
        .values(**_values_of(workspace))
    )


def find_workspace(connection: Connection, workspace_id: int) -> Workspace | None:
    row = connection.execute(
        select(workspaces).where(workspaces.c.workspace_id == workspace_id)
    ).one_or_none()
    return None if row is None else workspace_of(row)


def all_workspace_ids(connection: Connection) -> list[int]:
    return list(
        connection.scalars(select(workspaces.c.workspace_id).order_by(workspaces.c.workspace_id))
    )


def workspace_of(row: Row[Any]) -> Workspace:
    return Workspace(
        workspace_id=row.workspace_id,
        organization_id=row.organization_id,
        name=row.name,
        default_currency=row.default_currency,
        plan=Plan(row.plan),
        rounding_minutes=row.rounding_minutes,
        rounding_mode=RoundingMode(row.rounding_mode),
        created_at=row.created_at,
        updated_at=row.updated_at,
        **{name: getattr(row, name) for name in SWITCHES},
    )


def _values_of(workspace: Workspace) -> dict[str, object]:
    return {
        "workspace_id": workspace.workspace_id,
        "organization_id": workspace.organization_id,
        "name": workspace.name,
        "default_currency": workspace.default_currency,
        "plan": str(workspace.plan),
        "rounding_minutes": workspace.rounding_minutes,
        "rounding_mode": int(workspace.rounding_mode),
        "updated_at": workspace.updated_at,
        **{name: getattr(workspace, name) for name in SWITCHES},
    }


def put_membership(connection: Connection, membership: Membership) -> None:
    """Make or change a membership; its number is given once and stays."""
    forget_rights(connection)
    here = (memberships.c.workspace_id == membership.workspace_id) & (
        memberships.c.user_id == membership.user_id
    )
    values = {
        "role": str(membership.role),
        "is_active": membership.is_active,
        "updated_at": membership.updated_at,
    }
    if not connection.execute(update(memberships).where(here).values(values)).rowcount:
        connection.execute(
            insert(memberships).values(
                workspace_id=membership.workspace_id,
                user_id=membership.user_id,
                workspace_user_id=new_id(connection, "workspace_user"),
                **values,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account as a member of one workspace."""

    account: Account
    role: Role
    is_active: bool
    workspace_user_id: int
    updated_at: int

    @property
    def user_id(self) -> int:
        return self.account.user_id


def load_members(connection: Connection, workspace_id: int) -> list[Member]:
    """All members, deactivated ones too, by ascending user id."""
    rows = connection.execute(
        select(
            accounts,
            memberships.c.role,
            memberships.c.is_active,
            memberships.c.workspace_user_id,
            memberships.c.updated_at.label("joined_at"),
        )
        .join(memberships, memberships.c.user_id == accounts.c.user_id)
        .where(memberships.c.workspace_id == workspace_id)
        .order_by(accounts.c.user_id)
    )
    return [
        Member(
            account=account_of(row),
            role=Role(row.role),
            is_active=row.is_active,
            workspace_user_id=row.workspace_user_id,
            updated_at=row.joined_at,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stands in a workspace: with what role, and at which change the workspace is."""

    workspace: Workspace
    role: Role
    change_number: int


_STANDING = Prepared(
    select(workspaces, memberships.c.role)
    .join(memberships, memberships.c.workspace_id == workspaces.c.workspace_id)
    .where(
        workspaces.c.workspace_id == bindparam("workspace_id"),
        memberships.c.user_id == bindparam("user_id"),
        memberships.c.is_active.is_(True),
    )
)


def find_standing(connection: Connection, workspace_id: int, user_id: int) -> Standing | None:
    """None where there is no such workspace or the user is no active member: the asker cannot tell (D9.2)."""
    asked = {"workspace_id": workspace_id, "user_id": user_id}
    row = _STANDING.one(connection, asked)
    if row is None:
        return None
    return Standing(
        workspace=workspace_of(row), role=Role(row.role), change_number=row.change_number
    )


def find_rights(connection: Connection, workspace_id: int, user_id: int) -> Standing | None:
    """The same for who writes one change after the other: the change number may be an old one."""
    memory = memory_of(connection)
    if memory is None:
        return find_standing(connection, workspace_id, user_id)
    known = memory.rights.get((workspace_id, user_id))
    if known is None:
        known = find_standing(connection, workspace_id, user_id)
        if known is not None:
            memory.rights[workspace_id, user_id] = known
    return known


def workspaces_of_user(connection: Connection, user_id: int) -> list[Workspace]:
    """Also those in which he is deactivated."""
    rows = connection.execute(
        select(workspaces)
        .join(memberships, memberships.c.workspace_id == workspaces.c.workspace_id)
        .where(memberships.c.user_id == user_id)
        .order_by(workspaces.c.workspace_id)
    )
    return [workspace_of(row) for row in rows]


def standings_of(connection: Connection, user_id: int) -> list[Standing]:
    """Every workspace that the user is an active member of, by ascending id."""
    rows = connection.execute(
        select(workspaces, memberships.c.role)
        .join(memberships, memberships.c.workspace_id == workspaces.c.workspace_id)
        .where(memberships.c.user_id == user_id, memberships.c.is_active.is_(True))
        .order_by(workspaces.c.workspace_id)
    )
    return [
        Standing(workspace=workspace_of(row), role=Role(row.role), change_number=row.change_number)
        for row in rows
    ]
