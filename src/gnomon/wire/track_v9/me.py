"""The asker himself on the wire: profile, workspaces, organizations, quota (track-api-v9.md, A.1, A.2, rule 20)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gnomon.model.account import Account, Plan, Role, Workspace
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.workspaces import SWITCHES
from gnomon.tracking.actor import Actor
from gnomon.tracking.organizations import WORKSPACES_MAX, House, best_plan
from gnomon.tracking.rates import RateKey
from gnomon.wire.track_v9.catalog import Prices, prices_for
from gnomon.wire.track_v9.fields import accounts_id, micro_text, utc_text

PICTURE = "/avatar.svg"
LOGO = "/logo.svg"
FEATURES = ("pro", "tasks", "billable_rates", "labor_costs", "saved_reports", "scheduled_reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What `/me` tells besides the account; `base` is the server's own address."""

    account: Account
    api_token: str | None
    has_password: bool
    default_workspace_id: int | None
    base: str


def profile_json(profile: Profile, *, is_answer_to_change: bool = False) -> dict[str, Any]:
    account = profile.account
    stamp = micro_text(account.updated_at)
    told: dict[str, Any] = {
        "id": account.user_id,
        "api_token": profile.api_token,
        "email": account.email,
        "fullname": account.name,
        "timezone": account.timezone,
        "toggl_accounts_id": accounts_id(account.user_id),
    }
    if is_answer_to_change:
        told["toggl_accounts_updated_at"] = stamp
    told |= {
        "default_workspace_id": profile.default_workspace_id,
        "beginning_of_week": account.first_weekday,
        "image_url": profile.base + PICTURE,
        "created_at": micro_text(account.created_at),
        "updated_at": stamp,
        "openid_email": None,
        "openid_enabled": False,
        "country_id": account.country_id,
        "has_password": profile.has_password,
        "at": stamp,
    }
    if not is_answer_to_change:
        digest = hashlib.sha256(f"intercom {account.user_id}".encode()).hexdigest()
        told |= {"intercom_hash": digest, "oauth_providers": []}
    return told


def with_authorization(told: dict[str, Any], account: Account) -> dict[str, Any]:
    return {**told, "authorization_updated_at": micro_text(account.created_at)}


def workspace_json(actor: Actor, logo_url: str, prices: Prices | None = None) -> dict[str, Any]:
    """The recorded keys of 2024, in their order."""
    workspace = actor.workspace
    rate, rate_set_at = (prices or prices_for(actor)).of(
        RateKey(kind=RateKind.BILLABLE, level=RateLevel.WORKSPACE)
    )
    return {
        "id": workspace.workspace_id,
        "organization_id": workspace.organization_id,
        "name": workspace.name,
        "profile": 0,
        "premium": workspace.plan is not Plan.FREE,
        "business_ws": workspace.plan in (Plan.PREMIUM, Plan.ENTERPRISE),
        "admin": actor.is_admin,
        "role": role_name(actor.role),
        "suspended_at": None,
        "server_deleted_at": None,
        "default_hourly_rate": rate,
        "rate_last_updated": rate_set_at,
        "default_currency": workspace.default_currency,
        **{name: getattr(workspace, name) for name in _order(SWITCHES)},
        "limit_public_project_data": False,
        "last_modified": utc_text(workspace.updated_at, "Z"),
        "reports_collapse": workspace.reports_collapse,
        "rounding": int(workspace.rounding_mode),
        "rounding_minutes": workspace.rounding_minutes,
        "api_token": None,
        "at": utc_text(workspace.updated_at),
        "logo_url": logo_url,
        "ical_url": None,
        "ical_enabled": False,
        "csv_upload": None,
        "subscription": None,
        "hide_start_end_times": False,
        "working_hours_in_minutes": None,
        "te_constraints": None,
        "disable_approvals": True,
        "disable_expenses": True,
        "disable_timesheet_view": False,
        "permissions": None,
    }


def _order(switches: Iterable[str]) -> list[str]:
    first = (
        "only_admins_may_create_projects",
        "only_admins_may_create_tags",
        "only_admins_see_billable_rates",
        "only_admins_see_team_dashboard",
        "projects_billable_by_default",
        "projects_private_by_default",
        "projects_enforce_billable",
    )
    return [name for name in first if name in set(switches)]


def role_name(role: Role) -> str:
    """The vendor calls a member a user."""
    return "admin" if role is Role.ADMIN else "user"


def organization_json(house: House, user_count: int) -> dict[str, Any]:
    organization, plan = house.organization, best_plan(house.workspaces)
    return {
        "id": organization.organization_id,
        "name": organization.name,
        "pricing_plan_id": plan.rank,
        "created_at": micro_text(organization.created_at),
        "at": micro_text(organization.updated_at),
        "server_deleted_at": None,
        "is_multi_workspace_enabled": True,
        "suspended_at": None,
        "user_count": user_count,
        "trial_info": {
            "trial": False,
            "trial_available": False,
            "trial_end_date": None,
            "next_payment_date": None,
            "last_pricing_plan_id": None,
            "can_have_trial": False,
            "trial_plan_id": None,
        },
        "is_unified": False,
        "max_workspaces": WORKSPACES_MAX,
        "permissions": None,
        "admin": house.is_admin,
        "owner": house.is_owner,
        "pricing_plan_name": str(plan).capitalize(),
        "pricing_plan_enterprise": plan is Plan.ENTERPRISE,
    }


def features_json(workspaces: Iterable[Workspace]) -> list[dict[str, Any]]:
    return [
        {
            "workspace_id": one.workspace_id,
            "features": [
                {"feature_id": number, "name": name, "enabled": one.plan is not Plan.FREE}
                for number, name in enumerate(FEATURES)
            ],
        }
        for one in workspaces
    ]
