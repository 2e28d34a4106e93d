"""Clients, projects, tasks, tags and who is on projects, as the wire tells them (track-api-v9.md, A.1, rules 7, 8, 12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gnomon.model.catalog import Client, Project, ProjectGroup, ProjectUser, Tag, Task
from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.reports.tracked import Tracked
from gnomon.tracking.actor import Actor
from gnomon.tracking.rates import Current, RateKey, current_rates
from gnomon.units.dates import day_of_number
from gnomon.wire.track_v9.fields import accounts_id, micro_text, utc_text

SECONDS_PER_HOUR = 3_600
NOBODY = 0  # clients demand a number also where an import made the thing


def amount(cents: int | None) -> float | int | None:
    """In units of the currency, whole where it is whole."""
    if cents is None:
        return None
    return cents // 100 if cents % 100 == 0 else cents / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The rates and costs in force, as far as the viewer may know them."""

    current: Current
    sees_amounts: bool
    sees_costs: bool

    def of(self, key: RateKey) -> tuple[float | int | None, str | None]:
        """The amount and when it was set."""
        seen = self.sees_costs if key.kind is RateKind.LABOUR_COST else self.sees_amounts
        rate: Rate | None = self.current.get(key) if seen else None
        if rate is None or rate.hourly_rate_cents is None:
            return None, None
        return amount(rate.hourly_rate_cents), utc_text(rate.created_at)


def prices_for(actor: Actor) -> Prices:
    return Prices(
        current=current_rates(actor), sees_amounts=actor.sees_amounts, sees_costs=actor.sees_costs
    )


def client_json(
    workspace_id: int, client: Client, *, tells_deleted: bool = False
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": client.client_id,
        "wid": workspace_id,
        "archived": client.is_archived,
        "name": client.name,
        "at": utc_text(client.updated_at),
        "creator_id": client.creator_id or NOBODY,
        "notes": client.notes or None,
        "external_reference": client.external_reference,
    }
    if tells_deleted:
        told["server_deleted_at"] = _maybe(client.deleted_at)
    return {**told, "permissions": None}


