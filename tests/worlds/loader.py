"""Puts a World into a record, through the same functions as everybody else."""

from collections.abc import Iterable

from sqlalchemy import Connection

from gnomon.model.account import Account, Membership, Plan, Role, Workspace
from gnomon.model.catalog import Client, Project, Tag, Task, UserGroup
from gnomon.model.entry import TimeEntry
from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.store.accounts import add_account, find_account
from gnomon.store.catalog import put_nouns
from gnomon.store.changes import Touched, take_change
from gnomon.store.entries import add_entries
from gnomon.store.ids import skip_ids
from gnomon.store.organizations import add_organization
from gnomon.store.rates import add_rates
from gnomon.store.workspaces import add_workspace, put_membership
from gnomon.units.durations import Rounding, RoundingMode
from tests.worlds.world import WRITTEN, Entry, User, World

NOW = WRITTEN


def load_world(connection: Connection, world: World) -> None:
    """Everything of the world as the first change of its workspace."""
    workspace = workspace_of(world)
    owner_id = world.users[0].user_id if world.users else None
    add_organization(connection, workspace.organization_id, "House", NOW, owner_id)
    add_workspace(connection, workspace, NOW)
    change_number = take_change(connection, world.workspace_id, Touched.ALL, NOW)
    for user in world.users:
        if find_account(connection, user.user_id) is None:
            add_account(connection, account_of(user), NOW)
        put_membership(
            connection,
            Membership(
                workspace_id=world.workspace_id,
                user_id=user.user_id,
                role=Role(user.role),
                is_active=user.is_active,
            ),
        )
    put_nouns(
        connection, world.workspace_id, [UserGroup(**_plain(one)) for one in world.user_groups]
    )
    put_nouns(connection, world.workspace_id, [Client(**_plain(one)) for one in world.clients])
    put_nouns(connection, world.workspace_id, [Project(**_plain(one)) for one in world.projects])
    put_nouns(connection, world.workspace_id, [Task(**_plain(one)) for one in world.tasks])
    put_nouns(connection, world.workspace_id, [Tag(**_plain(one)) for one in world.tags])
    add_rates(connection, world.workspace_id, list(rates_of(world)))
    add_entries(
        connection, world.workspace_id, [entry_of(one) for one in world.entries], change_number
    )
    _count_on(connection, world)


def _count_on(connection: Connection, world: World) -> None:
    """The world brings its own ids; the record's counters must go on behind them."""
    for kind, things in (
        ("workspace", (world,)),
        ("user", world.users),
        ("user_group", world.user_groups),
        ("client", world.clients),
        ("project", world.projects),
        ("task", world.tasks),
        ("tag", world.tags),
        ("entry", world.entries),
    ):
        ids = [getattr(thing, f"{kind}_id") for thing in things]
        if ids:
            skip_ids(connection, kind, max(ids))


def _plain(thing: object) -> dict[str, object]:
    return dict(vars(thing))


def workspace_of(world: World) -> Workspace:
    return Workspace(
        workspace_id=world.workspace_id,
        organization_id=world.workspace_id * 100,
        name="World",
        default_currency=world.currency,
        rounding_minutes=world.rounding_minutes,
        only_admins_see_billable_rates=world.only_admins_see_billable_rates,
        only_admins_see_team_dashboard=world.only_admins_see_team_dashboard,
        plan=Plan(world.plan),
    )


def account_of(user: User) -> Account:
    return Account(
        user_id=user.user_id,
        name=user.name,
        email=user.email or None,
        timezone=user.timezone,
        rounds_reports=user.report_rounding,
        rounding=Rounding(
            user.report_rounding_minutes, RoundingMode(user.report_rounding_direction)
        ),
    )


def rates_of(world: World) -> Iterable[Rate]:
    kinds = [
        *(RateKind.BILLABLE for _ in world.rates),
        *(RateKind.LABOUR_COST for _ in world.costs),
    ]
    held = zip((*world.rates, *world.costs), kinds, strict=True)
    for number, (rate, kind) in enumerate(held, start=1):
        yield Rate(
            rate_id=number,
            kind=kind,
            level=RateLevel(rate.level),
            hourly_rate_cents=rate.cents,
            task_id=rate.task_id,
            project_id=rate.project_id,
            user_id=rate.user_id,
            start_day=rate.start_day,
        )


def entry_of(entry: Entry) -> TimeEntry:
    return TimeEntry(
        entry_id=entry.entry_id,
        user_id=entry.user_id,
        started_at=entry.start,
        stopped_at=entry.stop,
        description=entry.description,
        project_id=entry.project_id,
        task_id=entry.task_id,
        tag_ids=entry.tag_ids,
        is_billable=entry.is_billable,
        updated_at=entry.updated_at,
        deleted_at=NOW if entry.is_deleted else None,
    )
