"""`rates`: what an hour is worth and costs, from when to when (D6.3, D6.4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gnomon.model.catalog import Project, Task
from gnomon.model.rate import COST_LEVELS, RateKind, RateLevel
from gnomon.store.catalog import find_noun
from gnomon.store.changes import Touched
from gnomon.tracking.actor import Actor
from gnomon.tracking.people import find_member
from gnomon.tracking.project_people import seen_project_users
from gnomon.tracking.rates import RateKey, RateMode, history, needs_rate_rights, set_rate
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import day_of_number
from gnomon.web.track.calls import Call, Reply, Row
from gnomon.web.track.paths import WORKSPACE
from gnomon.wire.errors import InvalidFormat
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.fields import Field, Kind, read_value
from gnomon.wire.track_v9.people import rates_json

LEVELS = ("workspace", "workspace_user", "project", "project_user", "task")
INVALID_LEVEL = "Invalid level: it should be workspace, workspace_user, project or project_user"
INVALID_ENTITY = "Invalid entity ID"
KINDS = {
    "billable_rates": RateKind.BILLABLE,
    "labor_rates": RateKind.LABOUR_COST,
    "labor_costs": RateKind.LABOUR_COST,
}


@dataclass(frozen=True, slots=True)
class Hook:
    """What a rate hangs on, and how the wire numbers it."""

    key: RateKey
    level_ids: dict[str, int]


def add_rate(call: Call) -> Any:
    needs_rate_rights(call.actor)
    given = call.given
    kind = _kind(given.get("type") or "billable_rates")
    cents = _amount(given.get("amount"))
    level = given.get("level")
    if level not in LEVELS:
        raise BadChange(INVALID_LEVEL)
    hook = _hook(call.actor, level, given.get("level_id") or 0, kind)
    start: Any = None
    if given.get("start_day") is not None:
        start = day_of_number(given["start_day"])
    elif given.get("mode") in tuple(RateMode):
        start = RateMode(given["mode"])
    else:
        raise BadChange("Invalid mode")
    rate = set_rate(call.actor, hook.key, cents, start)
    told = rates_json(call.actor.workspace_id, history(call.actor, hook.key), hook.level_ids)
    made = [one for one in told if rate is not None and one["id"] == rate.rate_id]
    return Reply(made[0], status=201)


def list_rates(call: Call) -> Any:
    needs_rate_rights(call.actor)
    kind = _kind(call.query.get("type") or "billable_rates")
    level, level_id = call.path["level"], call.number("level")
    if level == "user":  # by the number of the person instead of the membership
        member = find_member(call.actor, level_id, by_user=True)
        level, level_id = "workspace_user", member.workspace_user_id if member else 0
    if level not in LEVELS:
        raise BadChange(INVALID_LEVEL)
    hook = _hook(call.actor, level, level_id, kind)
    steps = history(call.actor, hook.key)
    return rates_json(call.actor.workspace_id, steps, hook.level_ids)


def _kind(text: str) -> RateKind:
    if text not in KINDS:
        raise BadChange("Invalid type")
    return KINDS[text]


def _amount(value: Any) -> int:
    """More than nothing."""
    try:
        cents = read_value(Field("amount", Kind.MONEY), "amount", value)
    except InvalidFormat:
        cents = None
    if not cents or Decimal(str(value)) <= 0:
        raise BadChange("Invalid amount")
    return int(cents)


def _hook(actor: Actor, level: str, level_id: int, kind: RateKind) -> Hook:
    if kind is RateKind.LABOUR_COST and RateLevel(level) not in COST_LEVELS:
        raise BadChange("Invalid level: labor costs are set for a workspace_user or a project_user")
    return _FINDERS[RateLevel(level)](actor, level_id, kind)


def _of_workspace(actor: Actor, level_id: int, kind: RateKind) -> Hook:
    if level_id != actor.workspace_id:
        raise BadChange(INVALID_ENTITY)
    return Hook(RateKey(kind=kind, level=RateLevel.WORKSPACE), {})


def _of_member(actor: Actor, level_id: int, kind: RateKind) -> Hook:
    member = find_member(actor, level_id)
    if member is None:
        raise BadChange("User not found in workspace")
    key = RateKey(kind=kind, level=RateLevel.WORKSPACE_USER, user_id=member.user_id)
    return Hook(key, {"workspace_user_id": level_id})


def _of_project(actor: Actor, level_id: int, kind: RateKind) -> Hook:
    if find_noun(actor.connection, actor.workspace_id, Project, level_id) is None:
        raise BadChange(INVALID_ENTITY)
    key = RateKey(kind=kind, level=RateLevel.PROJECT, project_id=level_id)
    return Hook(key, {"project_id": level_id})


def _of_project_user(actor: Actor, level_id: int, kind: RateKind) -> Hook:
    for one in seen_project_users(actor):
        if one.project_user_id == level_id:
            key = RateKey(
                kind=kind,
                level=RateLevel.PROJECT_USER,
                project_id=one.project_id,
                user_id=one.user_id,
            )
            return Hook(key, {"project_id": one.project_id, "project_user_id": level_id})
    raise BadChange(INVALID_ENTITY)


def _of_task(actor: Actor, level_id: int, kind: RateKind) -> Hook:
    if find_noun(actor.connection, actor.workspace_id, Task, level_id) is None:
        raise BadChange("Task not found in workspace")
    key = RateKey(kind=kind, level=RateLevel.TASK, task_id=level_id)
    return Hook(key, {"task_id": level_id})


_FINDERS = {
    RateLevel.WORKSPACE: _of_workspace,
    RateLevel.WORKSPACE_USER: _of_member,
    RateLevel.PROJECT: _of_project,
    RateLevel.PROJECT_USER: _of_project_user,
    RateLevel.TASK: _of_task,
}


ROWS = (
    Row(
        "POST",
        f"{WORKSPACE}/rates",
        add_rate,
        "Set a rate or labour cost",
        payloads.RATE,
        Touched.RATES,
    ),
    Row(
        "GET",
        f"{WORKSPACE}/rates/{{level}}/{{level_id}}",
        list_rates,
        "The history of a rate",
    ),
)