def _maybe(at: int | None) -> str | None:
    return None if at is None else utc_text(at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """What telling projects needs besides them; without `tracked` no actual hours are told."""

    workspace_id: int
    prices: Prices
    today: int
    has_plan: bool
    clients: Mapping[int, Client] = field(default_factory=dict)
    pinned: frozenset[int] = frozenset()
    tracked: Mapping[int, Tracked] | None = None


def status_of_project(project: Project, today: int) -> str:
    if project.deleted_at is not None:
        return "deleted"
    if not project.is_active:
        return "archived"
    if project.end_day is not None and project.end_day < today:
        return "ended"
    if project.start_day is not None and project.start_day > today:
        return "upcoming"
    return "active"


def project_json(project: Project, view: ProjectView) -> dict[str, Any]:
    key = RateKey(kind=RateKind.BILLABLE, level=RateLevel.PROJECT, project_id=project.project_id)
    rate, rate_set_at = view.prices.of(key)
    estimated = project.estimated_seconds
    seconds = None
    if view.tracked is not None:
        tracked = view.tracked.get(project.project_id)
        seconds = tracked.seconds if tracked else 0
    start_day = project.start_day
    if start_day is None:
        start_day = project.created_at // 86_400
    told: dict[str, Any] = {
        "id": project.project_id,
        "workspace_id": view.workspace_id,
        "client_id": project.client_id,
        "name": project.name,
        "is_private": project.is_private,
        "active": project.is_active,
        "at": utc_text(project.updated_at),
        "created_at": utc_text(project.created_at),
        "server_deleted_at": _maybe(project.deleted_at),
        "color": project.color,
        "billable": project.is_billable if view.has_plan else None,
        "template": project.is_template or None,
        "auto_estimates": None,
        "estimated_hours": None if estimated is None else estimated // SECONDS_PER_HOUR,
        "estimated_seconds": estimated,
        "rate": rate,
        "rate_last_updated": rate_set_at,
        "currency": project.currency if view.has_plan else None,
        "recurring": False,
        "template_id": None,
        "recurring_parameters": None,
        "fixed_fee": amount(project.fixed_fee_cents) if view.prices.sees_amounts else None,
        "actual_hours": None if seconds is None else seconds // SECONDS_PER_HOUR,
        "actual_seconds": seconds,
        "can_track_time": True,
        "start_date": str(day_of_number(start_day)),
    }
    if project.end_day is not None:
        told["end_date"] = str(day_of_number(project.end_day))
    told |= {
        "status": status_of_project(project, view.today),
        "wid": view.workspace_id,
        "cid": project.client_id,
    }
    client = view.clients.get(project.client_id or 0)
    if client is not None:
        told["client_name"] = client.name
    if project.external_reference is not None:
        told["external_reference"] = project.external_reference
    told["is_shared"] = not project.is_private or len(project.user_ids) > 1
    told["pinned"] = project.project_id in view.pinned
    return {**told, "permissions": None}


def project_user_json(workspace_id: int, one: ProjectUser, prices: Prices) -> dict[str, Any]:
    keys = {"project_id": one.project_id, "user_id": one.user_id}
    level = RateLevel.PROJECT_USER
    rate, rate_set_at = prices.of(RateKey(kind=RateKind.BILLABLE, level=level, **keys))
    cost, cost_set_at = prices.of(RateKey(kind=RateKind.LABOUR_COST, level=level, **keys))
    return {
        "id": one.project_user_id,
        **keys,
        "workspace_id": workspace_id,
        "manager": one.is_manager,
        "rate": rate,
        "rate_last_updated": rate_set_at,
        "labor_cost": cost,
        "labor_cost_last_updated": cost_set_at,
        "at": utc_text(one.updated_at),
        "group_id": None,
        "gid": None,
    }


def project_group_json(workspace_id: int, one: ProjectGroup) -> dict[str, Any]:
    return {
        "id": one.project_group_id,
        "pid": one.project_id,
        "wid": workspace_id,
        "group_id": one.user_group_id,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """What telling tasks needs besides them."""

    workspace_id: int
    prices: Prices
    tracked: Mapping[int, Tracked]
    people: Mapping[int, str] = field(default_factory=dict)
    picture: str = ""
    projects: Mapping[int, Project] = field(default_factory=dict)
    clients: Mapping[int, Client] = field(default_factory=dict)


def task_json(task: Task, view: TaskView, *, with_names: bool = False) -> dict[str, Any]:
    """`tracked_seconds` is in milliseconds, as the vendor has it."""
    key = RateKey(kind=RateKind.BILLABLE, level=RateLevel.TASK, task_id=task.task_id)
    rate, rate_set_at = view.prices.of(key)
    tracked = view.tracked.get(task.task_id)
    told: dict[str, Any] = {
        "id": task.task_id,
        "name": task.name,
        "workspace_id": view.workspace_id,
        "project_id": task.project_id,
        "user_id": task.user_id,
        "recurring": False,
        "active": task.is_active,
        "at": utc_text(task.updated_at),
        "server_deleted_at": _maybe(task.deleted_at),
        "toggl_accounts_id": None if task.user_id is None else accounts_id(task.user_id),
        "estimated_seconds": task.estimated_seconds,
        "tracked_seconds": (tracked.seconds if tracked else 0) * 1_000,
        "external_reference": task.external_reference,
        "rate": rate,
        "rate_last_updated": rate_set_at,
        "pid": task.project_id,
        "wid": view.workspace_id,
        "uid": task.user_id,
    }
    project = view.projects.get(task.project_id)
    if with_names and project is not None:
        client = view.clients.get(project.client_id or 0)
        told |= {
            "project_name": project.name,
            "project_color": project.color,
            "project_billable": project.is_billable,
            "project_is_private": project.is_private,
            "client_id": project.client_id,
            "client_name": client.name if client else None,
            "user_name": view.people.get(task.user_id or 0),
            "avatar_url": None if task.user_id is None else view.picture,
        }
    return {**told, "permissions": None}


def tag_json(workspace_id: int, tag: Tag) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": tag.tag_id,
        "workspace_id": workspace_id,
        "name": tag.name,
        "at": micro_text(tag.updated_at),
        "creator_id": tag.creator_id or NOBODY,
    }
    if tag.deleted_at is not None:
        told["deleted_at"] = utc_text(tag.deleted_at)
    return {**told, "permissions": None}
