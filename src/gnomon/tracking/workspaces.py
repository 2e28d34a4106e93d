"""The settings of a workspace."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gnomon.model.account import Plan, Workspace
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.workspaces import SWITCHES, put_workspace
from gnomon.tracking.actor import Actor
from gnomon.tracking.rates import RateKey, RateMode, set_rate
from gnomon.tracking.refusals import BadChange, NotOffered
from gnomon.units.currencies import is_currency
from gnomon.units.durations import ROUNDING_MINUTES, RoundingMode

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 140


def clean_workspace_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise BadChange("workspace name must contain non-space characters")
    if len(name) > NAME_LENGTH_MAX:
        raise BadChange("workspace name must not be longer than 140")
    return name


def change_workspace(actor: Actor, given: Given) -> Workspace:
    """Only what is given changes; by an admin."""
    actor.needs_admin()
    needs_plan(actor.workspace.plan, given)
    changed = replace(with_settings(actor.workspace, given), updated_at=actor.now)
    put_workspace(actor.connection, changed)
    set_default_rate(actor, given, RateMode.START_TODAY)
    return changed


PREMIUM = (
    "default_hourly_rate",
    "default_currency",
    "rounding_minutes",
    "projects_billable_by_default",
    "rounding",
)


def needs_plan(plan: Plan, given: Given) -> None:
    """What the emulated free plan does not let anybody set (D9.5)."""
    if plan is not Plan.FREE:
        return
    if given.get("only_admins_may_create_tags"):
        raise NotOffered(
            "restricting tag management to administrators requires a premium subscription"
        )
    for name in PREMIUM:
        if given.get(name):
            raise NotOffered(f"Must be a premium user to use {name}")


def with_settings(workspace: Workspace, given: Given) -> Workspace:
    changes = {name: given[name] for name in SWITCHES if given.get(name) is not None}
    if given.get("name") is not None:
        changes["name"] = clean_workspace_name(given["name"])
    if given.get("default_currency") is not None:
        if not is_currency(given["default_currency"]):
            raise BadChange("Invalid default_currency format")
        changes["default_currency"] = given["default_currency"]
    if given.get("rounding") is not None:
        if given["rounding"] not in tuple(RoundingMode):
            raise BadChange("Invalid rounding value")
        changes["rounding_mode"] = RoundingMode(given["rounding"])
    if given.get("rounding_minutes") is not None:
        if given["rounding_minutes"] not in ROUNDING_MINUTES:
            raise BadChange("Invalid rounding_minutes value")
        changes["rounding_minutes"] = given["rounding_minutes"]
    if given.get("limit_public_project_data"):
        raise BadChange("limit_public_project_data is not supported")
    return replace(workspace, **changes)


def set_default_rate(actor: Actor, given: Given, usual: RateMode | None) -> None:
    if "default_hourly_rate" not in given:
        return
    asked = given.get("rate_change_mode")
    key = RateKey(kind=RateKind.BILLABLE, level=RateLevel.WORKSPACE)
    set_rate(actor, key, given["default_hourly_rate"], RateMode(asked) if asked else usual)
